import { renderCards } from './cards/render-cards.ts';
import type { HookRequest } from './cds-hooks/request.ts';
import { type Decision, type DecisionTrace, refused, silent } from './decision.ts';
import { type Definitions, vocabularyOn } from './definitions/definitions.ts';
import { gatherFacts } from './facts/gather-facts.ts';
import { failedReads, nothingRead, type PatientRecord } from './facts/patient-record.ts';
import { foreignPatients, readInto, readMedicationsOf, readReferencedInto } from './facts/read-record.ts';
import type { FhirReader } from './fhir/fhir-reader.ts';
import { awaitedTests, pendingOrders } from './gaps/awaited-tests.ts';
import { findGaps } from './gaps/find-gaps.ts';
import { enterGate } from './gate.ts';
import { measures } from './measures/index.ts';
import { isUnread, readDrafts } from './orders/draft.ts';
import { recogniseOrders } from './orders/recognise-orders.ts';
import { evaluateRules } from './rules/evaluate.ts';
import { computeMeasures, type Situation } from './rules/situation.ts';

/** What a decision depends on besides the request. */
export interface Dependencies {
  readonly reader: FhirReader;
  readonly now: Date;
  /** The sandbox offers suggestions that a hospital has to map first. */
  readonly sandbox: boolean;
  newId(): string;
}

/** Answers one CDS Hooks call: which cards, and why. Pure except for the reads made through `reader`. */
export async function decide(
  request: HookRequest,
  definitions: Definitions,
  dependencies: Dependencies,
): Promise<Decision> {
  const { reader, now } = dependencies;
  const { draftOrders, selections, patientId } = request.context;
  const drafts = await readMedicationsOf(readDrafts(draftOrders, patientId), reader);
  const recognised = recogniseOrders(drafts, selections, definitions);
  if (recognised.length === 0) return silent('no-recognised-order');
  if (!recognised.some(({ advised }) => advised)) return silent('no-order-selected');
  const foreign = foreignPatients(request);
  if (foreign.length > 0) return refused(400, 'the prefetch holds another patient', foreign);

  const vocabulary = vocabularyOn(definitions, now);
  const reading = { request, definitions, reader };
  const session = new Set(drafts.map(({ reference }) => reference));
  const nothing: PatientRecord = { now, reads: new Map(), referenced: [], indications: [], session, dropped: 0 };
  const gate = await enterGate(nothing, recognised, vocabulary, reading);
  if (!gate.open) return gate.answer;
  const { orders } = gate;

  const keys = Object.entries(definitions.service.reads);
  const allReads = await readInto(
    gate.record,
    keys.flatMap(([key, { gate }]) => (gate ? [] : [key])),
    reading,
  );
  const needed = keys.flatMap(([key, { softens }]) => (softens ? [] : [key]));
  if (nothingRead(allReads, needed)) return refused(412, 'nothing of the record could be read', needed);
  const record = await readReferencedInto(allReads, reader);
  const facts = gatherFacts(definitions, record, vocabulary.thresholds);
  const situation: Situation = { orders, facts, measures: computeMeasures(measures, facts) };
  const verdicts = evaluateRules(definitions.rules, situation, vocabulary);
  const awaited = awaitedTests(definitions, record, drafts, vocabulary.thresholds);
  const gaps = findGaps({ definitions, situation, vocabulary, verdicts, awaited, failedReads: failedReads(record) });
  const unreadDrafts = drafts.filter(isUnread).length;
  const subject = { definitions, situation, vocabulary };
  const cards = renderCards(verdicts, gaps, {
    ...dependencies,
    subject,
    gaps,
    orders,
    drafts,
    pending: pendingOrders(definitions, record, vocabulary.thresholds),
    unreadDrafts,
    patientId,
  });
  const trace: DecisionTrace = { orders, situation, verdicts, gaps, dropped: record.dropped };
  if (cards.length > 0) return { kind: 'cards', response: { cards }, trace };
  return silent(gaps.bedside.length > 0 ? 'silent-with-open-bedside-facts' : 'nothing-to-say', trace);
}
