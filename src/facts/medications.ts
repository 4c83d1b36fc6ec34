import type { Medication, Reference, Resource } from 'fhir/r4.js';
import { asArray } from '../fhir/codeable-concept.ts';
import { parseReference, referenceId } from '../fhir/references.ts';
import type { PatientRecord } from './patient-record.ts';

/** A resource about a drug: order, administration, statement, dispensing. */
export type DrugResource = Resource & {
  readonly contained?: readonly Resource[] | undefined;
  readonly medicationCodeableConcept?: unknown;
  readonly medicationReference?: Reference | undefined;
};

/** The concepts that say which drug it is: inline, or of the Medication that it refers to. */
export function drugConcepts(resource: DrugResource, record: PatientRecord): readonly unknown[] {
  const { medicationCodeableConcept, medicationReference, contained } = resource;
  const inline = medicationCodeableConcept === undefined ? [] : [medicationCodeableConcept];
  if (medicationReference === undefined) return inline;
  const { reference, display } = medicationReference;
  const inContained = asArray(contained).find((one) => reference === `#${one?.id}`);
  const id = referenceId(reference);
  const medication = inContained ?? medicationsOf(record).find((one) => id !== undefined && one.id === id);
  return [...inline, { text: display }, (medication as Medication | undefined)?.code].filter(
    (concept) => concept !== undefined,
  );
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

function medicationsOf(record: PatientRecord): readonly Resource[] {
  const sent = [...record.reads.keys()].flatMap((key) => resourcesUnder(record, key));
  return [...record.referenced, ...sent].filter(({ resourceType }) => resourceType === 'Medication');
}

function resourcesUnder({ reads }: PatientRecord, key: string): readonly Resource[] {
  const result = reads.get(key);
  return result?.state === 'found' ? result.resources : [];
}
