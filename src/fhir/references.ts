import type { Resource } from 'fhir/r4.js';
import { isRecord } from './bundle-page.ts';
import { asArray } from './codeable-concept.ts';

/** What a reference points at. `type` is '' where the form does not say (urn:uuid:…, a bare id). */
export interface ParsedReference {
  readonly type: string;
  readonly id: string;
}

/**
 * Parses a literal reference: relative, absolute, `urn:uuid:` or `urn:oid:`, or a bare id. The version is dropped, the
 * length of ids is not limited (some servers exceed FHIR's 64). Contained (`#x`) and conditional references
 * (`Patient?identifier=…`) point at nothing outside their resource, so they are undefined.
 */
export function parseReference(reference: string | undefined): ParsedReference | undefined {
  if (typeof reference !== 'string' || /[?#\s]/.test(reference) || !reference.isWellFormed()) return undefined;
  const urn = /^urn:(?:uuid|oid):(.+)$/i.exec(reference);
  if (urn?.[1] !== undefined) return { type: '', id: urn[1] };
  const [, absolute, path = ''] = /^(https?:\/\/[^/]*)?(.*)$/i.exec(reference) ?? [];
  const segments = path
    .replace(/\/_history\/[^/]*\/?$/, '')
    .split('/')
    .filter((segment) => segment !== '');
  const id = segments.at(-1);
  const type = segments.at(-2) ?? '';
  if (id === undefined || id.includes(':')) return undefined;
  if (type === '') return absolute === undefined ? { type, id } : undefined;
  return /^[A-Z][A-Za-z]*$/.test(type) ? { type, id } : undefined;
}

/** Whether a reference means the contained resource of this id. */
export function isContained(reference: unknown, id: unknown): boolean {
  return typeof id === 'string' && reference === `#${id}`;
}

/** The id a reference points at, whatever its form. */
export function referenceId(reference: string | undefined): string | undefined {
  return parseReference(reference)?.id;
}

/** True when both point at the same id and neither names another type. The base URL is not compared. */
export function sameReference(a: string | undefined, b: string | undefined): boolean {
  const [left, right] = [parseReference(a), parseReference(b)];
  return left !== undefined && right !== undefined && same(left, right);
}

function same(a: ParsedReference, b: ParsedReference): boolean {
  return a.id === b.id && (a.type === '' || b.type === '' || a.type === b.type);
}

/** Types that have no element for a patient: they belong to whoever refers to them. */
const TYPES_WITHOUT_PATIENT: ReadonlySet<string> = new Set([
  ...['Medication', 'MedicationKnowledge', 'Substance', 'ResearchStudy', 'OperationOutcome'],
  ...['Practitioner', 'PractitionerRole', 'Organization', 'Location', 'HealthcareService'],
]);

/**
 * Is this resource about that patient? A subject, patient or individual decides; without them the participants do.
 * A resource that names no patient counts only if its type cannot name one.
 *
 * @param patientId the bare id, or any form of a reference
 */
export function isForPatient(resource: Resource, patientId: string): boolean {
  const patient = { type: 'Patient', id: referenceId(patientId) ?? patientId };
  if (resource.resourceType === 'Patient') return resource.id === patient.id;

  const { subject, patient: of, individual, participant } = resource as Resource & Record<string, unknown>;
  const named = [subject, of, individual].flatMap(referencesIn);
  if (named.length > 0) return named.every((reference) => refersTo(reference, patient));
  const actors = asArray(participant).flatMap((one) => (isRecord(one) ? referencesIn(one.actor) : []));
  if (actors.length > 0) return actors.some((reference) => refersTo(reference, patient));
  return TYPES_WITHOUT_PATIENT.has(resource.resourceType);
}

function refersTo(reference: string, patient: ParsedReference): boolean {
  const parsed = parseReference(reference);
  return parsed !== undefined && same(parsed, patient);
}

function referencesIn(element: unknown): string[] {
  return asArray(element).flatMap((one) => (isRecord(one) && typeof one.reference === 'string' ? [one.reference] : []));
}
