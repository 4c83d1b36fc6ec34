import type { Medication, Reference, Resource } from 'fhir/r4.js';
import { asArray, codingsOf, textsOf } from '../fhir/codeable-concept.ts';
import { isContained, parseReference, referenceId } from '../fhir/references.ts';
import { allResources, type PatientRecord } from './patient-record.ts';

/** A resource about a drug: order, administration, statement, dispensing. */
export type DrugResource = Resource & {
  readonly contained?: readonly Resource[] | undefined;
  readonly medicationCodeableConcept?: unknown;
  readonly medicationReference?: Reference | undefined;
};

const concepts = new WeakMap<PatientRecord, Map<DrugResource, readonly unknown[]>>();

/** The concepts that say which drug it is: inline, or of the Medication that it refers to. */
export function drugConcepts(resource: DrugResource, record: PatientRecord): readonly unknown[] {
  const ofRecord = concepts.get(record) ?? new Map<DrugResource, readonly unknown[]>();
  concepts.set(record, ofRecord);
  const found = ofRecord.get(resource) ?? findConcepts(resource, record);
  ofRecord.set(resource, found);
  return found;
}

function findConcepts(
  { medicationCodeableConcept, medicationReference, contained }: DrugResource,
  record: PatientRecord,
) {
  const inline = medicationCodeableConcept ? [medicationCodeableConcept] : [];
  if (!medicationReference) return inline;
  const { reference, display } = medicationReference;
  const inContained = asArray(contained).find((one) => isContained(reference, one?.id));
  const id = referenceId(reference);
  const medication = inContained ?? medicationsOf(record).find((one) => id !== undefined && one.id === id);
  const referenced = (medication as Medication | undefined)?.code;
  return [
    ...inline,
    ...(display === undefined ? [] : [{ text: display }]),
    ...(referenced === undefined ? [] : [referenced]),
  ];
}

/** True when nothing says which drug it is: it may be any. */
export function isUnreadableDrug(resource: DrugResource, record: PatientRecord): boolean {
  const named = drugConcepts(resource, record);
  return named.every((concept) => textsOf(concept).length === 0 && codingsOf(concept).length === 0);
}

/** How the drug is given: the routes and texts of its dosages, one or many. */
export function drugRoutes(resource: DrugResource): readonly unknown[] {
  const { dosage, dosageInstruction } = resource as { dosage?: unknown; dosageInstruction?: unknown };
  return [...asArray(dosage), ...asArray(dosageInstruction)].flatMap((one) => {
    const { route, text } = (one ?? {}) as { route?: unknown; text?: unknown };
    return [route, { text }];
  });
}

/** The Medications that the read resources refer to and that nobody has sent. */
export function missingReferences(record: PatientRecord, keys: readonly string[]): readonly string[] {
  const known = new Set(medicationsOf(record).map(({ id }) => id));
  const references = keys
    .flatMap((key) => resourcesUnder(record, key))
    .map((resource) => parseReference((resource as DrugResource).medicationReference?.reference));
  const ids = references.flatMap((reference) =>
    reference?.type === 'Medication' && !known.has(reference.id) ? [reference.id] : [],
  );
  return [...new Set(ids)];
}

const medications = new WeakMap<PatientRecord, readonly Resource[]>();

function medicationsOf(record: PatientRecord): readonly Resource[] {
  const known = medications.get(record);
  if (known) return known;
  const all = [...record.referenced, ...allResources(record)];
  const found = all.filter(({ resourceType }) => resourceType === 'Medication');
  medications.set(record, found);
  return found;
}

function resourcesUnder({ reads }: PatientRecord, key: string): readonly Resource[] {
  const result = reads.get(key);
  return result?.state === 'found' ? result.resources : [];
}

/** Proposals and options are no orders. */
export function isOrdered(intent: unknown): boolean {
  return intent !== 'proposal' && intent !== 'option';
}
