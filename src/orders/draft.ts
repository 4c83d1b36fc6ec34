import type { Medication, Resource } from 'fhir/r4.js';
import { asArray, codingsOf, textsOf } from '../fhir/codeable-concept.ts';
import { parseReference, referenceId } from '../fhir/references.ts';

type Loose = Readonly<Record<string, unknown>>;

/** One draft order of the session, as much of it as we need, whatever shape the client sent. */
export interface Draft {
  /** 'MedicationRequest/123'; what a suggestion to remove it must name. Ends at the slash when the client gave no id. */
  readonly reference: string;
  /** Another name for it: the `fullUrl` of its entry. */
  readonly fullUrl?: string;
  readonly resourceType: string;
  /** What is ordered: the code of a ServiceRequest, or the concept of the medication. */
  readonly concept: unknown;
  readonly routes: readonly unknown[];
  readonly reasons: readonly unknown[];
  /** References to the reason, resolved by whoever has the record: 'Condition/7'. */
  readonly reasonReferences: readonly string[];
  /** A Medication that only the server has. */
  readonly medicationId?: string;
}

const orderTypes: ReadonlySet<string> = new Set(['MedicationRequest', 'ServiceRequest']);

/** Orders that will not be carried out. Any other status counts: re-signed orders are active, and some clients send none. */
const withdrawn: ReadonlySet<unknown> = new Set([
  ...['cancelled', 'revoked', 'stopped', 'ended', 'completed', 'entered-in-error'],
]);

/**
 * Reads the orders of `context.draftOrders`. Never throws; what is no order, or is made out to another patient, is left
 * out.
 */
export function readDrafts(draftOrders: unknown, patientId?: string): readonly Draft[] {
  const entries = asArray(loose(draftOrders).entry as unknown).map(loose);
  return entries.flatMap(({ fullUrl, resource: sent }) => {
    const resource = loose(sent);
    const { resourceType, id, status, doNotPerform } = resource;
    if (typeof resourceType !== 'string' || !orderTypes.has(resourceType)) return [];
    if (isForAnother(resource, patientId)) return [];
    if (withdrawn.has(status) || doNotPerform === true || (id !== undefined && typeof id !== 'string')) return [];
    const draft = readDraft(resource, resourceType, entries);
    return [typeof fullUrl === 'string' ? { ...draft, fullUrl } : draft];
  });
}

/** Certainly: a reference that names no Patient may be anybody. */
function isForAnother({ subject }: Loose, patientId: string | undefined): boolean {
  const { reference } = loose(subject);
  const named = typeof reference === 'string' ? parseReference(reference) : undefined;
  return named?.type === 'Patient' && patientId !== undefined && named.id !== patientId;
}

function readDraft(order: Loose, resourceType: string, entries: readonly Loose[]): Draft {
  const isMedication = resourceType === 'MedicationRequest';
  const medication = isMedication ? medicationOf(order, entries) : { concept: order.code };
  const dosages = asArray(order.dosageInstruction as unknown).map(loose);
  const reasonReferences = asArray(order.reasonReference as unknown).map(loose);
  return {
    reference: `${resourceType}/${order.id ?? ''}`,
    resourceType,
    ...medication,
    routes: dosages.flatMap(({ route, text }) => [route, { text }]),
    reasons: [...asArray(order.reasonCode as unknown), ...reasonReferences.map(({ display }) => ({ text: display }))],
    reasonReferences: reasonReferences.flatMap(({ reference }) => (typeof reference === 'string' ? [reference] : [])),
  };
}

/** The concept of a medication: inline, contained, another entry of the Bundle, or on the server. */
function medicationOf(order: Loose, entries: readonly Loose[]): Pick<Draft, 'concept' | 'medicationId'> {
  if (textsOf(order.medicationCodeableConcept).length > 0 || loose(order.medicationCodeableConcept).coding) {
    return { concept: order.medicationCodeableConcept };
  }
  const { reference, display } = loose(order.medicationReference);
  const named = { text: display };
  if (typeof reference !== 'string') return { concept: named };
  const contained = asArray(order.contained as unknown)
    .map(loose)
    .find(({ id }) => reference === `#${id}`);
  const id = referenceId(reference);
  const isMedication = ({ resourceType, id: its }: Loose) => resourceType === 'Medication' && its === id;
  const entry = entries.find(
    ({ fullUrl, resource }) => fullUrl === reference || (id !== undefined && isMedication(loose(resource))),
  );
  const medication = contained ?? (entry && loose(entry.resource));
  if (medication) return { concept: withText(medication.code, display) };
  const onServer = parseReference(reference);
  return onServer?.type === 'Medication' ? { concept: named, medicationId: onServer.id } : { concept: named };
}

/** The draft with the medication that was read from the server. */
export function withMedication(draft: Draft, medications: readonly Resource[]): Draft {
  const { medicationId } = draft;
  const medication = medications.find((one) => one.resourceType === 'Medication' && one.id === medicationId);
  if (medicationId === undefined || medication === undefined) return draft;
  return { ...draft, concept: withText((medication as Medication).code, loose(draft.concept).text) };
}

/** A medication that only the server has, and that it did not give. */
export function isUnread({ medicationId, concept }: Draft): boolean {
  return medicationId !== undefined && textsOf(concept).length === 0 && codingsOf(concept).length === 0;
}

/** A concept whose text is missing takes the display of the reference that led to it. */
function withText(concept: unknown, display: unknown): unknown {
  return loose(concept).text === undefined ? { ...loose(concept), text: display } : concept;
}

function loose(value: unknown): Loose {
  return typeof value === 'object' && value !== null ? (value as Loose) : {};
}
