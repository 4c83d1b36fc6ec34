import type { Truth } from '../../kernel/truth.ts';

/** Why a call was answered as it was, as plain JSON: facts → measures → verdicts. Written for people to read. */
export interface Explanation {
  readonly outcome:
    | { readonly kind: 'cards'; readonly cards: number }
    | { readonly kind: 'silent'; readonly reason: string }
    | { readonly kind: 'refused'; readonly status: number; readonly reason: string; readonly keys: readonly string[] };
  readonly orders: readonly ExplainedOrder[];
  readonly facts: readonly ExplainedFact[];
  readonly measures: readonly ExplainedMeasure[];
  readonly rules: readonly ExplainedRule[];
  /** Resources about another patient that were left out. */
  readonly dropped: number;
  /** Why the FHIR server that was named is not read. */
  readonly refusal?: string;
}

export interface ExplainedOrder {
  readonly label: string;
  readonly reference: string;
  /** By code or by name, and which. */
  readonly recognisedBy: string;
  readonly advised: boolean;
  readonly otherIndication: boolean;
}

export interface ExplainedFact {
  readonly id: string;
  readonly title: string;
  readonly state: 'found' | 'stale' | 'unusable' | 'absent' | 'unavailable';
  /** What the service makes of it. */
  readonly text: string;
  /** Of whatever was not found. */
  readonly reason?: string;
  /** Absent where it must not be printed. */
  readonly asRecorded?: string;
  readonly source?: string;
  readonly recorded?: string;
  readonly steps?: readonly string[];
  /** Nothing recorded counts as "no". */
  readonly closedWorld: boolean;
}

export interface ExplainedMeasure {
  readonly id: string;
  readonly title: string;
  readonly label: string;
  readonly inputs: readonly string[];
  /** The inputs that are not known exactly. */
  readonly open: readonly string[];
  readonly notes: readonly string[];
  /** False of a change since a time that the record does not have. */
  readonly isComparable: boolean;
}

export interface ExplainedRule {
  readonly id: string;
  readonly ref: string;
  readonly version: number;
  readonly title: string;
  readonly topic: string;
  readonly indicator: 'info' | 'warning' | 'critical';
  readonly status: string;
  readonly truth: Truth;
  readonly when: ExplainedCondition;
  readonly unless?: ExplainedCondition;
  /** Titles of the facts that, known better, could decide it. */
  readonly missing: readonly string[];
  /** Of a rule that fired and is shown: the topic of its card, or the worse rule of its family that is told. */
  readonly told?: { readonly card: string } | { readonly outdoneBy: string } | undefined;
  /** Undetermined, the rule has the service ask for what is missing; otherwise it is silent. */
  readonly asks: boolean;
}

export interface ExplainedCondition {
  readonly says: string;
  readonly truth: Truth;
  readonly parts: readonly ExplainedCondition[];
  /** Titles of the facts that leave it open. */
  readonly missing: readonly string[];
}
