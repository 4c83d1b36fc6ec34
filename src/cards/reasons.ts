import { dayOf, type Fact } from '../kernel/fact.ts';
import type { Trace } from '../rules/evaluate.ts';
import { factOf } from '../rules/situation.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { factText, isRestrictedFact, limitText, namesOf, titleOf } from './fact-text.ts';
import { capitalised, formatList, withinSentence } from './format.ts';
import type { Subject } from './subject.ts';

/** The drafts and facts that made a condition true, as sentences. */
export function because(trace: Trace, subject: Subject): string {
  const parts = decisiveParts(trace);
  const drafts = parts.flatMap(({ condition, orders }) => ('draft' in condition ? orders : []));
  const labels = [...new Set(drafts.map(({ label }) => label))];
  const sentences = [
    ...(labels.length > 0 ? [`Ordered now: ${formatList(labels.map(withinSentence))}.`] : []),
    ...sentencesOf(toldOnce(parts, subject).flatMap((part) => toldFact(part, subject))),
  ];
  return [...new Set(sentences)].join(' ');
}

/** What was read in the same place of the same orders is told once: a drug that is running was also given last. */
function toldOnce(parts: readonly Trace[], { definitions }: Subject): readonly Trace[] {
  const told = new Set<string>();
  return parts.filter(({ condition, orders }) => {
    if (!('subject' in condition) || orders.length === 0) return true;
    const reads = definitions.facts.get(condition.id)?.definition.from.join() ?? '';
    const keys = orders.map(({ name }) => `${name} ${reads}`);
    const isNew = keys.some((key) => !told.has(key));
    for (const key of keys) told.add(key);
    return isNew;
  });
}

/** A fact for a sentence: what it is called, and what is told of it. */
interface ToldFact {
  readonly title: string;
  readonly rest: string;
}

/** Facts of which the same is told, because one entry of the record says both, share a sentence. */
function sentencesOf(facts: readonly ToldFact[]): readonly string[] {
  const quoted = (rest: string) => rest.includes('“');
  const firsts = facts.filter(
    ({ rest }, index) => !quoted(rest) || facts.findIndex((other) => other.rest === rest) === index,
  );
  return firsts.map(({ title, rest }) => {
    const titles = quoted(rest) ? facts.filter((other) => other.rest === rest).map((one) => one.title) : [title];
    return `${capitalised(formatList([...new Set(titles)].map(withinSentence)))}${rest}.`;
  });
}

function toldFact({ condition }: Trace, subject: Subject): readonly ToldFact[] {
  if (!('subject' in condition) || condition.subject !== 'fact') return [];
  const fact = factOf(subject.situation.facts, condition.id);
  if (fact.state !== 'found') return [];
  const title = titleOf(condition.id, subject);
  if (isRestrictedFact(fact)) return [{ title, rest: `: ${factText(condition.id, subject)}` }];
  const names = namesOf(fact.orders ?? [], subject);
  // Days are judged by a window that somebody has chosen; the reader sees which.
  const window = fact.unit === 'd' && condition.threshold !== undefined;
  const aside = [
    datedText(condition.id, fact, subject),
    window ? `limit ${limitText(condition.threshold, subject)}` : undefined,
  ]
    .filter((part) => part !== undefined)
    .join('; ');
  const value = condition.operator === 'present' ? names : factText(condition.id, subject);
  const text = [value, wordsOf(fact, title)].filter((part) => part !== '').join(', ');
  // Of 'last x: x, 10 days ago' the second x is left out.
  const rest = title.endsWith(names) ? text.slice(names.length).replace(/^, /, '') : text;
  return [{ title, rest: `${rest === '' ? '' : `: ${rest}`}${aside === '' ? '' : ` (${aside})`}` }];
}

/** The day of an entry. Of a drug that is taken it is that of its last sign of life, not of its start. */
function datedText(id: string, fact: Fact, { definitions }: Subject): string | undefined {
  const day = dayOf(fact);
  const isTaken = definitions.facts.get(id)?.definition.reducer === 'running-exposure';
  return day !== undefined && isTaken ? `last recorded ${day}` : day;
}

/** The titles of the facts that made a condition true, as they stand within a sentence. */
export function foundTitles(trace: Trace, subject: Subject): readonly string[] {
  const facts = decisiveParts(trace).flatMap(({ condition }) =>
    'subject' in condition && condition.subject === 'fact' ? [condition.id] : [],
  );
  return [...new Set(facts)].map((id) => withinSentence(titleOf(id, subject)));
}

/** The facts and measures that a verdict rests on, with the inputs of the measures. */
export function restsOn(trace: Trace, { situation }: Subject): readonly string[] {
  return decisiveParts(trace).flatMap(({ condition }) => {
    if (!('subject' in condition)) return [];
    return [condition.id, ...(situation.measures.get(condition.id)?.inputs ?? [])];
  });
}

/** What the record calls a problem, in its own words; nothing where that is only the title again. */
function wordsOf({ provenance: { text } }: Extract<Fact, { state: 'found' }>, title: string): string {
  return text === undefined || text.toLowerCase() === title.toLowerCase() ? '' : `“${escapeMarkdown(text)}”`;
}

/** The leaves of a trace that are true below parts that are true. */
export function decisiveParts(trace: Trace): readonly Trace[] {
  if (trace.truth !== 'true') return [];
  return trace.parts.length === 0 ? [trace] : trace.parts.flatMap(decisiveParts);
}
