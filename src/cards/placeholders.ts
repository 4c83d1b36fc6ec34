import { comparisonsOf, conditionsOf } from '../definitions/checks/references.ts';
import type { Definitions } from '../definitions/definitions.ts';
import { placeholder } from '../definitions/placeholder.ts';
import type { Estimate } from '../kernel/estimate.ts';
import { dayOf, type OrderName, unitOf } from '../kernel/fact.ts';
import type { Measurement } from '../measures/measure.ts';
import type { Trace } from '../rules/evaluate.ts';
import { factOf, type Situation, type Vocabulary } from '../rules/situation.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { capitalised, formatDaysAgo, formatList, formatQuantity, withinSentence } from './format.ts';

/** What the texts of cards can speak of. */
export interface Subject {
  readonly definitions: Definitions;
  readonly situation: Situation;
  readonly vocabulary: Vocabulary;
  /** How many orders are named before the rest is counted; all of them unless given. */
  readonly mostNames?: number;
  /** What stands behind a limit that the hospital has set. */
  readonly localMark?: LocalMark;
}

/** In a summary there may be room for less. */
type LocalMark = ' (local policy)' | ' (local)' | '';

/** CDS Hooks: a summary has fewer than 140 characters. */
export const longestSummary = 139;

/**
 * Writes a summary so that it fits: with every order named, else with two, else with one. The mark of a limit that the
 * hospital has set is shortened, and left to the detail, before the summary is cut.
 */
export function fitted(subject: Subject, write: (subject: Subject) => string): string {
  const marks: readonly LocalMark[] = [' (local policy)', ' (local)', ''];
  const attempts = marks.flatMap((localMark) =>
    [Number.POSITIVE_INFINITY, 2, 1].map((mostNames) => capitalised(write({ ...subject, mostNames, localMark }))),
  );
  return attempts.find((text) => text.length <= longestSummary) ?? attempts.at(-1) ?? '';
}

/**
 * Fills a text: orders of a group, measures, facts, thresholds, and `extra` by name. Only our own words and numbers go
 * in, never text of the record. The loader has checked that every name is known.
 */
export function fill(
  text: string,
  subject: Subject,
  trace?: Trace,
  extra: Readonly<Record<string, string>> = {},
): string {
  return text.trim().replace(placeholder, (_, name: string, date?: string) => {
    if (date !== undefined) return dateOf(name, subject) ?? 'date not known';
    return extra[name] ?? textFor(name, subject, trace);
  });
}

function textFor(name: string, subject: Subject, trace: Trace | undefined): string {
  const { definitions, situation, vocabulary, localMark = ' (local policy)' } = subject;
  if (name === 'order') return orderLabel(subject);
  if (name === 'found') return trace ? formatList([...new Set(foundTitles(trace, subject))]) : '';
  if (name === 'because') return trace ? because(trace, subject) : '';
  const group = vocabulary.groups.get(name);
  if (group)
    return namesOf(
      (trace?.orders ?? situation.orders).filter((order) => group.has(order.name)),
      subject,
    );
  const measurement = situation.measures.get(name);
  if (measurement) return isRestricted(measurement, situation) ? 'restricted' : measurement.label;
  const threshold = vocabulary.thresholds.get(name);
  if (threshold) return `${thresholdText(name, threshold.values, subject)}${threshold.local ? localMark : ''}`;
  return definitions.facts.has(name) ? factText(name, subject) : '';
}

/** The orders advised on, by our names; those for another disease only when there are no others. */
export function orderLabel(subject: Subject): string {
  const advised = subject.situation.orders.filter((order) => order.advised);
  const ours = advised.filter(({ otherIndication }) => !otherIndication);
  return namesOf(ours.length > 0 ? ours : advised, subject);
}

/** 'a', 'a + b', 'a, b + c', 'a +2 more'. What is called alike is named once. */
function namesOf(orders: readonly OrderName[], { mostNames = Number.POSITIVE_INFINITY }: Subject): string {
  const labels = [...new Set(orders.map(({ label }) => label))];
  if (labels.length <= mostNames) return formatList(labels, '+');
  return `${labels.slice(0, mostNames).join(', ')} +${labels.length - mostNames} more`;
}

/** True when a value that must not be printed is among its inputs. */
export function isRestricted({ inputs }: Measurement, { facts }: Situation): boolean {
  return inputs.some((id) => {
    const fact = factOf(facts, id);
    return fact.state === 'found' && fact.provenance.restricted === true;
  });
}

/** The facts that rules compare with a threshold. */
function comparedWith(threshold: string, definitions: Definitions): readonly string[] {
  const comparisons = conditionsOf(definitions).flatMap(([, condition]) => comparisonsOf(condition));
  return comparisons.flatMap((one) => (one.subject === 'fact' && one.threshold === threshold ? [one.id] : []));
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

/** A fact for the reader: a quantity, a grade by its names, days ago, or presence. */
export function factText(id: string, subject: Subject): string {
  const { definitions, situation } = subject;
  const fact = factOf(situation.facts, id);
  if (fact.state !== 'found')
    return fact.state === 'absent' && fact.readsAs !== undefined ? 'not recorded' : 'not known';
  if (fact.provenance.restricted === true) return 'restricted, value not shown';
  const definition = definitions.facts.get(id)?.definition;
  if (definition && 'gradeNames' in definition) return gradeText(fact.value, definition.gradeNames);
  if (fact.unit === 'd')
    return [namesOf(fact.orders ?? [], subject), formatDaysAgo(fact.value)].filter((part) => part !== '').join(', ');
  return formatQuantity(fact.value, fact.unit);
}

function gradeText({ low, high }: Estimate, names: Readonly<Record<string, string>>): string {
  const [from, to] = [names[String(low)] ?? String(low), names[String(high)] ?? String(high)];
  return from === to ? from : `${from} to ${to}`;
}

function dateOf(name: string, { definitions, situation }: Subject): string | undefined {
  const measurement = situation.measures.get(name);
  if (measurement === undefined) return dayOf(factOf(situation.facts, name));
  const results = measurement.inputs.filter((id) => definitions.facts.get(id)?.definition.reducer !== 'graded-problem');
  return results.flatMap((id) => dayOf(factOf(situation.facts, id)) ?? []).sort()[0];
}

/** The facts and drafts that made a condition true, as sentences. */
function because(trace: Trace, subject: Subject): string {
  return [...new Set(reasons(trace, subject))].join(' ');
}

function reasons(trace: Trace, subject: Subject): readonly string[] {
  if (trace.truth !== 'true') return [];
  const { condition } = trace;
  if ('draft' in condition)
    return [`${capitalised(formatList(trace.orders.map(({ label }) => label)))} ordered in this session.`];
  if (!('subject' in condition) || condition.subject !== 'fact')
    return trace.parts.flatMap((part) => reasons(part, subject));
  const fact = factOf(subject.situation.facts, condition.id);
  if (fact.state !== 'found' || fact.provenance.restricted === true) return [];
  const title = subject.definitions.facts.get(condition.id)?.definition.title ?? condition.id;
  const text = condition.operator === 'present' ? namesOf(fact.orders ?? [], subject) : factText(condition.id, subject);
  const date = dayOf(fact);
  const source = escapeMarkdown(fact.provenance.source);
  return [`${capitalised(title)}${text === '' ? '' : `: ${text}`} (${[date, source].filter(Boolean).join(', ')}).`];
}

/** The titles of the facts that made a condition true, as they stand within a sentence. */
function foundTitles(trace: Trace, subject: Subject): readonly string[] {
  if (trace.truth !== 'true') return [];
  const { condition } = trace;
  if (!('subject' in condition)) return trace.parts.flatMap((part) => foundTitles(part, subject));
  const title = subject.definitions.facts.get(condition.id)?.definition.title;
  return condition.subject === 'fact' && title !== undefined ? [withinSentence(title)] : [];
}
