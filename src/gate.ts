import { type Decision, refused, silent } from './decision.ts';
import type { Definitions } from './definitions/definitions.ts';
import { gatherFacts } from './facts/gather-facts.ts';
import { allResources, failedReads, type PatientRecord } from './facts/patient-record.ts';
import { type Reading, readInto } from './facts/read-record.ts';
import { isAtLeast } from './kernel/estimate.ts';
import { estimateOf } from './kernel/fact.ts';
import type { Truth } from './kernel/truth.ts';
import { indicationOf, isForAnotherCause, markOtherIndications } from './orders/indication.ts';
import type { RecognisedOrder } from './orders/recognise-orders.ts';
import { evaluate } from './rules/evaluate.ts';
import { factOf, type Situation, type Vocabulary } from './rules/situation.ts';

export type Gate =
  | { readonly open: false; readonly answer: Decision }
  /** The orders with what they are for, and what was read to know it. */
  | { readonly open: true; readonly orders: readonly RecognisedOrder[]; readonly record: PatientRecord };

/**
 * Whether the patient and the orders concern us at all, from the reads that decide it. What is undetermined lets the
 * call in: an order is ours unless its cause or the patient's record certainly says otherwise. What `unless` excepts is
 * judged when everything is read (`isExcepted`), so that nothing else waits for the reads behind it.
 */
export async function enterGate(
  nothing: PatientRecord,
  recognised: readonly RecognisedOrder[],
  vocabulary: Vocabulary,
  reading: Reading,
): Promise<Gate> {
  const { definitions } = reading;
  const read = await readInto(nothing, gateKeys(definitions), reading);
  const conditions = allResources(read);
  const orders = recognised.filter((order) => !isForAnotherCause(order, conditions, definitions));
  if (!orders.some(({ advised }) => advised)) return { open: false, answer: silent('no-recognised-order') };
  const indications = orders.map((order) => indicationOf(order, conditions, definitions));
  const record = { ...read, indications };
  const { concerned, facts } = judge(record, orders, vocabulary, definitions);
  if (concerned === 'false') return closed;
  if (concerned === 'undetermined' && unreadKeys(record, definitions).length > 0)
    return unreadable(record, definitions);
  const hasOther = isAtLeast(estimateOf(factOf(facts, definitions.indication.other)), 1) === 'true';
  return { open: true, orders: markOtherIndications(orders, indications, hasOther, definitions), record };
}

/**
 * The gate where no order speaks for the patient: it opens only when the record certainly says that the patient
 * concerns us. A suspected disease is no reason to speak unasked.
 */
export async function enterGateUnasked(
  nothing: PatientRecord,
  vocabulary: Vocabulary,
  reading: Reading,
): Promise<Gate> {
  const { definitions } = reading;
  const record = await readInto(nothing, gateKeys(definitions), reading);
  const { concerned } = judge(record, [], vocabulary, definitions);
  if (concerned === 'true') return { open: true, orders: [], record };
  const isUnreadable = concerned === 'undetermined' && unreadKeys(record, definitions).length > 0;
  return isUnreadable ? unreadable(record, definitions) : closed;
}

const closed: Gate = { open: false, answer: silent('gate-closed') };

function unreadable(record: PatientRecord, definitions: Definitions): Gate {
  const reason = 'whether the patient is concerned could not be read';
  return {
    open: false,
    answer: refused(412, reason, unreadKeys(record, definitions), failedReads(record, definitions)),
  };
}

/** Whether the gate certainly does not concern this patient after all; not when it is only possible. */
export function isExcepted({ service }: Definitions, situation: Situation, vocabulary: Vocabulary): boolean {
  const { unless } = service.gate;
  return unless !== undefined && evaluate(unless, situation, vocabulary).truth === 'true';
}

function judge(
  record: PatientRecord,
  orders: readonly RecognisedOrder[],
  vocabulary: Vocabulary,
  definitions: Definitions,
): { readonly concerned: Truth; readonly facts: Situation['facts'] } {
  const facts = gatherFacts(definitions, record, vocabulary.thresholds, definitions.gateFacts);
  const situation: Situation = { orders, facts, measures: new Map() };
  return { concerned: evaluate(definitions.service.gate.when, situation, vocabulary).truth, facts };
}

function gateKeys({ service }: Definitions): readonly string[] {
  return Object.entries(service.reads).flatMap(([key, { gate }]) => (gate ? [key] : []));
}

/** The required reads of the gate that failed or gave less than everything. */
function unreadKeys(record: PatientRecord, definitions: Definitions): readonly string[] {
  const { reads } = definitions.service;
  return gateKeys(definitions).filter((key) => reads[key]?.required && !isComplete(record, key));
}

function isComplete({ reads }: PatientRecord, key: string): boolean {
  const read = reads.get(key);
  return read?.state === 'found' && read.complete;
}
