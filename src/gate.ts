import { type Decision, refused, silent } from './decision.ts';
import { gatherFacts } from './facts/gather-facts.ts';
import { allResources, type PatientRecord } from './facts/patient-record.ts';
import { type Reading, readInto } from './facts/read-record.ts';
import { isAtLeast } from './kernel/estimate.ts';
import { estimateOf } from './kernel/fact.ts';
import { indicationOf, isForAnotherCause, markOtherIndications } from './orders/indication.ts';
import type { RecognisedOrder } from './orders/recognise-orders.ts';
import { evaluate } from './rules/evaluate.ts';
import { factOf, type Vocabulary } from './rules/situation.ts';

export type Gate =
  | { readonly open: false; readonly answer: Decision }
  /** The orders with what they are for, and what was read to know it. */
  | { readonly open: true; readonly orders: readonly RecognisedOrder[]; readonly record: PatientRecord };

/**
 * Whether the patient and the orders concern us at all, from the reads that decide it. What is undetermined lets the
 * call in: an order is ours unless its cause or the patient's record certainly says otherwise.
 */
export async function enterGate(
  nothing: PatientRecord,
  recognised: readonly RecognisedOrder[],
  vocabulary: Vocabulary,
  reading: Reading,
): Promise<Gate> {
  const { definitions } = reading;
  const { gate, reads } = definitions.service;
  const keys = Object.entries(reads).flatMap(([key, read]) => (read.gate ? [key] : []));
  const read = await readInto(nothing, keys, reading);
  const conditions = allResources(read);
  const orders = recognised.filter((order) => !isForAnotherCause(order, conditions, definitions));
  if (!orders.some(({ advised }) => advised)) return { open: false, answer: silent('no-recognised-order') };
  const indications = orders.map((order) => indicationOf(order, conditions, definitions));
  const record = { ...read, indications };
  const facts = gatherFacts(definitions, record, vocabulary.thresholds, definitions.gateFacts);
  const situation = { orders, facts, measures: new Map() };
  const when = evaluate(gate.when, situation, vocabulary);
  const unless = gate.unless && evaluate(gate.unless, situation, vocabulary);
  if (when.truth === 'false' || unless?.truth === 'true') return { open: false, answer: silent('gate-closed') };
  const unread = keys.filter((key) => reads[key]?.required && !isComplete(record, key));
  if (when.truth === 'undetermined' && unread.length > 0) {
    return { open: false, answer: refused(412, 'whether the patient is concerned could not be read', unread) };
  }
  const hasOther = isAtLeast(estimateOf(factOf(facts, definitions.indication.other)), 1) === 'true';
  return { open: true, orders: markOtherIndications(orders, indications, hasOther, definitions), record };
}

function isComplete({ reads }: PatientRecord, key: string): boolean {
  const read = reads.get(key);
  return read?.state === 'found' && read.complete;
}
