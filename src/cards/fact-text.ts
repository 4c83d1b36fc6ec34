import { comparisonsOf, conditionsOf } from '../definitions/checks/references.ts';
import type { Definitions } from '../definitions/definitions.ts';
import type { Estimate } from '../kernel/estimate.ts';
import { dayOf, type Fact, type OrderName, unitOf } from '../kernel/fact.ts';
import type { Measurement } from '../measures/measure.ts';
import { factOf, type Situation } from '../rules/situation.ts';
import { formatDaysAgo, formatList, formatQuantity } from './format.ts';
import type { Subject } from './subject.ts';

/** What a fact is called on a card. */
export function titleOf(id: string, { definitions }: Subject): string {
  return definitions.facts.get(id)?.definition.title ?? id;
}

/** A fact for the reader: a quantity, a grade by its names, orders by theirs, days ago, or presence. */
export function factText(id: string, subject: Subject): string {
  const fact = factOf(subject.situation.facts, id);
  if (fact.state !== 'found')
    return fact.state === 'absent' && fact.readsAs !== undefined ? 'not recorded' : 'not known';
  if (isRestrictedFact(fact)) return 'restricted, value not shown';
  const definition = subject.definitions.facts.get(id)?.definition;
  if (definition?.gradeNames !== undefined) return gradeText(fact.value, definition.gradeNames);
  const names = namesOf(fact.orders ?? [], subject);
  if (names === '' && definition !== undefined && 'drugs' in definition)
    return subject.definitions.groupTitles[definition.drugs] ?? definition.drugs;
  if (fact.unit === 'd') return [names, formatDaysAgo(fact.value)].filter((part) => part !== '').join(', ');
  return names === '' ? formatQuantity(fact.value, fact.unit) : names;
}

function gradeText({ low, high }: Estimate, names: Readonly<Record<string, string>>): string {
  const [from, to] = [names[String(low)] ?? String(low), names[String(high)] ?? String(high)];
  if (from === to) return from;
  // 'None to severe' reads as if it were known.
  return high - low === 1 ? `${from} or ${to}` : `anything from ${from} to ${to}`;
}

/** A score for the reader; nothing of it when a value in it must not be printed. */
export function measureText(measurement: Measurement, { situation }: Subject): string {
  return isRestricted(measurement, situation) ? 'restricted' : measurement.label;
}

/** 'a', 'a + b', 'a, b + c', 'a +2 more'. What is called alike is named once. */
export function namesOf(
  orders: readonly OrderName[],
  { mostNames = Number.POSITIVE_INFINITY }: Pick<Subject, 'mostNames'>,
): string {
  const labels = [...new Set(orders.map(({ label }) => label))];
  if (labels.length <= mostNames) return formatList(labels, '+');
  return `${labels.slice(0, mostNames).join(', ')} +${labels.length - mostNames} more`;
}

/** The day of a fact; of a score that of the oldest test in it. */
export function dayText(id: string, { definitions, situation }: Subject): string | undefined {
  const measurement = situation.measures.get(id);
  if (measurement === undefined) return dayOf(factOf(situation.facts, id));
  const results = measurement.inputs.filter(
    (one) => definitions.facts.get(one)?.definition.reducer !== 'graded-problem',
  );
  return results.flatMap((one) => dayOf(factOf(situation.facts, one)) ?? []).sort()[0];
}

/** A limit in force, marked where the hospital has set it. */
export function limitText(id: string, subject: Subject): string {
  const threshold = subject.vocabulary.thresholds.get(id);
  if (threshold === undefined) return '';
  const { localMark = ' (local policy)' } = subject;
  return `${thresholdText(id, threshold.values, subject)}${threshold.local ? localMark : ''}`;
}

/** The sourced value of a limit; where the hospital has set another, that stands beside it. */
export function publishedText(id: string, subject: Subject): string {
  const { definitions, vocabulary } = subject;
  const inForce = vocabulary.thresholds.get(id);
  const set = definitions.site?.changes.flatMap(({ what }) =>
    what.kind === 'threshold' && what.id === id ? [what.shipped] : [],
  )[0];
  if (inForce?.local !== true || set === undefined) return limitText(id, subject);
  const own = thresholdText(id, inForce.values, subject);
  return `${thresholdText(id, set, subject)} (limit of this hospital: ${own})`;
}

/** '41 days ago'; nothing of a fact that is not in days. */
export function agoText(id: string, { situation }: Subject): string {
  const fact = factOf(situation.facts, id);
  return fact.state === 'found' && fact.unit === 'd' ? formatDaysAgo(fact.value) : 'not known when';
}

/** A threshold that has one value per unit is shown in the unit in which the patient's value is given. */
export function thresholdText(
  id: string,
  perUnit: ReadonlyMap<string, number>,
  { definitions, situation }: Subject,
): string {
  const values = [...perUnit];
  const reported = comparedWith(id, definitions).map((fact) => unitOf(factOf(situation.facts, fact)));
  const [unit, value] = values.find(([one]) => values.length > 1 && reported.includes(one)) ??
    values[0] ?? ['1', Number.NaN];
  return formatQuantity({ low: value, high: value, lowOpen: false, highOpen: false }, unit);
}

/** The facts that rules compare with a threshold. */
function comparedWith(threshold: string, definitions: Definitions): readonly string[] {
  const comparisons = conditionsOf(definitions).flatMap(([, condition]) => comparisonsOf(condition));
  return comparisons.flatMap((one) => (one.subject === 'fact' && one.threshold === threshold ? [one.id] : []));
}

/** True when a value that must not be printed is among its inputs. */
export function isRestricted({ inputs }: Measurement, { facts }: Situation): boolean {
  return inputs.some((id) => isRestrictedFact(factOf(facts, id)));
}

export function isRestrictedFact(fact: Fact): boolean {
  return fact.state === 'found' && fact.provenance.restricted === true;
}
