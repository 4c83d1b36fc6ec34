import { renderCards } from './cards/render-cards.ts';
import type { HookRequest } from './cds-hooks/request.ts';
import { type Decision, type DecisionTrace, type Dependencies, refused, silent } from './decision.ts';
import { type Definitions, vocabularyOn } from './definitions/definitions.ts';
import { faultOfPrefetch } from './facts/check-prefetch.ts';
import { failedReads, unreadRecord } from './facts/patient-record.ts';
import { readMedicationsOf } from './facts/read-record.ts';
import { awaitedTests, pendingOrders } from './gaps/awaited-tests.ts';
import { findGaps } from './gaps/find-gaps.ts';
import { enterGate, isExcepted } from './gate.ts';
import { isUnread, readDrafts } from './orders/draft.ts';
import { recogniseOrders } from './orders/recognise-orders.ts';
import { readSituation } from './read-situation.ts';
import { evaluateRules } from './rules/evaluate.ts';
import { summarise } from './summarise.ts';

/** Answers one CDS Hooks call: which cards, and why. Pure except for the reads made through `reader`. */
export async function decide(
  request: HookRequest,
  definitions: Definitions,
  dependencies: Dependencies,
): Promise<Decision> {
  if (request.hook === 'patient-view') return summarise(request, definitions, dependencies);
  const { reader, now } = dependencies;
  const { draftOrders, selections, patientId } = request.context;
  const drafts = await readMedicationsOf(readDrafts(draftOrders, patientId), reader);
  const recognised = recogniseOrders(drafts, selections, definitions);
  if (recognised.length === 0) return silent('no-recognised-order');
  if (!recognised.some(({ advised }) => advised)) return silent('no-order-selected');
  const fault = faultOfPrefetch(request, definitions);
  if (fault !== undefined) return refused(400, fault.reason, fault.keys);

  const vocabulary = vocabularyOn(definitions, now);
  const reading = { request, definitions, reader };
  const nothing = unreadRecord(now, new Set(drafts.map(({ reference }) => reference)));
  const gate = await enterGate(nothing, recognised, vocabulary, reading);
  if (!gate.open) return gate.answer;
  const { orders } = gate;
  const known = await readSituation(gate, vocabulary, reading);
  if (!known.read) return known.answer;

  const { situation, record } = known;
  if (isExcepted(definitions, situation, vocabulary)) return silent('gate-closed');
  const verdicts = evaluateRules(definitions.rules, situation, vocabulary);
  const awaited = awaitedTests(definitions, record, drafts, vocabulary.thresholds);
  const failed = failedReads(record, definitions);
  const gaps = findGaps({
    definitions,
    situation,
    vocabulary,
    verdicts,
    awaited,
    failedReads: failed,
  });
  const unreadDrafts = drafts.filter(isUnread).length;
  const subject = { definitions, situation, vocabulary };
  const written = renderCards(verdicts, gaps, {
    ...dependencies,
    subject,
    gaps,
    orders,
    drafts,
    pending: pendingOrders(definitions, record, vocabulary.thresholds),
    unreadDrafts,
    patientId,
  });
  const trace: DecisionTrace = { orders, situation, verdicts, gaps, failed, dropped: record.dropped };
  const cards = written.map(({ card }) => card);
  if (cards.length > 0) return { kind: 'cards', response: { cards }, written, trace };
  return silent(gaps.bedside.length > 0 ? 'silent-with-open-bedside-facts' : 'nothing-to-say', trace);
}
