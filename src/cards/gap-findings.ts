import type { Gaps } from '../gaps/find-gaps.ts';
import type { Finding } from './finding.ts';
import { formatList, withinSentence } from './format.ts';
import { changesBehindGap } from './local-policy.ts';
import { fill, fitted, type Subject } from './placeholders.ts';

/**
 * The findings about what is missing. Missing bedside findings stand in the detail of a card of the topic that they
 * could change; only when there is none do they make a card. What could not be read or used likewise, of any card.
 *
 * @param shown the topics of the cards that are shown anyway
 */
export function gapFindings(gaps: Gaps, subject: Subject, shown: ReadonlySet<string>): readonly Finding[] {
  const { gaps: texts } = subject.definitions;
  const findings: Finding[] = [];
  const titles = (ids: readonly string[]) =>
    formatList(ids.map((id) => subject.definitions.facts.get(id)?.definition.title ?? id).map(withinSentence));
  const add = (
    kind: 'laboratory' | 'bedside' | 'unusable' | 'unavailable',
    short: string,
    values: Record<string, string>,
    asked: readonly string[],
    summary?: string,
  ) => {
    const card = texts[kind];
    findings.push({
      topic: texts.topic,
      indicator: 'info',
      short,
      summary: fitted(subject, (one) => fill(summary ?? card.summary, one, undefined, values)),
      detail: fill(card.detail, subject, undefined, values),
      options: [],
      suggestions: [],
      tests: kind === 'laboratory' || kind === 'unusable' ? gaps.laboratory : [],
      overrideReasons: card.overrideReasons,
      evidence: [],
      rule: `${texts.ref} ${kind} v${texts.version}`,
      local: changesBehindGap(kind, asked, gaps, subject.definitions),
    });
  };
  if (gaps.laboratory.length > 0) {
    const tests = titles(gaps.laboratory);
    const unusable = gaps.laboratory.every((id) => gaps.unusable.includes(id));
    add(unusable ? 'unusable' : 'laboratory', `no valid ${tests}`, { tests }, gaps.laboratory);
  }
  if (gaps.askedAtBedside.length > 0 && !texts.bedside.toldIn.some((topic) => shown.has(topic))) {
    const asked = titles(gaps.askedAtBedside);
    const are = gaps.askedAtBedside.length > 1 ? 'are' : 'is';
    const summary = gaps.suspicious ? undefined : texts.bedside.unsuspicious;
    add('bedside', `${asked} not recorded`, { findings: asked, are }, gaps.askedAtBedside, summary);
  }
  if (gaps.unavailable.length > 0 && shown.size === 0 && findings.length === 0) {
    const all = readTitles(gaps, subject);
    const reads = all.length <= 2 ? formatList(all) : `${all[0]} and ${all.length - 1} more`;
    add('unavailable', `not checked: ${reads}`, { reads }, []);
  }
  if (gaps.unusable.length > 0 && shown.size === 0 && findings.length === 0) {
    const tests = titles(gaps.unusable);
    add('unusable', `${tests} cannot be used`, { tests }, gaps.unusable);
  }
  return findings;
}

/** The reads that could not be made, by their titles, the most important first. */
export function readTitles({ unavailable }: Gaps, { definitions }: Subject): readonly string[] {
  return Object.entries(definitions.service.reads).flatMap(([key, { title }]) =>
    unavailable.includes(key) ? [title] : [],
  );
}
