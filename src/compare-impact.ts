import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Answers } from './impact/answers.ts';
import { callsOf } from './impact/calls.ts';
import { compareAnswers } from './impact/compare.ts';
import { reportOf } from './impact/report.ts';
import { defaultRevision, layOut, type Revision, revisionNamed, titleOf } from './impact/revision.ts';

/**
 * `npm run impact [-- --from REV] [--to REV] [--all] [--json]`: which verdicts and cards change between two revisions of
 * `hooks/` and `src/`, over all synthetic and, where they are at hand, real patients. `--to` is the working tree unless
 * given.
 */

const root = resolve(import.meta.dirname, '..');
const mostLines = 40;
const folder = mkdtempSync(join(tmpdir(), 'hcc-cds-impact-'));
const children = new Set<ReturnType<typeof spawn>>();

process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    for (const child of children) child.kill();
    process.exit(130);
  });
}

try {
  await compare();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function compare(): Promise<void> {
  const { from, to, all, json } = options();
  const before = from === undefined ? defaultRevision(root) : revisionNamed(from, root);
  const after = to === undefined ? 'working tree' : revisionNamed(to, root);
  const calls = join(folder, 'calls.json');
  writeFileSync(calls, JSON.stringify(callsOf(join(root, 'fhir-fixtures'), resolve(root, '../shared/data'))));
  const [then, now] = await Promise.all([answersOn(before, 'before', calls), answersOn(after, 'after', calls)]);
  const impact = compareAnswers(then, now);
  const revisions = { from: titleOf(before), to: titleOf(after) };
  if (json) return print(JSON.stringify({ ...revisions, ...impact }, null, 2));
  print(`from ${revisions.from}\nto   ${revisions.to}\n`);
  print(reportOf(impact, all ? Number.POSITIVE_INFINITY : mostLines));
}

function options() {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  try {
    return parseArgs({ options: { from: text, to: text, all: flag, json: flag } }).values;
  } catch (error) {
    throw new Error(
      `${error instanceof Error ? error.message : error}\nusage: impact [--from REV] [--to REV] [--all] [--json]`,
    );
  }
}

/** Each revision answers in a process of its own. */
async function answersOn(revision: Revision, name: string, calls: string): Promise<Answers> {
  const place = join(folder, name);
  layOut(revision, place, root);
  const answers = join(folder, `${name}.json`);
  const child = spawn(process.execPath, ['dist/impact-answers.js', calls, answers], {
    cwd: place,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  children.add(child);
  const status = await new Promise((done) => child.once('exit', done));
  if (status !== 0) throw new Error(`${titleOf(revision)} could not answer`);
  return JSON.parse(readFileSync(answers, 'utf8')) as Answers;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
