import { type Decision, refused } from './decision.ts';
import { gatherFacts } from './facts/gather-facts.ts';
import { failedReads, nothingRead, type PatientRecord } from './facts/patient-record.ts';
import { type Reading, readInto, readReferencedInto } from './facts/read-record.ts';
import { measures } from './measures/index.ts';
import type { RecognisedOrder } from './orders/recognise-orders.ts';
import { computeMeasures, type Situation, type Vocabulary } from './rules/situation.ts';

/** What is known of the patient, and what it was made of; or why nothing is. */
export type ReadSituation =
  | { readonly read: false; readonly answer: Decision }
  | { readonly read: true; readonly record: PatientRecord; readonly situation: Situation };

/** Reads what the gate has not read, and makes facts and measures of all of it. */
export async function readSituation(
  { orders, record }: { readonly orders: readonly RecognisedOrder[]; readonly record: PatientRecord },
  vocabulary: Vocabulary,
  reading: Reading,
): Promise<ReadSituation> {
  const { definitions, reader } = reading;
  const keys = Object.entries(definitions.service.reads);
  const others = keys.flatMap(([key, { gate }]) => (gate ? [] : [key]));
  const needed = keys.flatMap(([key, { prefetch, softens }]) => (prefetch && !softens ? [key] : []));
  const all = await readInto(record, others, reading);
  if (nothingRead(all, needed)) {
    return {
      read: false,
      answer: refused(412, 'nothing of the record could be read', needed, failedReads(all, definitions)),
    };
  }
  const whole = await readReferencedInto(all, reader);
  const facts = gatherFacts(definitions, whole, vocabulary.thresholds);
  return { read: true, record: whole, situation: { orders, facts, measures: computeMeasures(measures, facts) } };
}
