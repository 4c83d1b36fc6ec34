import type { Bundle, Resource } from 'fhir/r4.js';
import type { Card } from '../cds-hooks/card.ts';
import { decide } from '../decide.ts';
import type { Definitions } from '../definitions/definitions.ts';
import type { Truth } from '../kernel/truth.ts';
import { bundleReader } from './bundle-reader.ts';

/** The patients and the orders on which two revisions are compared. Written as JSON from one process to the other. */
export interface Calls {
  readonly patients: readonly TriedPatient[];
  readonly sessions: readonly TriedSession[];
}

export interface TriedPatient {
  /** A slug, or a running number: never an id of the record. */
  readonly name: string;
  /** The day for which the record was written. */
  readonly now: string;
  readonly id: string;
  readonly resources: readonly Resource[];
}

/** The drafts of one call. */
export interface TriedSession {
  readonly name: string;
  readonly drafts: readonly Resource[];
}

/** What one revision says to one call. */
export interface Answer {
  readonly patient: string;
  readonly session: string;
  /** 'cards', or why there is no answer. */
  readonly outcome: string;
  /** By rule id; empty when the call ended before any rule was looked at. */
  readonly verdicts: Readonly<Record<string, Truth>>;
  readonly cards: readonly AnsweredCard[];
}

export interface AnsweredCard {
  readonly topic: string;
  readonly indicator: string;
  readonly summary: string;
  readonly detail: string;
  readonly suggestions: readonly string[];
  readonly overrideReasons: readonly string[];
}

export interface Answers {
  /** The number and version of each rule. */
  readonly rules: Readonly<Record<string, { readonly ref: string; readonly version: number }>>;
  readonly answers: readonly Answer[];
}

/** Asks this revision everything. */
export async function answersOf({ patients, sessions }: Calls, definitions: Definitions): Promise<Answers> {
  const answers: Answer[] = [];
  for (const patient of patients) {
    const reader = bundleReader(patient.resources);
    for (const session of sessions) answers.push(await answerOf(patient, session, definitions, reader));
  }
  const rules = definitions.rules.map(({ id, ref, version }) => [id, { ref, version }] as const);
  return { rules: Object.fromEntries(rules), answers };
}

async function answerOf(
  patient: TriedPatient,
  session: TriedSession,
  definitions: Definitions,
  reader: ReturnType<typeof bundleReader>,
): Promise<Answer> {
  const drafts = session.drafts.map((draft) => madeOutTo(patient, draft));
  const draftOrders: Bundle = { resourceType: 'Bundle', type: 'collection', entry: drafts.map(asEntry) };
  const context = { patientId: patient.id, draftOrders };
  const request = { hook: 'order-sign', hookInstance: 'impact', context, prefetch: {} };
  const newId = () => 'impact';
  const decision = await decide(request, definitions, { reader, now: new Date(patient.now), sandbox: false, newId });
  const base = { patient: patient.name, session: session.name };
  if (decision.kind === 'refused')
    return { ...base, outcome: `refused with ${decision.status}`, verdicts: {}, cards: [] };
  const verdicts = decision.trace?.verdicts ?? [];
  return {
    ...base,
    outcome: 'cards',
    verdicts: Object.fromEntries(verdicts.map(({ rule, truth }) => [rule.id, truth])),
    cards: decision.response.cards.map(told),
  };
}

function told({ source, indicator, summary, detail = '', suggestions = [], overrideReasons = [] }: Card): AnsweredCard {
  return {
    ...{ topic: source.topic?.code ?? 'none', indicator, summary, detail },
    suggestions: suggestions.map(({ label }) => label),
    overrideReasons: overrideReasons.map(({ code = '' }) => code),
  };
}

function madeOutTo({ id, now }: TriedPatient, draft: Resource): Resource {
  const changes: object = {
    subject: { reference: `Patient/${id}` },
    ...('authoredOn' in draft && { authoredOn: now }),
  };
  return { ...draft, ...changes };
}

function asEntry(resource: Resource): object {
  return { resource };
}
