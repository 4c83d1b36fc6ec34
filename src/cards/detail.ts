import type { Gaps } from '../gaps/find-gaps.ts';
import { dayOf } from '../kernel/fact.ts';
import type { RecognisedOrder } from '../orders/recognise-orders.ts';
import { evaluate } from '../rules/evaluate.ts';
import { factOf } from '../rules/situation.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { evidenceBlock } from './evidence.ts';
import type { Finding } from './finding.ts';
import { formatDate, formatList, withinSentence } from './format.ts';
import { readTitles } from './gap-findings.ts';
import { localPolicyBlock } from './local-policy.ts';
import { factText, fill, isRestricted, type Subject } from './placeholders.ts';

/** What a card's detail is made of besides its findings. */
export interface DetailContext {
  readonly subject: Subject;
  readonly gaps: Gaps;
  readonly orders: readonly RecognisedOrder[];
  /** Drafts of which nobody can say what they are. */
  readonly unreadDrafts: number;
}

/**
 * The detail of a card: the findings, the patient's data with their gaps, the evidence for and against, the options,
 * and what it was computed with: the state of the knowledge, who answers for it, the rules.
 */
export function renderDetail(findings: readonly Finding[], also: readonly Finding[], context: DetailContext): string {
  const { subject } = context;
  const { evidencePack, clinicalOwner, footer } = subject.definitions.service;
  const options = [...new Set([...findings, ...also].flatMap((finding) => finding.options))];
  const rules = [...findings, ...also].map(({ rule }) => rule).join(', ');
  const blocks = [
    ...findings.map(({ detail }) => detail),
    also.length > 0 ? `**Also:**\n${also.map(({ summary }) => `- ${summary}`).join('\n')}` : '',
    dataBlock(context),
    missingBlock(context),
    evidenceBlock(
      [...findings, ...also].flatMap(({ evidence }) => evidence),
      subject.definitions,
    ),
    options.length > 0 ? `**Options**\n${options.map((option) => `- ${option}`).join('\n')}` : '',
    localPolicyBlock([...findings, ...also], subject),
    `Evidence pack ${evidencePack}. Clinical owner: ${clinicalOwner}. ${rules}. ${footer}`,
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}

/** Scores first, then what they were made of: value, date, source. */
function dataBlock({ subject }: DetailContext): string {
  const { definitions, situation } = subject;
  const { measures, facts } = definitions.service.summary;
  const scores = measures.flatMap((id) => {
    const measurement = situation.measures.get(id);
    const known = measurement?.inputs.some((input) => factOf(situation.facts, input).state === 'found');
    return known && measurement
      ? [
          `- ${measureTitle(id, subject)}: ${isRestricted(measurement, situation) ? 'restricted, value not shown' : measurement.label}`,
        ]
      : [];
  });
  const values = facts.flatMap((id) => {
    const fact = factOf(situation.facts, id);
    if (fact.state !== 'found') return [];
    const title = definitions.facts.get(id)?.definition.title ?? id;
    const from = [dayOf(fact) ?? 'date not known', escapeMarkdown(fact.provenance.source)].join(', ');
    return [`- ${title}: ${factText(id, subject)} (${from})`];
  });
  return scores.length + values.length > 0 ? ['**Patient data used**', ...scores, ...values].join('\n') : '';
}

/** What is not known and still matters, what cannot be used, and what a reader has to know of the scores. */
function missingBlock({ subject, gaps, orders, unreadDrafts }: DetailContext): string {
  const { definitions, situation, vocabulary } = subject;
  const titles = (ids: readonly string[]) =>
    formatList(ids.map((id) => withinSentence(definitions.facts.get(id)?.definition.title ?? id)));
  const lines: string[] = [];
  if (gaps.bedside.length > 0) lines.push(`Not recorded: ${titles(gaps.bedside)}.`);
  const missing = gaps.laboratory.filter((id) => !gaps.unusable.includes(id));
  if (missing.length > 0) lines.push(`No valid result: ${missing.map((id) => missingTest(id, subject)).join('; ')}.`);
  if (gaps.pending.length > 0) lines.push(`Ordered, no result yet: ${titles(gaps.pending)}.`);
  if (gaps.unavailable.length > 0) lines.push(`Could not be checked: ${formatList(readTitles(gaps, subject))}.`);
  for (const id of gaps.unusable) lines.push(unusableLine(id, subject));
  for (const { rule, when } of gaps.undecided) {
    lines.push(
      `Not decided: ${withinSentence(rule.title)} (${when.open.map((id) => `${definitions.facts.get(id)?.definition.title}: ${factText(id, subject)}`).join('; ')}).`,
    );
  }
  for (const measurement of situation.measures.values()) {
    if (!isRestricted(measurement, situation)) lines.push(...measurement.notes);
  }
  for (const { when, says } of definitions.service.notes) {
    if (evaluate(when, situation, vocabulary).truth === 'true') lines.push(fill(says, subject));
  }
  if (unreadDrafts > 0) lines.push('Could not be checked: a drafted medication that could not be read.');
  lines.push(...orders.flatMap(({ note }) => note ?? []));
  const bullets = [...new Set(lines)].map((line) => `- ${line}`);
  return bullets.length > 0 ? ['**Remarks**', ...bullets].join('\n') : '';
}

function missingTest(id: string, { definitions, situation }: Subject): string {
  const fact = factOf(situation.facts, id);
  const title = withinSentence(definitions.facts.get(id)?.definition.title ?? id);
  if (fact.state !== 'stale') return title;
  return `${title} (last ${formatDate(fact.provenance.recorded) ?? 'without date'})`;
}

function unusableLine(id: string, { definitions, situation }: Subject): string {
  const fact = factOf(situation.facts, id);
  if (fact.state !== 'unusable') return '';
  const title = definitions.facts.get(id)?.definition.title ?? id;
  const { asRecorded, recorded, source, restricted } = fact.provenance;
  const value = restricted === true ? 'value not shown' : `"${escapeMarkdown(asRecorded)}"`;
  return `${title} cannot be used: ${value} (${[formatDate(recorded), escapeMarkdown(source)].filter(Boolean).join(', ')}): ${fact.reason}.`;
}

function measureTitle(id: string, { definitions }: Subject): string {
  return definitions.measureTitles.get(id) ?? id;
}
