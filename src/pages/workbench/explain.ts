import { factText, isRestrictedFact, measureText } from '../../cards/fact-text.ts';
import { firedVerdicts } from '../../cards/finding.ts';
import { capitalised } from '../../cards/format.ts';
import type { WrittenCard } from '../../cards/render-cards.ts';
import type { Subject } from '../../cards/subject.ts';
import type { Decision } from '../../decision.ts';
import { vocabularyOn } from '../../definitions/definitions.ts';
import type { FactDefinition } from '../../definitions/schemas/facts.ts';
import { isNoComparison } from '../../facts/reducers/no-comparison.ts';
import type { DecidedCall } from '../../http/call.ts';
import type { Fact } from '../../kernel/fact.ts';
import { statementOf } from '../../knowledge/statement.ts';
import { measures } from '../../measures/index.ts';
import type { RecognisedOrder } from '../../orders/recognise-orders.ts';
import type { Trace, Verdict } from '../../rules/evaluate.ts';
import type { ExplainedCondition, ExplainedFact, ExplainedOrder, ExplainedRule, Explanation } from './explanation.ts';

/** Tells how a decision came about. Computes nothing anew: everything is in the trace of the decision. */
export function explain({ decision, definitions, now, refusal }: DecidedCall): Explanation {
  const told = { outcome: outcomeOf(decision), ...(refusal && { refusal }) };
  const trace = decision.kind === 'cards' ? (decision.trace ?? decision.overview) : undefined;
  if (trace === undefined) return { ...told, orders: [], facts: [], measures: [], rules: [], dropped: 0 };
  const { situation, dropped } = trace;
  const subject = { definitions, situation, vocabulary: vocabularyOn(definitions, now) };
  const verdicts = 'verdicts' in trace ? trace.verdicts : [];
  const written = decision.kind === 'cards' ? (decision.written ?? []) : [];
  const titlesOf = (ids: readonly string[]) => ids.map((id) => titleOf(id, subject));
  return {
    ...told,
    orders: 'orders' in trace ? trace.orders.map(explainOrder) : [],
    facts: [...situation.facts].map(([id, fact]) => explainFact(id, fact, subject)),
    measures: measures.flatMap(({ id, title }) => {
      const measurement = situation.measures.get(id);
      if (measurement === undefined) return [];
      const { inputs, open, notes } = measurement;
      const label = measureText(measurement, subject);
      const isComparable = !open.some((one) => isNoComparison(situation.facts.get(one)));
      return [{ id, title, label, inputs: titlesOf(inputs), open: titlesOf(open), notes, isComparable }];
    }),
    rules: verdicts.map((verdict) => ({
      ...explainVerdict(verdict, subject),
      ...(isShown(verdict) && { told: whereTold(verdict, firedVerdicts(verdicts), written) }),
    })),
    dropped,
  };
}

function outcomeOf(decision: Decision): Explanation['outcome'] {
  if (decision.kind === 'refused') {
    const { status, reason, keys } = decision;
    return { kind: 'refused', status, reason, keys };
  }
  const { cards } = decision.response;
  if (cards.length > 0) return { kind: 'cards', cards: cards.length };
  return { kind: 'silent', reason: decision.silence ?? 'nothing-to-say' };
}

function explainOrder({ label, reference, by, advised, otherIndication }: RecognisedOrder): ExplainedOrder {
  const recognisedBy = by.by === 'text' ? 'by its name' : 'by its code';
  return { label, reference, recognisedBy, advised, otherIndication };
}

function explainFact(id: string, fact: Fact, subject: Subject): ExplainedFact {
  const closedWorld = subject.definitions.facts.get(id)?.definition.whenAbsent === 'no';
  const text = presenceText(id, fact, subject) ?? factText(id, subject);
  const told = { id, title: titleOf(id, subject), state: fact.state, text, closedWorld };
  const reason = 'reason' in fact ? { reason: fact.reason } : {};
  if (!('provenance' in fact)) return { ...told, ...reason };
  const { source, recorded, asRecorded, steps } = fact.provenance;
  const value = isRestrictedFact(fact) || fact.provenance.restricted ? {} : { asRecorded, steps };
  return { ...told, ...reason, source, ...value, ...(recorded === undefined ? {} : { recorded }) };
}

/** Facts that only say whether something is so. */
const presence: ReadonlySet<string | undefined> = new Set<FactDefinition['reducer']>([
  ...(['problem', 'problem-ever', 'ungraded-problem', 'described-problem', 'active-medication'] as const),
  ...(['procedure-ever', 'result-sign', 'ever-tested', 'draft-reason', 'deceased', 'study', 'agreed-plan'] as const),
  ...(['imaged-since', 'response-recorded-since'] as const),
]);

function presenceText(id: string, fact: Fact, { definitions }: Subject): string | undefined {
  if (fact.state !== 'found' || isRestrictedFact(fact)) return undefined;
  if (!presence.has(definitions.facts.get(id)?.definition.reducer) || (fact.orders ?? []).length > 0) return undefined;
  if (fact.value.low >= 1) return 'yes';
  return fact.value.high <= 0 ? 'no' : 'perhaps';
}

function isShown({ rule, truth }: Verdict): boolean {
  return truth === 'true' && rule.status === 'active';
}

/** @param fired the worst of each family, which are told */
function whereTold(
  { rule }: Verdict,
  fired: readonly Verdict[],
  written: readonly WrittenCard[],
): ExplainedRule['told'] {
  const card = written.find(({ rules }) => rules.some(({ id }) => id === rule.id))?.card;
  if (card !== undefined) return { card: card.source.topic.display ?? card.source.topic.code };
  const worst = fired.find((other) => other.rule.family === rule.family)?.rule;
  return worst && { outdoneBy: `${worst.ref} ${worst.title}` };
}

function explainVerdict({ rule, truth, when, unless }: Verdict, subject: Subject): ExplainedRule {
  const { id, ref, version, title, topic, status, card } = rule;
  const display = subject.definitions.service.topics[topic]?.display ?? topic;
  return {
    ...{ id, ref, version, title, topic: display, indicator: card.indicator, status, truth },
    when: explainTrace(when, subject),
    ...(unless && { unless: explainTrace(unless, subject) }),
    missing: truth === 'undetermined' ? when.open.map((one) => titleOf(one, subject)) : [],
    asks: rule.whenUnknown === 'ask',
  };
}

/** A named condition is told by its sentence, with what it consists of right below. */
function explainTrace(trace: Trace, subject: Subject): ExplainedCondition {
  const { condition, truth, open } = trace;
  const missing = open.map((id) => titleOf(id, subject));
  const [only] = trace.parts;
  const inner = 'condition' in condition && only && isCombination(only) ? only.parts : trace.parts;
  const parts = inner.map((part) => explainTrace(part, subject));
  return { says: saying(trace, subject), truth, parts, missing };
}

function isCombination({ condition }: Trace): boolean {
  return 'all' in condition || 'any' in condition || 'none' in condition;
}

function saying({ condition }: Trace, { definitions }: Subject): string {
  if ('all' in condition) return 'All of these';
  if ('any' in condition) return 'At least one of these';
  if ('none' in condition) return 'None of these';
  if ('condition' in condition)
    return definitions.conditionTexts.get(condition.condition) ?? capitalised(condition.condition);
  return statementOf(condition, definitions).text;
}

function titleOf(id: string, { definitions }: Subject): string {
  return capitalised(definitions.facts.get(id)?.definition.title ?? definitions.measureTitles.get(id) ?? id);
}
