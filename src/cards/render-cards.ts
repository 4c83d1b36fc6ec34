import type { Card } from '../cds-hooks/card.ts';
import type { Gaps } from '../gaps/find-gaps.ts';
import type { Verdict } from '../rules/evaluate.ts';
import { compareIndicators, type Indicator } from '../rules/rule.ts';
import { type DetailContext, renderDetail } from './detail.ts';
import { type Finding, findingOf, firedVerdicts, type RuleVersion } from './finding.ts';
import { gapFindings } from './gap-findings.ts';
import { mergedSummary } from './merged-summary.ts';
import type { Subject } from './subject.ts';
import { type SuggestionContext, suggestionsFor } from './suggestions.ts';

const mostCards = 3;
const mostReasons = 6;

/** A card before it is written: what it says, and what was folded into it. */
interface Draft {
  readonly topic: string;
  readonly indicator: Indicator;
  readonly findings: readonly Finding[];
  readonly also: readonly Finding[];
}

export interface Rendering extends DetailContext, SuggestionContext {
  readonly subject: Subject;
}

/** A card with what it tells of. */
export interface WrittenCard {
  readonly card: Card;
  readonly rules: readonly RuleVersion[];
}

/**
 * Writes the cards: one per topic, most urgent first, at most three. Nothing that fired is dropped: the least urgent
 * topics, what is missing first among them, become a section of the third card.
 */
export function renderCards(verdicts: readonly Verdict[], gaps: Gaps, rendering: Rendering): readonly WrittenCard[] {
  const { subject } = rendering;
  const fired = firedVerdicts(verdicts).map((verdict) => findingOf(verdict, subject));
  const findings = [...fired, ...gapFindings(gaps, subject, new Set(fired.map(({ topic }) => topic)))];
  const topics = Object.keys(subject.definitions.service.topics);
  const byTopic = topics.flatMap((topic) =>
    draftOf(
      topic,
      findings.filter((finding) => finding.topic === topic),
    ),
  );
  const gapsTopic = subject.definitions.gaps.topic;
  const ranked = byTopic.sort((a, b) => compareIndicators(b.indicator, a.indicator));
  return fold(ranked, gapsTopic).map((draft, index) => ({
    card: write(draft, index === 0, rendering),
    rules: [...draft.findings, ...draft.also].map(({ by }) => by),
  }));
}

function draftOf(topic: string, findings: readonly Finding[]): readonly Draft[] {
  const sorted = [...findings].sort((a, b) => compareIndicators(b.indicator, a.indicator));
  const [worst] = sorted;
  return worst === undefined ? [] : [{ topic, indicator: worst.indicator, findings: sorted, also: [] }];
}

function fold(drafts: readonly Draft[], gapsTopic: string): readonly Draft[] {
  if (drafts.length <= mostCards) return drafts;
  const rest = drafts.filter(({ topic }) => topic !== gapsTopic);
  const kept = rest.slice(0, mostCards);
  const folded = [...rest.slice(mostCards), ...drafts.filter(({ topic }) => topic === gapsTopic)];
  const [last] = kept.slice(-1);
  if (last === undefined) return kept;
  const also = folded.flatMap(({ findings }) => findings);
  const indicator =
    [last, ...folded]
      .map((draft) => draft.indicator)
      .sort(compareIndicators)
      .at(-1) ?? last.indicator;
  return [...kept.slice(0, -1), { ...last, also, indicator }];
}

/** The first card of an answer tells all that is known of the patient, the others what they rest on. */
function write({ topic, indicator, findings, also }: Draft, isFirst: boolean, rendering: Rendering): Card {
  const { service, overrideReasons } = rendering.subject.definitions;
  const { code = topic, display = topic } = service.topics[topic] ?? {};
  const suggestions = suggestionsFor([...findings, ...also], rendering);
  const reasons = [...new Set([...findings, ...also].flatMap((finding) => finding.overrideReasons))].slice(
    0,
    mostReasons,
  );
  return {
    uuid: rendering.newId(),
    summary: mergedSummary(findings),
    detail: renderDetail(findings, also, isFirst, rendering),
    indicator,
    source: { label: service.source.label, topic: { system: service.topicSystem, code, display } },
    ...(suggestions.length > 0 && { suggestions, selectionBehavior: 'any' as const }),
    ...(reasons.length > 0 && {
      overrideReasons: reasons.map((reason) => ({
        system: overrideReasons.system,
        code: reason,
        display: overrideReasons.reasons[reason] ?? reason,
      })),
    }),
  };
}
