import type { Condition } from './condition.ts';

export type Indicator = 'info' | 'warning' | 'critical';

const weights: Readonly<Record<Indicator, number>> = { info: 1, warning: 2, critical: 3 };

/** Orders indicators: positive when `a` is worse than `b`; nothing at all is the mildest. */
export function compareIndicators(a: Indicator | undefined, b: Indicator | undefined): number {
  return (a ? weights[a] : 0) - (b ? weights[b] : 0);
}

/** The worst of them; undefined when there is none. */
export function worstIndicator(indicators: readonly Indicator[]): Indicator | undefined {
  return [...indicators].sort(compareIndicators).at(-1);
}

/** What a hospital has changed: a card that rests on it says so. */
export interface LocalChange {
  /** The entry of the hospital's policy: 'thresholds.some-limit'. */
  readonly entry: string;
  /** The day from which it holds, YYYY-MM-DD. */
  readonly from: string;
  readonly what:
    | { readonly kind: 'own-rule'; readonly rule: string }
    | { readonly kind: 'hidden'; readonly rule: string; readonly how: 'disabled' | 'silent' }
    | { readonly kind: 'indicator'; readonly rule: string; readonly shipped: Indicator; readonly now: Indicator }
    | { readonly kind: 'texts'; readonly rule: string; readonly texts: readonly string[] }
    | {
        readonly kind: 'threshold';
        readonly id: string;
        readonly shipped: ReadonlyMap<string, number>;
        readonly now: ReadonlyMap<string, number>;
        /** The key of its source. */
        readonly evidence: string;
      }
    | { readonly kind: 'ask-bedside'; readonly now: string }
    | { readonly kind: 'order-template'; readonly name: string };
}

/** One clinical rule: one condition, one indicator. Its texts are filled in by `cards/`. */
export interface Rule {
  readonly id: string;
  /** The number in the evidence pack: 'R11'; of a hospital's own rule 'L01'. */
  readonly ref: string;
  readonly topic: string;
  /** Rules of a family supersede each other: only the worst that fired is printed. */
  readonly family: string;
  readonly version: number;
  /** `silent` is evaluated and logged, not shown. */
  readonly status: 'draft' | 'active' | 'silent' | 'retired';
  readonly title: string;
  readonly when: Condition;
  /** Takes the rule back, but only when it is true; undetermined leaves the rule as it is. */
  readonly unless?: Condition;
  readonly whenUnknown: 'silent' | 'ask';
  readonly card: {
    readonly indicator: Indicator;
    readonly finding: string;
    readonly summary: string;
    /** The summary where other findings share the card; the summary itself unless given. */
    readonly brief?: string;
    readonly detail: string;
  };
  readonly options: readonly string[];
  readonly suggestions: readonly string[];
  readonly overrideReasons: readonly string[];
  readonly evidence: readonly string[];
  readonly knownGaps?: string;
  /** What of it is a hospital's: changes of the rule, and of limits that it rests on. Absent where nothing is. */
  readonly local?: readonly LocalChange[];
}
