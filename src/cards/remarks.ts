import type { Gaps } from '../gaps/find-gaps.ts';
import type { Measurement } from '../measures/measure.ts';
import type { RecognisedOrder } from '../orders/recognise-orders.ts';
import { evaluate } from '../rules/evaluate.ts';
import { factOf } from '../rules/situation.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { factText, isRestricted, titleOf } from './fact-text.ts';
import { formatDate, formatList, withinSentence } from './format.ts';
import { readTitles } from './gap-findings.ts';
import type { Told } from './patient-data.ts';
import { fill } from './placeholders.ts';
import type { Subject } from './subject.ts';

/** What remarks are made of. */
export interface RemarksContext {
  readonly subject: Subject;
  readonly gaps: Gaps;
  readonly orders: readonly RecognisedOrder[];
  /** Drafts of which nobody can say what they are. */
  readonly unreadDrafts: number;
}

/** What is not known and still matters, what cannot be used, and what a reader has to know of the scores that are told. */
export function remarksBlock(told: Told, { subject, gaps, orders, unreadDrafts }: RemarksContext): string {
  const { definitions, situation, vocabulary } = subject;
  const titles = (ids: readonly string[]) => formatList(ids.map((id) => withinSentence(titleOf(id, subject))));
  const lines: string[] = [];
  if (gaps.bedside.length > 0) lines.push(`Not recorded: ${titles(gaps.bedside)}.`);
  const missing = gaps.laboratory.filter((id) => !gaps.unusable.includes(id));
  if (missing.length > 0) lines.push(`No valid result: ${missing.map((id) => missingText(id, subject)).join('; ')}.`);
  if (gaps.pending.length > 0) lines.push(`Ordered, no result yet: ${titles(gaps.pending)}.`);
  if (gaps.unavailable.length > 0)
    lines.push(`Could not be checked: ${formatList(readTitles(gaps.unavailable, subject))}.`);
  for (const id of gaps.unusable) lines.push(unusableText(id, subject));
  for (const { rule, when } of gaps.undecided) {
    const open = when.open.map((id) => `${titleOf(id, subject)}: ${factText(id, subject)}`);
    lines.push(`Not decided: ${withinSentence(rule.title)} (${open.join('; ')}).`);
  }
  for (const [id, measurement] of situation.measures) {
    if (speaksOf(id, measurement, told)) lines.push(...notesOf(measurement, subject));
  }
  for (const { when, says } of definitions.service.notes) {
    if (evaluate(when, situation, vocabulary).truth === 'true') lines.push(fill(says, subject));
  }
  if (unreadDrafts > 0) lines.push('Could not be checked: a drafted medication that could not be read.');
  lines.push(...orders.flatMap(({ note }) => note ?? []));
  return bulleted('Remarks', lines);
}

/** The remarks on a score belong where the score, or a value in it, is told. */
function speaksOf(id: string, { inputs }: Measurement, told: Told): boolean {
  return told === 'all' || [id, ...inputs].some((one) => told.has(one));
}

/** Borderline values, conflicts, what a score was derived from; nothing of a score that must not be printed. */
export function notesOf(measurement: Measurement, { situation }: Subject): readonly string[] {
  return isRestricted(measurement, situation) ? [] : measurement.notes;
}

/** A fact that has no valid value, with the day of the last one. */
export function missingText(id: string, subject: Subject): string {
  const fact = factOf(subject.situation.facts, id);
  const title = withinSentence(titleOf(id, subject));
  if (fact.state !== 'stale') return title;
  return `${title} (last ${formatDate(fact.provenance.recorded) ?? 'without date'})`;
}

/** A value that is recorded and cannot be used: what was written, and why. */
export function unusableText(id: string, subject: Subject): string {
  const fact = factOf(subject.situation.facts, id);
  if (fact.state !== 'unusable') return '';
  const { asRecorded, recorded, restricted } = fact.provenance;
  const value = restricted === true ? 'value not shown' : `"${escapeMarkdown(asRecorded)}"`;
  const day = formatDate(recorded);
  return `${titleOf(id, subject)} cannot be used: ${value}${day === undefined ? '' : ` (${day})`}: ${fact.reason}.`;
}

/** A list under a heading, each line once; nothing when there is no line. */
export function bulleted(heading: string, lines: readonly string[]): string {
  const bullets = [...new Set(lines)].map((line) => `- ${line}`);
  return bullets.length > 0 ? [`**${heading}**`, ...bullets].join('\n') : '';
}
