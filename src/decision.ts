import type { WrittenCard } from './cards/render-cards.ts';
import type { CdsResponse } from './cds-hooks/card.ts';
import type { FhirReader } from './fhir/fhir-reader.ts';
import type { Gaps } from './gaps/find-gaps.ts';
import type { RecognisedOrder } from './orders/recognise-orders.ts';
import type { Verdict } from './rules/evaluate.ts';
import type { Situation } from './rules/situation.ts';

/** What a decision depends on besides the request. */
export interface Dependencies {
  readonly reader: FhirReader;
  readonly now: Date;
  /** The sandbox offers suggestions that a hospital has to map first. */
  readonly sandbox: boolean;
  newId(): string;
}

/** Why there is no card. */
export type Silence =
  | 'no-recognised-order'
  | 'no-order-selected'
  | 'gate-closed'
  /** The record was opened by a patient or a relative. */
  | 'not-for-patients'
  | 'nothing-to-say'
  | 'silent-with-open-bedside-facts';

/** The answer to a call, and how it came about. */
export type Decision =
  | {
      readonly kind: 'cards';
      readonly response: CdsResponse;
      readonly silence?: Silence;
      /** None when the call was answered before the record was looked at. */
      readonly trace?: DecisionTrace;
      /** The cards of the response, each with the rules it tells of. */
      readonly written?: readonly WrittenCard[];
      /** Of a call without orders; none when it was answered before the record was looked at. */
      readonly overview?: OverviewTrace;
    }
  | {
      readonly kind: 'refused';
      /** 400: the request cannot be right. 412: what is needed could not be read. */
      readonly status: 400 | 412;
      readonly reason: string;
      /** The reads concerned. */
      readonly keys: readonly string[];
      /** Of a 412: why each of them failed, in static words. */
      readonly why?: ReadonlyMap<string, string>;
    };

export interface DecisionTrace {
  readonly orders: readonly RecognisedOrder[];
  readonly situation: Situation;
  readonly verdicts: readonly Verdict[];
  readonly gaps: Gaps;
  /** Why each read that failed did, in static words. */
  readonly failed: ReadonlyMap<string, string>;
  /** Resources about another patient that were left out. */
  readonly dropped: number;
}

export interface OverviewTrace {
  readonly situation: Situation;
  /** The reads that failed and on which a line rests. */
  readonly unread: readonly string[];
  /** Why each read that failed did, in static words. */
  readonly failed: ReadonlyMap<string, string>;
  /** Resources about another patient that were left out. */
  readonly dropped: number;
}

export function silent(silence: Silence, trace?: DecisionTrace): Extract<Decision, { kind: 'cards' }> {
  return { kind: 'cards', response: { cards: [] }, silence, ...(trace && { trace }) };
}

export function refused(
  status: 400 | 412,
  reason: string,
  keys: Iterable<string>,
  why?: ReadonlyMap<string, string>,
): Decision {
  return { kind: 'refused', status, reason, keys: [...keys], ...(why && { why }) };
}
