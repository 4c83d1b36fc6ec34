import type { Gaps } from '../gaps/find-gaps.ts';
import type { Finding } from './finding.ts';
import { capitalised, formatList } from './format.ts';
import { fill, type Subject } from './placeholders.ts';

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
    formatList(ids.map((id) => subject.definitions.facts.get(id)?.definition.title ?? id).map(lowerUnlessAcronym));
  const add = (
    kind: 'laboratory' | 'bedside' | 'unusable' | 'unavailable',
    short: string,
    values: Record<string, string>,
    summary?: string,
  ) => {
    const card = texts[kind];
    findings.push({
      topic: texts.topic,
      indicator: 'info',
      short,
      summary: capitalised(fill(summary ?? card.summary, subject, undefined, values)),
      detail: fill(card.detail, subject, undefined, values),
      options: [],
      suggestions: [],
      tests: kind === 'laboratory' ? gaps.laboratory : [],
      overrideReasons: card.overrideReasons,
      evidence: [],
      rule: `${texts.ref} ${kind} v${texts.version}`,
    });
  };
  if (gaps.laboratory.length > 0) {
    const tests = titles(gaps.laboratory);
    add('laboratory', `No valid ${tests}`, { tests });
  }
  if (gaps.askedAtBedside.length > 0 && !texts.bedside.toldIn.some((topic) => shown.has(topic))) {
    const asked = titles(gaps.askedAtBedside);
    const summary = gaps.suspicious ? undefined : texts.bedside.unsuspicious;
    add('bedside', `${capitalised(asked)} not recorded`, { findings: asked }, summary);
  }
  if (gaps.unavailable.length > 0 && shown.size === 0 && findings.length === 0) {
    const reads = readTitles(gaps, subject);
    add('unavailable', `Could not be checked: ${reads}`, { reads });
  }
  if (gaps.unusable.length > 0 && shown.size === 0 && findings.length === 0) {
    const tests = titles(gaps.unusable);
    add('unusable', `${capitalised(tests)} cannot be used`, { tests });
  }
  return findings;
}

/** The reads that could not be made, by their titles. */
export function readTitles({ unavailable }: Gaps, { definitions }: Subject): string {
  return formatList(unavailable.map((key) => definitions.service.reads[key]?.title ?? key));
}

export function lowerUnlessAcronym(title: string): string {
  return /^[A-Z][a-z]/.test(title) ? title.slice(0, 1).toLowerCase() + title.slice(1) : title;
}
