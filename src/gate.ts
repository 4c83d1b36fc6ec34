import { type Decision, refused, silent } from './decision.ts';
import type { Definitions } from './definitions/definitions.ts';
import { gatherFacts } from './facts/gather-facts.ts';
import type { PatientRecord } from './facts/patient-record.ts';
import { isAtLeast } from './kernel/estimate.ts';
import { estimateOf } from './kernel/fact.ts';
import type { RecognisedOrder } from './orders/recognise-orders.ts';
import { evaluate } from './rules/evaluate.ts';
import { factOf, type Vocabulary } from './rules/situation.ts';

export type Gate =
  | { readonly open: false; readonly answer: Decision }
  /** `hasOther`: the patient certainly has another active disease of the kind that the orders may be for. */
  | { readonly open: true; readonly hasOther: boolean };

/** Whether the patient concerns us at all, from the reads that decide it. What is undetermined lets the call in. */
export function enterGate(
  record: PatientRecord,
  orders: readonly RecognisedOrder[],
  definitions: Definitions,
  vocabulary: Vocabulary,
): Gate {
  const { gate, reads } = definitions.service;
  const facts = gatherFacts(definitions, record, vocabulary.thresholds, definitions.gateFacts);
  const situation = { orders, facts, measures: new Map() };
  const when = evaluate(gate.when, situation, vocabulary);
  const unless = gate.unless && evaluate(gate.unless, situation, vocabulary);
  if (when.truth === 'false' || unless?.truth === 'true') return { open: false, answer: silent('gate-closed') };
  const unread = [...record.reads].flatMap(([key, read]) =>
    reads[key]?.required && !(read.state === 'found' && read.complete) ? [key] : [],
  );
  if (when.truth === 'undetermined' && unread.length > 0) {
    return { open: false, answer: refused(412, 'whether the patient is concerned could not be read', unread) };
  }
  const other = factOf(facts, definitions.indication.other);
  return { open: true, hasOther: isAtLeast(estimateOf(other), 1) === 'true' };
}
