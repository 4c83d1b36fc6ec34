import { renderCards } from '../../src/cards/render-cards.ts';
import type { Card } from '../../src/cds-hooks/card.ts';
import { type Definitions, vocabularyOn } from '../../src/definitions/definitions.ts';
import { findGaps } from '../../src/gaps/find-gaps.ts';
import type { Fact } from '../../src/kernel/fact.ts';
import type { RecognisedOrder } from '../../src/orders/recognise-orders.ts';
import { evaluateRules } from '../../src/rules/evaluate.ts';
import type { Indicator, Rule } from '../../src/rules/rule.ts';
import { now } from '../facts/records.ts';
import { situationOf } from '../gaps/gaps.ts';
import { drug, procedure, recognised } from '../orders/drafts.ts';
import { countingIds, shippedDefinitions } from '../support/app.ts';

interface Circumstances {
  /** Names of drugs, or 'TACE'; TACE alone unless given. */
  readonly drafts?: readonly string[];
  readonly orders?: readonly RecognisedOrder[];
  readonly facts?: Readonly<Record<string, Fact>>;
  readonly definitions?: Definitions;
  readonly sandbox?: boolean;
  readonly awaited?: readonly string[];
  readonly failedReads?: readonly string[];
}

/** The orders of a session with these drafts, all of them advised on. */
export function ordersOf(...drafts: readonly string[]): readonly RecognisedOrder[] {
  return recognised(
    ...drafts.map((name) => (name === 'TACE' ? procedure(name, { id: name }) : drug(name, { id: name }))),
  );
}

/** The cards about a well patient (Child-Pugh A5, ECOG 0, no exposure), but for these circumstances. */
export function cardsOf(circumstances: Circumstances = {}): readonly Card[] {
  const { drafts = ['TACE'], facts = {}, definitions = shippedDefinitions(), sandbox = false } = circumstances;
  const orders = circumstances.orders ?? ordersOf(...drafts);
  const vocabulary = vocabularyOn(definitions, now);
  const situation = situationOf(orders, facts);
  const verdicts = evaluateRules(definitions.rules, situation, vocabulary);
  const awaited = new Set(circumstances.awaited);
  const failedReads = new Set(circumstances.failedReads);
  const gaps = findGaps({ definitions, situation, vocabulary, verdicts, awaited, failedReads });
  const subject = { definitions, situation, vocabulary };
  const written = renderCards(verdicts, gaps, {
    subject,
    gaps,
    orders,
    drafts: [],
    unreadDrafts: 0,
    patientId: '1',
    sandbox,
    newId: countingIds(),
  });
  return written.map(({ card }) => card);
}

/** The only card of these circumstances. */
export function cardOf(circumstances: Circumstances = {}): Card {
  const [card, ...others] = cardsOf(circumstances);
  if (card === undefined || others.length > 0)
    throw new Error(`one card was expected, not ${others.length + (card ? 1 : 0)}`);
  return card;
}

/** A rule that fires on every order of TACE. */
export function rule(id: string, topic: string, indicator: Indicator, changes: Partial<Rule> = {}): Rule {
  return {
    id,
    ref: 'R99',
    topic,
    family: id,
    version: 1,
    status: 'active',
    title: `title of ${id}`,
    when: { order: 'tace' },
    whenUnknown: 'silent',
    card: { indicator, finding: `finding ${id}`, summary: `Summary of ${id}.`, detail: `Detail of ${id}.` },
    options: [],
    suggestions: [],
    overrideReasons: [],
    evidence: [],
    ...changes,
  };
}

/** The shipped definitions with these rules in place of their own. */
export function withRules(...rules: readonly Rule[]): Definitions {
  return { ...shippedDefinitions(), rules };
}
