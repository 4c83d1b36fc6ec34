import type { Gaps } from '../gaps/find-gaps.ts';
import type { Finding } from './finding.ts';
import { formatList, withinSentence } from './format.ts';
import { changesBehindGap } from './local-policy.ts';
import { fill, fitted, shorter } from './placeholders.ts';
import type { Subject } from './subject.ts';

/**
 * The findings about what is missing. Missing bedside findings stand in the detail of a card of the topic that they
 * could change; only when there is none do they make a card. What could not be read or used likewise, of any card.
 *
 * @param shown the topics of the cards that are shown anyway
 */
export function gapFindings(gaps: Gaps, subject: Subject, shown: ReadonlySet<string>): readonly Finding[] {
  const { gaps: texts } = subject.definitions;
  const findings: Finding[] = [];
  const add = (
    kind: 'laboratory' | 'bedside' | 'unusable' | 'unavailable',
    values: (subject: Subject) => Record<string, string>,
    short: string,
    asked: readonly string[],
    said: Partial<Record<'summary' | 'detail', string>> = {},
  ) => {
    const card = { ...texts[kind], ...said };
    const summary = fitted(subject, (one) => fill(card.summary, one, undefined, values(one)));
    findings.push({
      by: { id: `${texts.topic}-${kind}`, version: texts.version },
      topic: texts.topic,
      indicator: 'info',
      short,
      summary,
      leads: [summary, ...shorter(subject, (one) => fill(card.summary, one, undefined, values(one)))],
      detail: fill(card.detail, subject, undefined, values(subject)),
      options: [],
      suggestions: [],
      tests: kind === 'laboratory' || kind === 'unusable' ? gaps.laboratory : [],
      overrideReasons: card.overrideReasons,
      evidence: [],
      restsOn: scoresLeftOpen(gaps, subject),
      rule: `${texts.ref} ${kind}@${texts.version}`,
      local: changesBehindGap(kind, card, asked, gaps, subject.definitions),
    });
  };
  if (gaps.laboratory.length > 0) {
    const tests = (one: Subject) => ({ tests: titles(gaps.laboratory, one) });
    const short = `no valid ${titles(gaps.laboratory, subject)}`;
    const score = subject.situation.measures.get(texts.laboratory.measure);
    const opensScore = gaps.laboratory.some((id) => score?.open.includes(id));
    if (gaps.laboratory.every((id) => gaps.unusable.includes(id))) add('unusable', tests, short, gaps.laboratory);
    else add('laboratory', tests, short, gaps.laboratory, opensScore ? {} : texts.laboratory.otherwise);
  }
  if (gaps.askedAtBedside.length > 0 && !texts.bedside.toldIn.some((topic) => shown.has(topic))) {
    const asked = titles(gaps.askedAtBedside, subject);
    const are = gaps.askedAtBedside.length > 1 ? 'are' : 'is';
    const said = gaps.suspicious ? {} : { summary: texts.bedside.unsuspicious };
    add('bedside', () => ({ findings: asked, are }), `${asked} not recorded`, gaps.askedAtBedside, said);
  }
  if (gaps.announced.length > 0 && shown.size === 0 && findings.length === 0) {
    const all = readTitles(gaps.announced, subject);
    const reads = all.length <= 2 ? formatList(all) : `${all[0]} and ${all.length - 1} more`;
    add('unavailable', () => ({ reads }), `not checked: ${reads}`, []);
  }
  if (gaps.unusable.length > 0 && shown.size === 0 && findings.length === 0) {
    const tests = (one: Subject) => ({ tests: titles(gaps.unusable, one) });
    add('unusable', tests, `${titles(gaps.unusable, subject)} cannot be used`, gaps.unusable);
  }
  return findings;
}

/** The titles of facts as they stand within a sentence; of more than three, two and how many more where room is short. */
function titles(ids: readonly string[], { definitions, mostNames }: Subject): string {
  const all = ids.map((id) => withinSentence(definitions.facts.get(id)?.definition.title ?? id));
  if (mostNames === undefined || !Number.isFinite(mostNames) || all.length <= 3) return formatList(all);
  return `${all.slice(0, 2).join(', ')} +${all.length - 2} more`;
}

/** The scores that what is missing leaves open, with what is known of them. */
function scoresLeftOpen(gaps: Gaps, { situation }: Subject): readonly string[] {
  const missing = new Set([...gaps.laboratory, ...gaps.bedside, ...gaps.unusable]);
  return [...situation.measures].flatMap(([id, { open, inputs }]) =>
    open.some((one) => missing.has(one)) ? [id, ...inputs] : [],
  );
}

/** These reads by their titles, the most important first. */
export function readTitles(keys: readonly string[], { definitions }: Subject): readonly string[] {
  return Object.entries(definitions.service.reads).flatMap(([key, { title }]) => (keys.includes(key) ? [title] : []));
}
