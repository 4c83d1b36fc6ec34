import { longestSummary } from '../cds-hooks/card.ts';
import { type PlaceholderPart, placeholder } from '../definitions/placeholder.ts';
import type { Trace } from '../rules/evaluate.ts';
import { agoText, dayText, factText, limitText, measureText, namesOf, publishedText } from './fact-text.ts';
import { capitalised, formatList } from './format.ts';
import { ordersText } from './orders-text.ts';
import { inputsText } from './patient-data.ts';
import { because, foundTitles } from './reasons.ts';
import type { LocalMark, Subject } from './subject.ts';

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

/** The same text with every order named, with two, and with one. */
export function shorter(subject: Subject, write: (subject: Subject) => string): readonly string[] {
  return [Number.POSITIVE_INFINITY, 2, 1].map((mostNames) =>
    capitalised(write({ ...subject, mostNames, localMark: '' })),
  );
}

/**
 * Fills a text: orders of a group, measures, facts, thresholds, and `extra` by name. Only our own words and numbers go
 * in; record text comes with {because} alone, escaped, which no summary may hold. The loader has checked both.
 */
export function fill(
  text: string,
  subject: Subject,
  trace?: Trace,
  extra: Readonly<Record<string, string>> = {},
): string {
  return text.trim().replace(placeholder, (_, name: string, part?: PlaceholderPart) => {
    switch (part) {
      case 'date':
        return dayText(name, subject) ?? 'date not known';
      case 'inputs':
        return inputsText(name, subject);
      case 'ago':
        return agoText(name, subject);
      case 'published':
        return publishedText(name, subject);
      default:
        return extra[name] ?? textFor(name, subject, trace);
    }
  });
}

function textFor(name: string, subject: Subject, trace: Trace | undefined): string {
  const { definitions, situation, vocabulary } = subject;
  if (name === 'order') return orderLabel(subject);
  if (name === 'found') return trace ? formatList(foundTitles(trace, subject)) : '';
  if (name === 'because') return trace ? because(trace, subject) : '';
  const group = vocabulary.groups.get(name);
  if (group && trace) return ordersText(name, trace, subject);
  if (group)
    return namesOf(
      situation.orders.filter((order) => group.has(order.name)),
      subject,
    );
  const measurement = situation.measures.get(name);
  if (measurement) return measureText(measurement, subject);
  if (vocabulary.thresholds.has(name)) return limitText(name, subject);
  return definitions.facts.has(name) ? factText(name, subject) : '';
}

/** The orders advised on, by our names; those for another disease only when there are no others. */
export function orderLabel(subject: Subject): string {
  const advised = subject.situation.orders.filter((order) => order.advised);
  const ours = advised.filter(({ otherIndication }) => !otherIndication);
  return namesOf(ours.length > 0 ? ours : advised, subject);
}
