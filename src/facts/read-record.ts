import type { Resource } from 'fhir/r4.js';
import type { HookRequest } from '../cds-hooks/request.ts';
import { type Definitions, prefetchKeyOf } from '../definitions/definitions.ts';
import { requestFor } from '../definitions/prefetch-templates.ts';
import { textsOf } from '../fhir/codeable-concept.ts';
import type { FhirReader } from '../fhir/fhir-reader.ts';
import { notR4 } from '../fhir/fhir-version.ts';
import { readPrefetchValue } from '../fhir/prefetch-value.ts';
import { continuedWith, type FoundResult, found, type ReadResult, unavailable } from '../fhir/read-result.ts';
import { isForPatient, parseReference } from '../fhir/references.ts';
import { type Draft, withMedication } from '../orders/draft.ts';
import { longestText } from '../terminology/words.ts';
import { missingReferences } from './medications.ts';
import { allResources, type PatientRecord } from './patient-record.ts';

/** What reading depends on. */
export interface Reading {
  readonly request: HookRequest;
  readonly definitions: Definitions;
  readonly reader: FhirReader;
}

/** More than any record needs; what is beyond is not looked at, and the read counts as incomplete. */
const mostResources = 2000;
/** The same of the words of one read, all in which names are looked for [characters]. */
const mostWords = 300_000;

/** The first resources, as many as are looked at. */
function firstOf(resources: readonly Resource[]): readonly Resource[] {
  let words = 0;
  const first = resources.slice(0, mostResources);
  const end = first.findIndex((resource) => {
    words += wordsIn(resource);
    return words > mostWords;
  });
  return end < 0 ? first : first.slice(0, end);
}

function wordsIn(resource: Resource): number {
  return Object.values(resource)
    .flatMap((value) => (typeof value === 'string' ? [value] : textsOf(value)))
    .reduce((sum, text) => sum + Math.min(text.length, longestText), 0);
}

/**
 * Reads these keys, all at once, from the prefetch, else from the server, and adds them to the record. What is about
 * another patient, or does not say about whom, is dropped and counted, and the read is incomplete: what stands there
 * for somebody else may have been meant for this one.
 */
export async function readInto(
  record: PatientRecord,
  keys: readonly string[],
  { request, definitions, reader }: Reading,
): Promise<PatientRecord> {
  const { patientId } = request.context;
  const results = await Promise.all(
    keys.map(async (key) => {
      const sent = request.prefetch[prefetchKeyOf(key, definitions)];
      return inR4(await readKey(sent, () => requestFor(key, patientId, record.now, definitions), reader));
    }),
  );
  const reads = new Map(record.reads);
  let dropped = record.dropped;
  for (const [index, result] of results.entries()) {
    const all = result.state === 'found' ? result.resources : [];
    const resources = firstOf(all);
    const ours = resources.filter((resource) => isForPatient(resource, patientId));
    dropped += resources.length - ours.length;
    reads.set(keys[index] ?? '', result.state === 'found' ? ofPatient(result, resources, ours) : result);
  }
  return { ...record, reads, dropped };
}

/** What was found, reduced to what was looked at and is about the patient. */
function ofPatient(result: FoundResult, lookedAt: readonly Resource[], ours: readonly Resource[]): FoundResult {
  const complete = found(ours, result.complete && ours.length === result.resources.length);
  if (ours.length < lookedAt.length) return { ...complete, lacks: 'some of it is not about this patient' };
  return lookedAt.length < result.resources.length
    ? { ...complete, lacks: 'there is more than is looked at' }
    : complete;
}

async function readKey(value: unknown, request: () => string, reader: FhirReader): Promise<ReadResult> {
  const prefetch = readPrefetchValue(value);
  if (!prefetch.sent) return reader.read(request());
  if (prefetch.next !== undefined) return continuedWith(prefetch.result, await reader.readOn(prefetch.next));
  if (prefetch.result.state === 'found') return prefetch.result;
  const read = await reader.read(request());
  return read.state === 'found' ? read : prefetch.result;
}

/** A server that speaks another version of FHIR would be misread. The same in a prefetch is a bad request. */
function inR4(result: ReadResult): ReadResult {
  const isOther = result.state === 'found' && result.resources.some((one) => notR4(one) !== undefined);
  return isOther ? unavailable('resources of another FHIR version than R4') : result;
}

/** At most this many medications and studies are looked up by reference. */
const mostReferences = 30;

/** Adds the medications and studies that the resources refer to and that nobody has sent. */
export async function readReferencedInto(record: PatientRecord, reader: FhirReader): Promise<PatientRecord> {
  const requests = [
    ...missingReferences(record, [...record.reads.keys()]).map((id) => `Medication/${encodeURIComponent(id)}`),
    ...missingStudies(record).map((id) => `ResearchStudy/${encodeURIComponent(id)}`),
  ];
  return { ...record, referenced: await readAll(requests.slice(0, mostReferences), reader) };
}

/** The drafts with the medications that only the server has. */
export async function readMedicationsOf(drafts: readonly Draft[], reader: FhirReader): Promise<readonly Draft[]> {
  const ids = new Set(drafts.flatMap(({ medicationId }) => medicationId ?? []));
  const requests = [...ids].map((id) => `Medication/${encodeURIComponent(id)}`);
  const medications = await readAll(requests.slice(0, mostReferences), reader);
  return drafts.map((draft) => withMedication(draft, medications));
}

/** Reads single resources by their relative references; what cannot be read is left out. */
async function readAll(references: readonly string[], reader: FhirReader): Promise<readonly Resource[]> {
  const results = await Promise.all(references.map((reference) => reader.read(reference)));
  return results.flatMap((result) => (result.state === 'found' ? result.resources : []));
}

function missingStudies(record: PatientRecord): readonly string[] {
  const resources = allResources(record);
  const known = new Set(resources.filter(({ resourceType }) => resourceType === 'ResearchStudy').map(({ id }) => id));
  const references = resources.map((resource) =>
    resource.resourceType === 'ResearchSubject'
      ? parseReference((resource as { study?: { reference?: string } }).study?.reference)
      : undefined,
  );
  const ids = references.flatMap((reference) => (reference && !known.has(reference.id) ? [reference.id] : []));
  return [...new Set(ids)];
}
