import { type Card, longestSummary } from '../cds-hooks/card.ts';
import { placeholder } from '../definitions/placeholder.ts';
import type { PatientViewFile } from '../definitions/schemas/patient-view.ts';
import { evaluate } from '../rules/evaluate.ts';
import { factOf } from '../rules/situation.ts';
import { closingOf } from './detail.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { isRestrictedFact, titleOf } from './fact-text.ts';
import { capitalised, formatDate, formatList, withinSentence } from './format.ts';
import { isKnown } from './patient-data.ts';
import { fill } from './placeholders.ts';
import { bulleted, notesOf, unusableText } from './remarks.ts';
import type { Subject } from './subject.ts';

/** What the card of an opened record is made of. */
export interface OverviewContext {
  readonly subject: Subject;
  /** Tests that are ordered and have no result yet. */
  readonly awaited: ReadonlySet<string>;
  /** The titles of the reads that failed and on which a line rests. */
  readonly unread: readonly string[];
  newId(): string;
}

type Line = PatientViewFile['lines'][number];
type Due = PatientViewFile['due'][number];

/** A line as it is shown. */
interface Told {
  readonly says: string;
  readonly short: string | undefined;
  /** Something of it was once recorded. */
  readonly recorded: boolean;
}

/**
 * The one card of an opened record: what is known, and what is due. None when nothing of it was ever recorded.
 */
export function renderOverview(view: PatientViewFile, context: OverviewContext): Card | undefined {
  const { subject, unread, newId } = context;
  const { service } = subject.definitions;
  const lines = view.lines.flatMap((line) => lineOf(line, subject));
  const due = view.due.flatMap((one) => dueOf(one, context));
  if (![...lines, ...due].some(({ recorded }) => recorded)) return undefined;
  const { code = view.topic, display = view.topic } = service.topics[view.topic] ?? {};
  const blocks = [
    lines.map(({ says }) => `- ${says}`).join('\n'),
    bulleted(
      'Due',
      due.map(({ says }) => says),
    ),
    bulleted('Remarks', remarks(view, unread, subject)),
    `${view.id}@${view.version}. ${closingOf(subject)}`,
  ];
  return {
    uuid: newId(),
    summary: summaryOf(view.title, lines, due),
    detail: blocks.filter((block) => block !== '').join('\n\n'),
    indicator: 'info',
    source: { label: service.source.label, topic: { system: service.topicSystem, code, display } },
  };
}

function lineOf(line: Line, subject: Subject): readonly Told[] {
  return isTrue(line, subject) && isWholeKnown(line.says, subject) ? [told(line, subject, true)] : [];
}

function dueOf(due: Due, { subject, awaited }: OverviewContext): readonly Told[] {
  if (!isTrue(due, subject) || !isWholeKnown(due.says, subject)) return [];
  if (due.outOfDate === undefined) return [told(due, subject, true)];
  const missing = due.outOfDate.flatMap((id) => missingFacts(id, subject));
  const recorded = missing.some((id) => factOf(subject.situation.facts, id).state !== 'absent');
  if (missing.length === 0) return [];
  const all = told(due, subject, recorded, missingText(missing, awaited, subject));
  const isAll = due.outOfDate.every((id) => missingFacts(id, subject).length > 0);
  return [{ ...all, short: isAll ? all.short : formatList(missing.map((id) => withinSentence(titleOf(id, subject)))) }];
}

function isTrue({ when, unless }: Pick<Line, 'when' | 'unless'>, { situation, vocabulary }: Subject): boolean {
  const isCertain = (one: NonNullable<Line['when']>) => evaluate(one, situation, vocabulary).truth === 'true';
  return (when === undefined || isCertain(when)) && (unless === undefined || !isCertain(unless));
}

/** Every fact and score that a text names is known, be it as a range. */
function isWholeKnown(text: string, subject: Subject): boolean {
  const { facts, measures } = subject.situation;
  return [...text.matchAll(placeholder)].every(([, name = '']) => {
    const measurement = measures.get(name);
    if (measurement !== undefined) return isKnown(measurement, subject);
    return !facts.has(name) || factOf(facts, name).state === 'found';
  });
}

function told({ says, short }: Line, subject: Subject, recorded: boolean, missing = ''): Told {
  const few = { ...subject, mostNames: 2 };
  const [hidden] = restrictedFacts(says, subject);
  const shown = short !== undefined && restrictedFacts(short, subject).length === 0 ? fill(short, few) : undefined;
  if (hidden !== undefined) {
    return {
      says: `${capitalised(shown ?? titleOf(hidden, subject))}: restricted, value not shown`,
      short: shown,
      recorded,
    };
  }
  return { says: fill(says, subject, undefined, { missing }), short: shown, recorded };
}

/** The facts that a text names and whose value is not shown: no sentence can be made of them. */
function restrictedFacts(text: string, { situation }: Subject): readonly string[] {
  const names = [...text.matchAll(placeholder)].map(([, name = '']) => name);
  return names.filter((name) => isRestrictedFact(factOf(situation.facts, name)));
}

/** The facts without a valid value; of a score that is not known at all those that it asks for. */
function missingFacts(id: string, subject: Subject): readonly string[] {
  const { facts, measures } = subject.situation;
  const measurement = measures.get(id);
  if (measurement !== undefined) return isKnown(measurement, subject) ? [] : measurement.inputs.flatMap(isMissing);
  return isMissing(id);

  function isMissing(fact: string): readonly string[] {
    return ['absent', 'stale', 'unusable'].includes(factOf(facts, fact).state) ? [fact] : [];
  }
}

/** 'a 41 g/L and b 1.1 (last 2026-09-01), c (not recorded)': what is out of date is told with its day. */
function missingText(ids: readonly string[], awaited: ReadonlySet<string>, subject: Subject): string {
  const byAside = new Map<string, string[]>();
  for (const id of ids) {
    const aside = [stateText(id, subject), ...(awaited.has(id) ? ['ordered, no result yet'] : [])].join('; ');
    const title = withinSentence(titleOf(id, subject));
    byAside.set(aside, [...(byAside.get(aside) ?? []), [title, ...lastValue(id, subject)].join(' ')]);
  }
  return [...byAside].map(([aside, titles]) => `${formatList(titles)} (${aside})`).join(', ');
}

/** A value that is too old, as it was recorded. */
function lastValue(id: string, { situation }: Subject): readonly string[] {
  const fact = factOf(situation.facts, id);
  return fact.state === 'stale' && !fact.provenance.restricted
    ? [escapeMarkdown(withoutAnnotation(fact.provenance.asRecorded))]
    : [];
}

/** A UCUM annotation in braces is no unit: '1.1 {ratio}'. */
function withoutAnnotation(value: string): string {
  return value.replace(/\s*\{[^}]*\}$/, '');
}

function stateText(id: string, { situation }: Subject): string {
  const fact = factOf(situation.facts, id);
  if (fact.state !== 'stale' && fact.state !== 'unusable') return 'not recorded';
  const day = formatDate(fact.provenance.recorded) ?? 'without date';
  return fact.state === 'stale' ? `last ${day}` : `${day}, cannot be used`;
}

/** What a reader has to know of the scores that are told, and what could not be used or read. */
function remarks({ lines }: PatientViewFile, unread: readonly string[], subject: Subject): readonly string[] {
  const { situation, definitions } = subject;
  const named = new Set(lines.flatMap(({ says }) => [...says.matchAll(placeholder)].map(([, name = '']) => name)));
  const unusable = definitions.service.summary.facts.map((id) => unusableText(id, subject));
  return [
    ...(unread.length > 0 ? [`Could not be checked: ${formatList(unread)}.`] : []),
    ...unusable.filter((text) => text !== ''),
    ...[...situation.measures].flatMap(([id, one]) =>
      named.has(id) && isKnown(one, subject) ? notesOf(one, subject) : [],
    ),
  ];
}

/** All that is due, then as many lines as there is room for; cut at a whole part. */
function summaryOf(title: string, lines: readonly Told[], due: readonly Told[]): string {
  const [parts, tasks] = [lines, due].map((all) => all.flatMap(({ short }) => short ?? []));
  const write = (told: number, asked: number) => {
    const known = told > 0 ? `${title}: ${(parts ?? []).slice(0, told).join('; ')}.` : `${title}.`;
    const dueText = asked > 0 ? [`Due: ${(tasks ?? []).slice(0, asked).join(', ')}.`] : [];
    return capitalised([known, ...dueText].join(' '));
  };
  for (let asked = tasks?.length ?? 0; asked >= 0; asked -= 1) {
    for (let some = parts?.length ?? 0; some >= 0; some -= 1) {
      const summary = write(some, asked);
      if (some + asked > 0 && summary.length <= longestSummary) return summary;
    }
  }
  return capitalised(`${title}.`);
}
