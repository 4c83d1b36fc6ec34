import { readDrafts } from '../../src/orders/draft.ts';
import { type RecognisedOrder, recogniseOrders } from '../../src/orders/recognise-orders.ts';
import { shippedDefinitions } from '../support/app.ts';

export const system = {
  snomed: 'http://snomed.info/sct',
  rxnorm: 'http://www.nlm.nih.gov/research/umls/rxnorm',
  atc: 'http://www.whocc.no/atc',
  hcpcs: 'http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets',
  ndc: 'http://hl7.org/fhir/sid/ndc',
  cpt: 'http://www.ama-assn.org/go/cpt',
  pcs: 'http://www.cms.gov/Medicare/Coding/ICD10',
  icd10cm: 'http://hl7.org/fhir/sid/icd-10-cm',
} as const;

export function coded(codeSystem: string, code: string, text?: string) {
  return { coding: [{ system: codeSystem, code }], ...(text !== undefined && { text }) };
}

/** A drafted procedure, named by text or by a whole concept. */
export function procedure(concept: unknown, changes: Readonly<Record<string, unknown>> = {}) {
  const code = typeof concept === 'string' ? { text: concept } : concept;
  return { resourceType: 'ServiceRequest', id: 'procedure', status: 'draft', intent: 'order', code, ...changes };
}

/** A drafted drug, named by text or by a whole concept. */
export function drug(concept: unknown, changes: Readonly<Record<string, unknown>> = {}) {
  const medicationCodeableConcept = typeof concept === 'string' ? { text: concept } : concept;
  return {
    resourceType: 'MedicationRequest',
    id: 'drug',
    status: 'draft',
    intent: 'order',
    medicationCodeableConcept,
    ...changes,
  };
}

export function draftBundle(...resources: readonly unknown[]) {
  return { resourceType: 'Bundle', type: 'collection', entry: resources.map((resource) => ({ resource })) };
}

/** The orders recognised in a session of these drafts, all of them selected. */
export function recognised(...resources: readonly unknown[]): readonly RecognisedOrder[] {
  return recogniseOrders(readDrafts(draftBundle(...resources)), undefined, shippedDefinitions());
}

/** Their names, for tests that need no more. */
export function names(...resources: readonly unknown[]): readonly string[] {
  return recognised(...resources).map(({ name }) => name);
}
