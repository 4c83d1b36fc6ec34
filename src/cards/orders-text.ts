import type { OrderName } from '../kernel/fact.ts';
import type { Trace } from '../rules/evaluate.ts';
import { factOf } from '../rules/situation.ts';
import { isRestrictedFact, namesOf } from './fact-text.ts';
import { formatDaysAgo } from './format.ts';
import { decisiveParts } from './reasons.ts';
import type { Subject } from './subject.ts';

/**
 * The orders of a group because of which a condition is true. What is neither ordered nor running, but counts because it
 * was given or done lately, is told with how long ago that was: 'one-drug + other-drug 41 days ago'.
 */
export function ordersText(group: string, trace: Trace, subject: Subject): string {
  const names = subject.vocabulary.groups.get(group);
  const parts = decisiveParts(trace);
  const shown = (order: OrderName) => (isShown(order, parts, subject) ? order : withoutName(group, subject));
  const orders = trace.orders.filter(({ name }) => names?.has(name)).map(shown);
  const byTime = new Map<string, OrderName[]>();
  for (const order of orders) {
    const when = timeOf(order, parts, subject);
    byTime.set(when, [...(byTime.get(when) ?? []), order]);
  }
  const [times, now = []] = [[...byTime].filter(([when]) => when !== ''), byTime.get('')];
  if (times.length + (now.length > 0 ? 1 : 0) > 1 && subject.mostNames !== undefined) return namesOf(orders, subject);
  const told = [namesOf(now, subject), ...times.map(([when, of]) => `${namesOf(of, subject)} ${when}`)];
  return told.filter((text) => text !== '').join(' and ');
}

/** Whether a draft or an entry of the record that may be printed names this order. */
function isShown({ name }: OrderName, parts: readonly Trace[], { situation }: Subject): boolean {
  const naming = parts.filter(({ orders }) => orders.some((one) => one.name === name));
  return naming.some(
    ({ condition }) => !('subject' in condition) || !isRestrictedFact(factOf(situation.facts, condition.id)),
  );
}

/** What is said of an order whose name must not be printed: the group because of which it counts. */
function withoutName(group: string, { definitions }: Subject): OrderName {
  return { name: group, label: `${definitions.groupTitles[group] ?? 'treatment'} (name restricted)` };
}

/** 'x days ago', where nothing but the time of the last one makes it count; else nothing. */
function timeOf({ name }: OrderName, parts: readonly Trace[], { situation }: Subject): string {
  const naming = parts.filter(({ orders }) => orders.some((one) => one.name === name));
  const facts = naming.flatMap(({ condition }) =>
    'subject' in condition && condition.subject === 'fact' ? [factOf(situation.facts, condition.id)] : [],
  );
  const days = facts.flatMap((fact) => (fact.state === 'found' && fact.unit === 'd' ? [fact.value] : []));
  const [nearest] = [...days].sort((a, b) => a.high - b.high);
  return nearest === undefined || days.length < naming.length ? '' : formatDaysAgo(nearest);
}
