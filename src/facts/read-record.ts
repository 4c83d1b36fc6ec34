import type { Resource } from 'fhir/r4.js';
import type { HookRequest } from '../cds-hooks/request.ts';
import type { Definitions } from '../definitions/definitions.ts';
import { requestFor } from '../definitions/prefetch-templates.ts';
import type { FhirReader } from '../fhir/fhir-reader.ts';
import { readPrefetchValue } from '../fhir/prefetch-value.ts';
import { continuedWith, found, type ReadResult } from '../fhir/read-result.ts';
import { isForPatient, parseReference } from '../fhir/references.ts';
import { missingReferences } from './medications.ts';
import type { PatientRecord } from './patient-record.ts';

/** Reads of one patient: from the prefetch, else from the server. What is about another patient is dropped and counted. */
export interface Reads {
  readonly results: ReadonlyMap<string, ReadResult>;
  readonly dropped: number;
}

/** Reads these keys, all at once. */
export async function readKeys(
  keys: readonly string[],
  request: HookRequest,
  definitions: Definitions,
  reader: FhirReader,
  now: Date,
): Promise<Reads> {
  const { patientId } = request.context;
  const all = await Promise.all(
    keys.map(async (key) => {
      const result = await readKey(request.prefetch[key], requestFor(key, patientId, now, definitions), reader);
      return [key, result] as const;
    }),
  );
  let dropped = 0;
  const results = all.map(([key, result]): [string, ReadResult] => {
    if (result.state === 'unavailable') return [key, result];
    const ours = result.resources.filter((resource) => isForPatient(resource, patientId));
    dropped += result.resources.length - ours.length;
    return [key, found(ours, result.complete)];
  });
  return { results: new Map(results), dropped };
}

async function readKey(value: unknown, request: string, reader: FhirReader): Promise<ReadResult> {
  const prefetch = readPrefetchValue(value);
  if (!prefetch.sent) return reader.read(request);
  if (prefetch.next !== undefined) return continuedWith(prefetch.result, await reader.readOn(prefetch.next));
  if (prefetch.result.state === 'found') return prefetch.result;
  const read = await reader.read(request);
  return read.state === 'found' ? read : prefetch.result;
}

/** The keys of the prefetch that hold a Patient who is not the one of the context. */
export function foreignPatients({ prefetch, context }: HookRequest): readonly string[] {
  return Object.entries(prefetch).flatMap(([key, value]) => {
    const reading = readPrefetchValue(value);
    const resources = reading.sent && reading.result.state === 'found' ? reading.result.resources : [];
    const foreign = resources.some(
      (resource) => resource.resourceType === 'Patient' && !isForPatient(resource, context.patientId),
    );
    return foreign ? [key] : [];
  });
}

/** At most this many medications and studies are looked up by reference. */
const mostReferences = 30;

/** Reads the medications and studies that the resources refer to and that nobody has sent. */
export async function readReferenced(record: PatientRecord, reader: FhirReader): Promise<readonly Resource[]> {
  const requests = [
    ...missingReferences(record, [...record.reads.keys()]).map((id) => `Medication/${encodeURIComponent(id)}`),
    ...missingStudies(record).map((id) => `ResearchStudy/${encodeURIComponent(id)}`),
  ];
  return readAll(requests.slice(0, mostReferences), reader);
}

/** Reads single resources by their relative references; what cannot be read is left out. */
export async function readAll(references: readonly string[], reader: FhirReader): Promise<readonly Resource[]> {
  const results = await Promise.all(references.map((reference) => reader.read(reference)));
  return results.flatMap((result) => (result.state === 'found' ? result.resources : []));
}

function missingStudies({ reads }: PatientRecord): readonly string[] {
  const resources = [...reads.values()].flatMap((result) => (result.state === 'found' ? result.resources : []));
  const known = new Set(resources.filter(({ resourceType }) => resourceType === 'ResearchStudy').map(({ id }) => id));
  const references = resources.map((resource) =>
    resource.resourceType === 'ResearchSubject'
      ? parseReference((resource as { study?: { reference?: string } }).study?.reference)
      : undefined,
  );
  return references.flatMap((reference) => (reference && !known.has(reference.id) ? [reference.id] : []));
}
