import type { Condition, Resource } from 'fhir/r4.js';
import type { Definitions } from '../definitions/definitions.ts';
import { parseReference } from '../fhir/references.ts';
import { type ConceptMatcher, matchConcept } from '../terminology/match-concept.ts';
import type { RecognisedOrder } from './recognise-orders.ts';

export type Indication = 'ours' | 'probably' | 'other';

/**
 * What an order is for, as its reason says: our disease, probably our disease, or another one of its kind. Undefined
 * when it gives no reason that tells.
 *
 * @param conditions the patient's Conditions, for reasons given by reference
 */
export function indicationOf(
  order: RecognisedOrder,
  conditions: readonly Resource[],
  definitions: Definitions,
): Indication | undefined {
  const reasons = reasonsOf(order, conditions);
  for (const indication of ['ours', 'probably', 'other'] as const) {
    const concept = definitions.facts.get(definitions.indication[indication])?.concept;
    if (concept && reasons.some((reason) => matchConcept(reason, concept))) return indication;
  }
  return undefined;
}

/** Whether a Condition that a procedure refers to as its reason makes it none of ours. */
export function isForAnotherCause(
  order: RecognisedOrder,
  conditions: readonly Resource[],
  definitions: Definitions,
): boolean {
  if (definitions.orders.get(order.name)?.definition.kind !== 'procedure') return false;
  const other: ConceptMatcher = { names: definitions.procedureNotFor, notNames: [] };
  return reasonsOf(order, conditions).some((reason) => matchConcept(reason, other, { negation: 'statement' }));
}

function reasonsOf({ draft }: RecognisedOrder, conditions: readonly Resource[]): readonly unknown[] {
  const referenced = draft.reasonReferences.flatMap((reference) => {
    const id = parseReference(reference)?.id;
    const found = conditions.find((one) => one.resourceType === 'Condition' && one.id === id);
    return found ? [(found as Condition).code] : [];
  });
  return [...draft.reasons, ...referenced];
}

/**
 * Marks the drug orders that are meant for another disease: their reason says so, or they give none and the patient
 * has another active disease of the kind.
 */
export function markOtherIndications(
  orders: readonly RecognisedOrder[],
  indications: readonly (Indication | undefined)[],
  hasOther: boolean,
  definitions: Definitions,
): readonly RecognisedOrder[] {
  return orders.map((order, index) => {
    if (definitions.orders.get(order.name)?.definition.kind !== 'drug') return order;
    const indication = indications[index];
    return { ...order, otherIndication: indication === 'other' || (indication === undefined && hasOther) };
  });
}
