import { type Estimate, isAbove, isAtLeast, unknown } from '../kernel/estimate.ts';
import { estimateOf, type OrderName, unitOf } from '../kernel/fact.ts';
import { allOf, anyOf, noneOf, not, type Truth } from '../kernel/truth.ts';
import type { Comparison, Condition } from './condition.ts';
import type { Rule } from './rule.ts';
import { factOf, type OrderInSession, type Situation, type Threshold, type Vocabulary } from './situation.ts';

/** A condition with its truth and that of its parts: the reason of a verdict, readable by a person. */
export interface Trace {
  readonly condition: Condition;
  readonly truth: Truth;
  readonly parts: readonly Trace[];
  /** The orders and exposures that made it true. */
  readonly orders: readonly OrderName[];
  /** The facts that, known better, could decide it. Empty unless undetermined. */
  readonly open: readonly string[];
}

/** What a rule says of a situation. */
export interface Verdict {
  readonly rule: Rule;
  /** After `unless`. */
  readonly truth: Truth;
  readonly when: Trace;
  readonly unless?: Trace;
}

/**
 * Evaluates every rule in force. Pure. Replacing facts by what is less known leaves each verdict the same or makes it
 * undetermined (exemptions: docs/architecture.md).
 */
export function evaluateRules(
  rules: readonly Rule[],
  situation: Situation,
  vocabulary: Vocabulary,
): readonly Verdict[] {
  return rules.filter(isInForce).map((rule) => {
    const when = evaluate(rule.when, situation, vocabulary);
    if (rule.unless === undefined) return { rule, truth: when.truth, when };
    const unless = evaluate(rule.unless, situation, vocabulary);
    return { rule, truth: unless.truth === 'true' ? 'false' : when.truth, when, unless };
  });
}

/** Drafts are not asked yet, retired rules no longer. Silent ones are, but not shown. */
function isInForce({ status }: Rule): boolean {
  return status === 'active' || status === 'silent';
}

/** Evaluates one condition. Names are known to be declared: the loader has checked them. */
export function evaluate(condition: Condition, situation: Situation, vocabulary: Vocabulary): Trace {
  if ('all' in condition) return combine(condition, condition.all, allOf, situation, vocabulary);
  if ('any' in condition) return combine(condition, condition.any, anyOf, situation, vocabulary);
  if ('none' in condition) return combine(condition, condition.none, noneOf, situation, vocabulary);
  if ('condition' in condition) {
    const named = vocabulary.conditions.get(condition.condition) ?? { any: [] };
    return combine(condition, [named], allOf, situation, vocabulary);
  }
  if ('order' in condition) {
    const anyIndication = condition.indication === 'any';
    const fits = (order: OrderInSession) => order.advised && (anyIndication || !order.otherIndication);
    return ordersTrace(condition, condition.order, situation.orders.filter(fits), vocabulary);
  }
  if ('draft' in condition) return ordersTrace(condition, condition.draft, situation.orders, vocabulary);
  return compare(condition, situation, vocabulary);
}

const nothing: readonly never[] = [];

function combine(
  condition: Condition,
  conditions: readonly Condition[],
  truthOf: (truths: readonly Truth[]) => Truth,
  situation: Situation,
  vocabulary: Vocabulary,
): Trace {
  const parts = conditions.map((part) => evaluate(part, situation, vocabulary));
  const truth = truthOf(parts.map((part) => part.truth));
  const telling = parts.filter((part) => part.truth === 'true' && part.orders.length > 0);
  return {
    condition,
    truth,
    parts,
    orders: telling.length === 0 ? nothing : telling.flatMap((part) => part.orders),
    open: truth === 'undetermined' ? [...new Set(parts.flatMap((part) => part.open))] : nothing,
  };
}

function ordersTrace(
  condition: Condition,
  group: string,
  orders: readonly OrderInSession[],
  vocabulary: Vocabulary,
): Trace {
  const names = vocabulary.groups.get(group);
  const found = orders.filter((order) => names?.has(order.name));
  return {
    condition,
    truth: found.length > 0 ? 'true' : 'false',
    parts: [],
    orders: found,
    open: [],
  };
}

function compare(condition: Comparison, situation: Situation, vocabulary: Vocabulary): Trace {
  const { subject, id, operator, threshold } = condition;
  if (subject === 'measure') {
    const measurement = situation.measures.get(id);
    const limit = limitOf(threshold, '1', vocabulary);
    const truth = operator === 'present' ? 'undetermined' : compareWith(measurement?.value ?? unknown, operator, limit);
    return { condition, truth, parts: [], orders: [], open: openFacts(truth, measurement?.open ?? []) };
  }
  const fact = factOf(situation.facts, id);
  const limit = operator === 'present' ? 1 : limitOf(threshold, unitOf(fact), vocabulary);
  const truth = compareWith(estimateOf(fact), operator === 'present' ? 'atLeast' : operator, limit);
  const orders = truth === 'true' && fact.state === 'found' ? (fact.orders ?? []) : [];
  return { condition, truth, parts: [], orders, open: openFacts(truth, [id]) };
}

function compareWith(
  value: Estimate,
  operator: Exclude<Comparison['operator'], 'present'>,
  limit: number | undefined,
): Truth {
  if (limit === undefined) return 'undetermined';
  switch (operator) {
    case 'atLeast':
      return isAtLeast(value, limit);
    case 'above':
      return isAbove(value, limit);
    case 'below':
      return not(isAtLeast(value, limit));
    case 'atMost':
      return not(isAbove(value, limit));
  }
}

/** The threshold in this unit; a fact without a unit has no value either, so any will do. */
function limitOf(id: string | undefined, unit: string | undefined, { thresholds }: Vocabulary): number | undefined {
  const threshold: Threshold | undefined = id === undefined ? undefined : thresholds.get(id);
  return unit === undefined ? threshold?.values.values().next().value : threshold?.values.get(unit);
}

function openFacts(truth: Truth, facts: readonly string[]): readonly string[] {
  return truth === 'undetermined' ? facts : [];
}
