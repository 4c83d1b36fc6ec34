import { renderCards } from './cards/render-cards.ts';
import type { CdsResponse } from './cds-hooks/card.ts';
import type { HookRequest } from './cds-hooks/request.ts';
import { type Definitions, vocabularyOn } from './definitions/definitions.ts';
import { gatherFacts } from './facts/gather-facts.ts';
import type { PatientRecord } from './facts/patient-record.ts';
import { foreignPatients, readAll, readKeys, readReferenced } from './facts/read-record.ts';
import type { FhirReader } from './fhir/fhir-reader.ts';
import { awaitedTests } from './gaps/awaited-tests.ts';
import { findGaps, type Gaps } from './gaps/find-gaps.ts';
import { enterGate } from './gate.ts';
import { measures } from './measures/index.ts';
import { type Draft, readDrafts, withMedication } from './orders/draft.ts';
import { indicationOf, markOtherIndications } from './orders/indication.ts';
import { type RecognisedOrder, recogniseOrders } from './orders/recognise-orders.ts';
import { evaluateRules, type Verdict } from './rules/evaluate.ts';
import { computeMeasures, type Situation } from './rules/situation.ts';

/** What a decision depends on besides the request. */
export interface Dependencies {
  readonly reader: FhirReader;
  readonly now: Date;
  /** The sandbox offers suggestions that a hospital has to map first. */
  readonly sandbox: boolean;
  newId(): string;
}

export type Silence =
  | 'no-recognised-order'
  | 'no-order-selected'
  | 'gate-closed'
  | 'nothing-to-say'
  | 'silent-with-open-bedside-facts';

/** The answer, and how it came about. */
export type Decision =
  | {
      readonly kind: 'cards';
      readonly response: CdsResponse;
      readonly silence?: Silence;
      readonly trace?: DecisionTrace;
    }
  | { readonly kind: 'refused'; readonly status: 400 | 412; readonly reason: string; readonly keys: readonly string[] };

export interface DecisionTrace {
  readonly orders: readonly RecognisedOrder[];
  readonly situation: Situation;
  readonly verdicts: readonly Verdict[];
  readonly gaps: Gaps;
  /** Resources about another patient that were left out. */
  readonly dropped: number;
}

/** Answers one CDS Hooks call: which cards, and why. Pure except for the reads made through `reader`. */
export async function decide(
  request: HookRequest,
  definitions: Definitions,
  dependencies: Dependencies,
): Promise<Decision> {
  const { reader, now } = dependencies;
  const { draftOrders, selections, patientId } = request.context;
  const drafts = await withMedications(readDrafts(draftOrders), reader);
  const recognised = recogniseOrders(drafts, selections, definitions);
  if (recognised.length === 0) return silent('no-recognised-order');
  if (!recognised.some(({ advised }) => advised)) return silent('no-order-selected');
  const foreign = foreignPatients(request);
  if (foreign.length > 0)
    return { kind: 'refused', status: 400, reason: 'the prefetch holds another patient', keys: foreign };

  const vocabulary = vocabularyOn(definitions, now);
  const keys = Object.entries(definitions.service.reads);
  const gateKeys = keys.flatMap(([key, { gate }]) => (gate ? [key] : []));
  const gateReads = await readKeys(gateKeys, request, definitions, reader, now);
  const conditions = [...gateReads.results.values()].flatMap((read) => (read.state === 'found' ? read.resources : []));
  const indications = new Map(recognised.map((order) => [order, indicationOf(order, conditions, definitions)]));
  const session = new Set(drafts.map(({ reference }) => reference));
  const gateRecord: PatientRecord = {
    now,
    reads: gateReads.results,
    referenced: [],
    indications: [...indications.values()],
    session,
  };
  const gate = enterGate(gateRecord, recognised, definitions, vocabulary);
  if (gate.closed) return gate.decision;
  const orders = markOtherIndications(recognised, indications, gate.hasOther, definitions);

  const otherKeys = keys.flatMap(([key, read]) => (read.gate ? [] : [key]));
  const otherReads = await readKeys(otherKeys, request, definitions, reader, now);
  const partial: PatientRecord = { ...gateRecord, reads: new Map([...gateReads.results, ...otherReads.results]) };
  const record: PatientRecord = { ...partial, referenced: await readReferenced(partial, reader) };
  const facts = gatherFacts(definitions, record, vocabulary.thresholds);
  const failedReads = failedKeys(record);
  if ([...failedReads].length === record.reads.size) return unreadable(failedReads);

  const situation: Situation = { orders, facts, measures: computeMeasures(measures, facts) };
  const verdicts = evaluateRules(definitions.rules, situation, vocabulary);
  const pendingDays = vocabulary.thresholds.get(definitions.gaps.pending)?.values.get('d') ?? 0;
  const awaited = awaitedTests(definitions, record, drafts, pendingDays);
  const gaps = findGaps({ definitions, situation, vocabulary, verdicts, awaited, failedReads });
  const orderNotes = orders.flatMap(({ note }) => note ?? []);
  const subject = { definitions, situation, vocabulary };
  const cards = renderCards(verdicts, gaps, { ...dependencies, subject, gaps, orders, orderNotes, patientId });
  const trace = { orders, situation, verdicts, gaps, dropped: gateReads.dropped + otherReads.dropped };
  if (cards.length > 0) return { kind: 'cards', response: { cards }, trace };
  const silence = gaps.bedside.length > 0 ? 'silent-with-open-bedside-facts' : 'nothing-to-say';
  return { kind: 'cards', response: { cards }, silence, trace };
}

function silent(silence: Silence): Decision {
  return { kind: 'cards', response: { cards: [] }, silence };
}

function unreadable(keys: ReadonlySet<string>): Decision {
  return { kind: 'refused', status: 412, reason: 'nothing of the record could be read', keys: [...keys] };
}

async function withMedications(drafts: readonly Draft[], reader: FhirReader): Promise<readonly Draft[]> {
  const ids = drafts.flatMap(({ medicationId }) => (medicationId === undefined ? [] : [medicationId]));
  const medications = await readAll(
    [...new Set(ids)].slice(0, 20).map((id) => `Medication/${encodeURIComponent(id)}`),
    reader,
  );
  return drafts.map((draft) => withMedication(draft, medications));
}

function failedKeys({ reads }: PatientRecord): ReadonlySet<string> {
  return new Set([...reads].flatMap(([key, read]) => (read.state === 'found' && read.complete ? [] : [key])));
}
