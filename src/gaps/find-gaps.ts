import type { Definitions } from '../definitions/definitions.ts';
import { exactly } from '../kernel/estimate.ts';
import type { Fact } from '../kernel/fact.ts';
import { measures } from '../measures/index.ts';
import { evaluate, evaluateRules, type Verdict } from '../rules/evaluate.ts';
import { compareIndicators, worstIndicator } from '../rules/rule.ts';
import { computeMeasures, factOf, type Situation, type Vocabulary } from '../rules/situation.ts';
import { pendingRead } from './awaited-tests.ts';

/** What is missing and matters: some value of it would change the indicator of a card. */
export interface Gaps {
  /** Tests to order: a result is absent, stale or unusable. */
  readonly laboratory: readonly string[];
  /** Tests that would be asked for, but are drafted or awaited. */
  readonly pending: readonly string[];
  /** Findings that only the bedside shows. */
  readonly bedside: readonly string[];
  /** The bedside findings that make a card of their own. */
  readonly askedAtBedside: readonly string[];
  /** The record gives a reason to ask for them. */
  readonly suspicious: boolean;
  /** Keys of `reads` that could not be read: what they hold could make a card graver, milder or needless. */
  readonly unavailable: readonly string[];
  /** Those of them that make a card of their own where there is no other. */
  readonly announced: readonly string[];
  /** Facts whose recorded value cannot be used. */
  readonly unusable: readonly string[];
  /** Rules that the record leaves open although it was read. */
  readonly undecided: readonly Verdict[];
  /** The rules for which something is asked. */
  readonly askedBy: readonly Verdict[];
}

interface Keys {
  has(key: string): boolean;
}

interface Inputs {
  readonly definitions: Definitions;
  readonly situation: Situation;
  readonly vocabulary: Vocabulary;
  readonly verdicts: readonly Verdict[];
  /** Tests that are drafted in this session, or ordered and awaited. */
  readonly awaited: ReadonlySet<string>;
  /** Reads that failed or are incomplete. */
  readonly failedReads: Keys;
}

/**
 * Finds what is worth asking for. Bedside findings are taken at their mildest while tests are judged: a test is asked
 * for when its result alone could change what is said.
 */
export function findGaps({ definitions, situation, vocabulary, verdicts, awaited, failedReads }: Inputs): Gaps {
  const asks = (id: string) => definitions.facts.get(id)?.definition.asks;
  const isOpen = (id: string) => !['found', 'unavailable'].includes(factOf(situation.facts, id).state);
  const asking = raising(verdicts).filter(({ rule }) => rule.whenUnknown === 'ask');
  const bedside = openFacts(asking).filter((id) => asks(id) === 'bedside' && isOpen(id));

  const mildest = withMildest(definitions, situation, openFacts(raising(verdicts)));
  const atMildest = raising(evaluateRules(definitions.rules, mildest, vocabulary));
  const askingAtMildest = atMildest.filter(({ rule }) => rule.whenUnknown === 'ask');
  const tests = openFacts(askingAtMildest).filter(
    (id) => asks(id) === 'laboratory' && isOpen(id) && isObtainable(id, definitions, situation),
  );
  const suspicious = evaluate(definitions.gaps.suspicion, situation, vocabulary).truth === 'true';
  const continuation = evaluate(definitions.gaps.continuation, situation, vocabulary).truth === 'true';
  const laboratory = tests.filter((id) => !awaited.has(id));
  const behind = (ids: readonly string[]) => ids.flatMap((id) => failedFor(id, definitions, failedReads));
  const couldWorsen = behind(openFacts(atMildest));
  // What is asked for may be awaited already.
  if (laboratory.length > 0 && failedReads.has(pendingRead)) couldWorsen.push(pendingRead);
  const couldSoften = behind([...openExceptions(verdicts), ...openInGate(definitions, situation, vocabulary)]);
  return {
    laboratory,
    pending: tests.filter((id) => awaited.has(id)),
    bedside,
    askedAtBedside: continuation ? [] : askedAtBedside(bedside, suspicious, definitions),
    suspicious,
    unavailable: [...new Set([...couldWorsen, ...couldSoften])],
    announced: [...new Set(couldWorsen)].filter((key) => definitions.service.reads[key]?.softens !== true),
    unusable: definitions.service.summary.facts.filter((id) => factOf(situation.facts, id).state === 'unusable'),
    undecided: raising(verdicts).filter(
      ({ rule, when }) =>
        rule.whenUnknown === 'silent' && when.open.some((id) => factOf(situation.facts, id).state === 'found'),
    ),
    askedBy: [...asking, ...askingAtMildest],
  };
}

/** The undetermined rules that would make a card of their topic worse than it certainly is. */
function raising(verdicts: readonly Verdict[]): readonly Verdict[] {
  const shown = verdicts.filter(({ rule }) => rule.status === 'active');
  const fired = shown.filter(({ truth }) => truth === 'true');
  return shown.filter((verdict) => verdict.truth === 'undetermined' && isWorse(verdict, fired));
}

/** The facts that could take back a rule without which the card of its topic would be milder, or not there. */
function openExceptions(verdicts: readonly Verdict[]): readonly string[] {
  const fired = verdicts.filter(({ rule, truth }) => rule.status === 'active' && truth === 'true');
  const certain = fired.filter(({ unless }) => unless?.truth !== 'undetermined');
  return fired.filter((verdict) => isWorse(verdict, certain)).flatMap(({ unless }) => unless?.open ?? []);
}

/** The facts because of which the patient may not be concerned at all. */
function openInGate({ service }: Definitions, situation: Situation, vocabulary: Vocabulary): readonly string[] {
  const { unless } = service.gate;
  return unless === undefined ? [] : evaluate(unless, situation, vocabulary).open;
}

/** Whether a rule is worse than these that hold of its topic. */
function isWorse({ rule: { topic, card } }: Verdict, holding: readonly Verdict[]): boolean {
  const ofTopic = holding.filter(({ rule }) => rule.topic === topic);
  return compareIndicators(card.indicator, worstIndicator(ofTopic.map(({ rule }) => rule.card.indicator))) > 0;
}

function openFacts(verdicts: readonly Verdict[]): readonly string[] {
  return [...new Set(verdicts.flatMap(({ when }) => when.open))];
}

/** The same situation with the bedside findings among these at their mildest. */
function withMildest(definitions: Definitions, situation: Situation, open: readonly string[]): Situation {
  const facts = new Map(situation.facts);
  for (const id of open) {
    const definition = definitions.facts.get(id)?.definition;
    const fact = factOf(facts, id);
    if (definition?.asks !== 'bedside' || fact.state === 'found' || fact.state === 'unavailable') continue;
    const mildest = 'mildest' in definition ? (definition.mildest ?? 0) : 0;
    const assumed: Fact = {
      state: 'found',
      value: exactly(mildest),
      unit: '1',
      provenance: { source: id, asRecorded: 'mildest', steps: [] },
    };
    facts.set(id, assumed);
  }
  return { ...situation, facts, measures: computeMeasures(measures, facts) };
}

function isObtainable(id: string, definitions: Definitions, { facts }: Situation): boolean {
  const definition = definitions.facts.get(id)?.definition;
  if (definition?.reducer !== 'latest-quantity' || definition.orderTemplate === undefined) return false;
  const found = [definition.notObtainableWhen, definition.answeredBy].filter(
    (other) => other !== undefined && factOf(facts, other).state === 'found',
  );
  return found.length === 0;
}

function askedAtBedside(
  bedside: readonly string[],
  suspicious: boolean,
  { askBedside, gaps }: Definitions,
): readonly string[] {
  if (askBedside === 'never') return [];
  if (askBedside === 'always') return bedside;
  return suspicious ? bedside.filter((id) => gaps.bedside.facts.includes(id)) : [];
}

/** The reads that failed and on which this fact rests. */
function failedFor(id: string, { facts }: Definitions, failedReads: Keys): readonly string[] {
  return (facts.get(id)?.definition.from ?? []).filter((key) => failedReads.has(key));
}
