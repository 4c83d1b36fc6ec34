import type { Estimate } from '../../src/kernel/estimate.ts';
import { estimateOf, unitOf } from '../../src/kernel/fact.ts';
import type { Condition } from '../../src/rules/condition.ts';
import { factOf, type OrderInSession, type Situation, type Vocabulary } from '../../src/rules/situation.ts';

/** Faults that a reader of an incomplete record could make. */
export type Fault = 'none reads undetermined as true' | 'compares the middle' | 'reads unavailable as absent';

/**
 * A second evaluator, written from the definition of the logic only: true is 1, false is 0, undetermined is 0.5;
 * `all` is the minimum, `any` the maximum, `none` one minus the maximum. Faults can be planted in it.
 */
export function referenceTruth(
  condition: Condition,
  situation: Situation,
  vocabulary: Vocabulary,
  fault?: Fault,
): number {
  const parts = (conditions: readonly Condition[]) =>
    conditions.map((one) => referenceTruth(one, situation, vocabulary, fault));
  if ('all' in condition) return Math.min(1, ...parts(condition.all));
  if ('any' in condition) return Math.max(0, ...parts(condition.any));
  if ('none' in condition) {
    const worst = Math.max(0, ...parts(condition.none));
    return fault === 'none reads undetermined as true' && worst === 0.5 ? 1 : 1 - worst;
  }
  if ('condition' in condition) {
    const named = vocabulary.conditions.get(condition.condition);
    return named ? referenceTruth(named, situation, vocabulary, fault) : 0;
  }
  if ('order' in condition) {
    const group = vocabulary.groups.get(condition.order);
    return situation.orders.some(
      (order) => group?.has(order.name) && order.advised && (condition.indication === 'any' || !order.otherIndication),
    )
      ? 1
      : 0;
  }
  if ('draft' in condition) {
    const group = vocabulary.groups.get(condition.draft);
    return situation.orders.some((order) => group?.has(order.name)) ? 1 : 0;
  }
  const fact = factOf(situation.facts, condition.id);
  if (condition.operator === 'concerns') {
    const speaksOf = fact.state === 'found' ? (fact.orders ?? []).map(({ name }) => name) : [];
    const named = ordersBehind({ condition: condition.of ?? '' }, situation, vocabulary);
    const match = speaksOf.length === 0 || speaksOf.some((name) => named.orders.has(name)) ? 1 : named.open ? 0.5 : 0;
    const truth = referenceTruth({ condition: condition.of ?? '' }, situation, vocabulary, fault);
    const present = referenceTruth({ ...condition, operator: 'present' }, situation, vocabulary, fault);
    return Math.min(truth, present, match);
  }
  const limits = vocabulary.thresholds.get(condition.threshold ?? '')?.values;
  const unit = condition.subject === 'measure' ? '1' : unitOf(fact);
  const limit =
    condition.operator === 'present' ? 1 : unit === undefined ? [...(limits?.values() ?? [])][0] : limits?.get(unit);
  if (limit === undefined) return 0.5;
  const closedWorld: Estimate = { low: 0, high: 0, lowOpen: false, highOpen: false };
  const value =
    condition.subject === 'measure'
      ? situation.measures.get(condition.id)?.value
      : fact.state === 'unavailable' && fault === 'reads unavailable as absent'
        ? closedWorld
        : estimateOf(fact);
  return value === undefined ? 0.5 : compare(value, condition.operator, limit, fault);
}

/** The orders because of which a condition is true, and whether anything in it is open, decided or not. */
function ordersBehind(
  condition: Condition,
  situation: Situation,
  vocabulary: Vocabulary,
): { readonly orders: ReadonlySet<string>; readonly open: boolean } {
  const nested =
    'all' in condition
      ? condition.all
      : 'any' in condition
        ? condition.any
        : 'none' in condition
          ? condition.none
          : 'condition' in condition
            ? [vocabulary.conditions.get(condition.condition) ?? { any: [] }]
            : undefined;
  const truth = referenceTruth(condition, situation, vocabulary);
  if (nested !== undefined) {
    const parts = nested.map((part) => ({ part, behind: ordersBehind(part, situation, vocabulary) }));
    const told = parts.filter(({ part }) => referenceTruth(part, situation, vocabulary) === 1);
    return {
      orders: new Set(told.flatMap(({ behind }) => [...behind.orders])),
      open: parts.some(({ behind }) => behind.open),
    };
  }
  if (truth !== 1) return { orders: new Set(), open: truth === 0.5 };
  if ('subject' in condition) {
    const fact = condition.subject === 'fact' ? factOf(situation.facts, condition.id) : undefined;
    const orders = fact?.state === 'found' && condition.operator !== 'concerns' ? (fact.orders ?? []) : [];
    return { orders: new Set(orders.map(({ name }) => name)), open: false };
  }
  const group = vocabulary.groups.get(
    'order' in condition ? condition.order : 'draft' in condition ? condition.draft : '',
  );
  const counts = (order: OrderInSession) =>
    !('order' in condition) || (order.advised && (condition.indication === 'any' || !order.otherIndication));
  const names = situation.orders.filter((order) => group?.has(order.name) && counts(order)).map(({ name }) => name);
  return { orders: new Set(names), open: false };
}

function compare(value: Estimate, operator: string, limit: number, fault: Fault | undefined): number {
  const { low, high, lowOpen, highOpen } = value;
  if (fault === 'compares the middle' && Number.isFinite(low + high)) {
    const middle = (low + high) / 2;
    return compare({ low: middle, high: middle, lowOpen: false, highOpen: false }, operator, limit, undefined);
  }
  const canBeBelow = low < limit;
  const canReach = high > limit || (high === limit && !highOpen);
  const canExceed = high > limit;
  const canStay = low < limit || (low === limit && !lowOpen);
  const [yes, no] =
    operator === 'above'
      ? [canExceed, canStay]
      : operator === 'atMost'
        ? [canStay, canExceed]
        : operator === 'below'
          ? [canBeBelow, canReach]
          : [canReach, canBeBelow];
  return yes && no ? 0.5 : yes ? 1 : 0;
}
