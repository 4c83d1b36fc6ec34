import type { Trace, Verdict } from '../rules/evaluate.ts';
import { compareIndicators, type Indicator, type LocalChange, type Rule } from '../rules/rule.ts';
import { fill, fitted, shorter } from './placeholders.ts';
import { restsOn } from './reasons.ts';
import type { Subject } from './subject.ts';

/** What a card tells of, as it is recorded. */
export interface RuleVersion {
  readonly id: string;
  readonly version: number;
}

/** One thing that is said, before it is merged with others into a card. */
export interface Finding {
  /** As what it is counted: a rule, or a kind of gap. */
  readonly by: RuleVersion;
  readonly topic: string;
  readonly indicator: Indicator;
  /** The short form, used when several share a card. */
  readonly short: string;
  readonly summary: string;
  /** The summary, then shorter forms of it, each with what to do: what leads where others share the card. */
  readonly leads: readonly string[];
  readonly detail: string;
  readonly options: readonly string[];
  readonly suggestions: readonly string[];
  /** Facts for which a test is suggested. */
  readonly tests: readonly string[];
  readonly overrideReasons: readonly string[];
  readonly evidence: readonly string[];
  /** The facts and measures that made it so. */
  readonly restsOn: readonly string[];
  /** Number, id and version of the rule. */
  readonly rule: string;
  /** What of it is the hospital's. */
  readonly local: readonly LocalChange[];
}

/** The rules that fired and are shown: of each family only the worst, of equals the last by name. */
export function firedVerdicts(verdicts: readonly Verdict[]): readonly Verdict[] {
  const fired = verdicts.filter(({ rule, truth }) => truth === 'true' && rule.status === 'active');
  return fired.filter(({ rule }) => {
    const family = fired.filter((other) => other.rule.family === rule.family);
    const worst = family.reduce((a, b) =>
      compareIndicators(b.rule.card.indicator, a.rule.card.indicator) >= 0 ? b : a,
    );
    return worst.rule === rule;
  });
}

export function findingOf({ rule, when }: Verdict, subject: Subject): Finding {
  const { card, topic, options, suggestions, overrideReasons } = rule;
  const summary = fitted(subject, (one) => fill(card.summary, one, when));
  return {
    by: { id: rule.id, version: rule.version },
    topic,
    indicator: card.indicator,
    short: fill(card.finding, subject, when),
    summary,
    leads: [summary, ...shorter(subject, (one) => fill(card.brief ?? card.summary, one, when))],
    detail: fill(card.detail, subject, when),
    options,
    suggestions,
    tests: [],
    overrideReasons,
    evidence: evidenceFor(rule, when, subject),
    restsOn: restsOn(when, subject),
    rule: `${rule.ref} ${rule.id}@${rule.version}${rule.local ? ' (local policy)' : ''}`,
    local: rule.local ?? [],
  };
}

/** The sources of a rule without those that are about other drugs than these. */
function evidenceFor({ evidence }: Rule, { orders }: Trace, { definitions, vocabulary }: Subject): readonly string[] {
  return evidence.filter((key) => {
    const group = vocabulary.groups.get(definitions.evidence[key]?.of ?? '');
    return group === undefined || orders.some(({ name }) => group.has(name));
  });
}
