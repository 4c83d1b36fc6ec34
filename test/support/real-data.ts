import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bundle, FhirResource } from 'fhir/r4.js';

/** Real patients and real requests stand beside the repository; without them their tests say so and pass. */
export const dataFolder = '../shared/data';
export const NOW = '2026-11-05T12:00:00Z';

/** `fhir` records positive findings only, as records are; `fhir-refuted` says what is absent as well. */
export type Variant = 'fhir' | 'fhir-refuted';

export interface RealPatient {
  readonly id: string;
  readonly bundle: Bundle;
}

/** A row of the published table, and the Child-Pugh score computed from it. */
export interface SummaryRow {
  readonly id: string;
  readonly bilirubin: number | null;
  readonly albumin: number | null;
  readonly inr: number | null;
  readonly ascites: number | null;
  readonly encephalopathy: number | null;
  readonly childPughPoints: number | null;
}

export interface RealRequest {
  readonly file: string;
  readonly body: { readonly hook: string; readonly context?: { readonly draftOrders?: unknown } };
}

export function realPatients(variant: Variant): readonly RealPatient[] {
  return jsonFiles(join(dataFolder, 'hcc-survival', variant)).map(([file, bundle]) => ({
    id: file.replace(/\.json$/, ''),
    bundle: bundle as Bundle,
  }));
}

export function summaryRows(): readonly SummaryRow[] {
  const file = join(dataFolder, 'hcc-survival/summary.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
}

/** The captured calls of hooks; feedback is not one. */
export function realRequests(): readonly RealRequest[] {
  return ['order-select', 'order-sign', 'public-sandbox'].flatMap((folder) =>
    jsonFiles(join(dataFolder, 'requests', folder))
      .filter(([file]) => !file.startsWith('feedback'))
      .map(([file, body]) => ({ file: `${folder}/${file}`, body: body as RealRequest['body'] })),
  );
}

/** How many there were, or why there were none; printed past Jest's reporters. */
export function say(what: string, count: number): void {
  process.stdout.write(`\n${what}: ${count}${count === 0 ? `, ${dataFolder} is not there` : ''}\n`);
}

export function resourcesIn(bundle: Bundle): readonly FhirResource[] {
  return (bundle.entry ?? []).flatMap(({ resource }) => resource ?? []) as FhirResource[];
}

/** What a client sends for these templates: the answers a FHIR server would give to them. */
export function prefetchOf(
  bundle: Bundle,
  templates: Readonly<Record<string, string>>,
): Readonly<Record<string, FhirResource>> {
  return Object.fromEntries(Object.entries(templates).map(([key, template]) => [key, answer(bundle, template)]));
}

function answer(bundle: Bundle, template: string): FhirResource {
  const [path = '', query] = template.split('?', 2);
  const [type = ''] = path.split('/');
  const parameters = new URLSearchParams(query ?? '');
  const found = resourcesIn(bundle).filter(
    (resource) => resource.resourceType === type && matches(resource as unknown as Coded, parameters),
  );
  const [only] = found;
  if (query === undefined && only) return only;
  return { resourceType: 'Bundle', type: 'searchset', total: found.length, entry: found.map(asMatch) };
}

interface Coded {
  readonly status?: string;
  readonly code?: { readonly coding?: readonly { readonly code?: string }[] };
}

function matches({ status, code }: Coded, parameters: URLSearchParams): boolean {
  const codes = parameters.get('code')?.split(',');
  const wanted = parameters.get('status');
  const hasCode = codes === undefined || (code?.coding ?? []).some((coding) => codes.includes(coding.code ?? ''));
  return hasCode && (wanted === null || wanted === status);
}

function asMatch(resource: FhirResource) {
  return { resource, search: { mode: 'match' as const } };
}

/** Of codes as LOINC or SNOMED write them: does the resource hold one of them? */
export function hasCode(resource: FhirResource, codes: readonly string[]): boolean {
  return ((resource as Coded).code?.coding ?? []).some(({ code }) => codes.includes(code ?? ''));
}

const snomed = {
  system: 'http://snomed.info/sct',
  code: '441525007',
  display: 'Transarterial chemoembolization of liver',
};

/** An order-sign call with one TACE order, coded as SNOMED CT has it. */
export function taceOrder(patientId: string, more: object) {
  return { ...orderCall(patientId, ['tace']), ...more };
}

/** An order-sign call with these orders: TACE, coded, and drugs by name. */
export function orderCall(patientId: string, orders: readonly string[]) {
  const subject = { reference: `Patient/${patientId}` };
  const entry = orders.map((name) => ({
    resource: {
      ...{ id: `${name}-1`, status: 'draft', intent: 'order', subject },
      ...(name === 'tace'
        ? { resourceType: 'ServiceRequest', code: { coding: [snomed] } }
        : { resourceType: 'MedicationRequest', medicationCodeableConcept: { text: name } }),
    },
  }));
  return {
    hook: 'order-sign',
    hookInstance: '3b1f4a1e-5c0e-4d8e-9d51-0b7d6c3f2a10',
    context: {
      userId: 'Practitioner/1',
      patientId,
      draftOrders: { resourceType: 'Bundle', type: 'collection', entry },
    },
  };
}

function jsonFiles(folder: string): readonly (readonly [file: string, content: unknown])[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return files.sort().map((file) => [file, JSON.parse(readFileSync(join(folder, file), 'utf8'))] as const);
}
