import { isRecord } from './bundle-page.ts';

/** Types of orders that R4 does not have. Read as R4 they would be orders that nobody gave. */
const typesOfOtherVersions: ReadonlyMap<unknown, string> = new Map([
  ['MedicationOrder', 'DSTU2'],
  ['DiagnosticOrder', 'DSTU2'],
  ['DeviceUseRequest', 'DSTU2'],
  ['ProcedureRequest', 'DSTU2, STU3'],
  ['ReferralRequest', 'DSTU2, STU3'],
]);

/** By type: elements whose form, or presence, means something in another version that is lost when it is read as R4. */
const elementsOfOtherVersions: Readonly<Record<string, readonly Telling[]>> = {
  Condition: [asCode('clinicalStatus'), asCode('verificationStatus')],
  Procedure: [anything('notPerformed'), anything('notDone')],
  MedicationStatement: [anything('wasNotTaken'), anything('taken'), anything('medication')],
  MedicationAdministration: [anything('wasNotGiven'), anything('notGiven'), anything('medication')],
  MedicationRequest: [anything('medication')],
  MedicationDispense: [anything('medication')],
  ServiceRequest: [inCode('concept'), inCode('reference')],
};

interface Telling {
  readonly element: string;
  is(resource: Readonly<Record<string, unknown>>): boolean;
}

/**
 * Whether a resource is of another FHIR version than R4 and would be misread: a status that is lost turns a refuted
 * problem into a present one. What reads the same in all versions is not asked about.
 *
 * @returns static words for what shows it: 'ProcedureRequest (DSTU2, STU3)', 'Condition.clinicalStatus'; else undefined
 * @see https://hl7.org/fhir/R4/diff.html and https://hl7.org/fhir/R5/diff.html
 */
export function notR4(resource: unknown): string | undefined {
  if (!isRecord(resource) || typeof resource.resourceType !== 'string') return undefined;
  const { resourceType } = resource;
  const version = typesOfOtherVersions.get(resourceType);
  if (version !== undefined) return `${resourceType} (${version})`;
  if (!Object.hasOwn(elementsOfOtherVersions, resourceType)) return undefined;
  const telling = elementsOfOtherVersions[resourceType]?.find((one) => one.is(resource));
  return telling && `${resourceType}.${telling.element}`;
}

/** A code until STU3, a CodeableConcept since R4. */
function asCode(element: string): Telling {
  return { element, is: (resource) => typeof resource[element] === 'string' };
}

/** R4 has no such element. */
function anything(element: string): Telling {
  return { element, is: (resource) => resource[element] !== undefined && resource[element] !== null };
}

/** A CodeableConcept in R4, a CodeableReference in R5. */
function inCode(member: string): Telling {
  return { element: `code.${member}`, is: ({ code }) => isRecord(code) && isRecord(code[member]) };
}
