import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pino } from 'pino';
import request from 'supertest';
import type { Card } from '../../src/cds-hooks/card.ts';
import { DefinitionError } from '../../src/definitions/definition-error.ts';
import type { Definitions } from '../../src/definitions/definitions.ts';
import { loadDefinitions } from '../../src/definitions/load.ts';
import { type Call, call, creatinine, prefetch, searchset } from '../http/requests.ts';
import { moduleFolder, testApp } from '../support/app.ts';
import { expectValid } from '../support/validate-response.ts';

/** The files of an overlay: YAML as text, FHIR as objects. `site.yaml` is written without its first line. */
export type OverlayFiles = Readonly<Record<string, string | object>>;

/** Who approved it, and since when; two spaces deeper than the thing it is about. */
export const approved = (from = '2026-11-01', until?: string, indent = '    ') =>
  [`reason: a test`, `approvedBy: Dr Secret`, `from: ${from}`, ...(until ? [`until: ${until}`] : [])]
    .map((line) => `${indent}${line}\n`)
    .join('');

/** The day of these tests, on which the calls of test/http are new. */
export const today = new Date('2026-11-05T12:00:00Z');

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A folder with an overlay of 'Testville', named `site`; it is removed after the tests of the file. */
export function overlay(files: OverlayFiles | string): string {
  const parent = mkdtempSync(join(tmpdir(), 'overlay-'));
  folders.push(parent);
  const { 'site.yaml': site = '', ...others } = typeof files === 'string' ? { 'site.yaml': files } : files;
  for (const [name, content] of Object.entries({ 'site.yaml': `site: Testville\n${site}`, ...others })) {
    const file = join(parent, 'site', name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  }
  return join(parent, 'site');
}

/** What the shipped module becomes with an overlay. */
export function withOverlay(files: OverlayFiles | string, now = today): Definitions {
  return loadDefinitions(moduleFolder, { folder: overlay(files), now });
}

/** What keeps the service from starting with an overlay: file, line and message of every fault. */
export function faultsOf(files: OverlayFiles | string, now = today): readonly string[] {
  try {
    withOverlay(files, now);
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    return error.faults.map(({ file, line, message }) => `${file}:${line}: ${message}`);
  }
  return [];
}

export interface Answer {
  readonly status: number;
  readonly cards: readonly Card[];
  /** The line that was logged of the call. */
  readonly log: Readonly<Record<string, unknown>>;
}

/** What the whole service answers under these definitions. */
export async function answer(definitions: Definitions, body: Call = call(), now = today): Promise<Answer> {
  const lines: string[] = [];
  const logger = pino({}, { write: (line: string) => void lines.push(line) });
  const app = testApp({ definitions, now: () => now, logger });
  const response = await request(app).post(`/cds-services/hcc-${body.hook}`).send(body);
  expectValid(response, body);
  return { status: response.status, cards: response.body.cards ?? [], log: JSON.parse(lines.at(-1) ?? '{}') };
}

/** A call about TACE with these liver tests; everything else is known and normal. */
export function withLabs(...labs: readonly object[]): Call {
  return call({ prefetch: { ...prefetch, labs: searchset(creatinine(0.9), ...labs) } });
}

/** A shipped FHIR resource of the module. */
export function shipped(file: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(moduleFolder, file), 'utf8'));
}
