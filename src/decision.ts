import type { WrittenCard } from './cards/render-cards.ts';
import type { CdsResponse } from './cds-hooks/card.ts';
import type { Gaps } from './gaps/find-gaps.ts';
import type { RecognisedOrder } from './orders/recognise-orders.ts';
import type { Verdict } from './rules/evaluate.ts';
import type { Situation } from './rules/situation.ts';

/** Why there is no card. */
export type Silence =
  | 'no-recognised-order'
  | 'no-order-selected'
  | 'gate-closed'
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
    }
  | {
      readonly kind: 'refused';
      /** 400: the request cannot be right. 412: what is needed could not be read. */
      readonly status: 400 | 412;
      readonly reason: string;
      /** The reads concerned. */
      readonly keys: readonly string[];
    };

export interface DecisionTrace {
  readonly orders: readonly RecognisedOrder[];
  readonly situation: Situation;
  readonly verdicts: readonly Verdict[];
  readonly gaps: Gaps;
  /** Resources about another patient that were left out. */
  readonly dropped: number;
  /** The cards of the response, each with the rules it tells of. */
  readonly written: readonly WrittenCard[];
}

export function silent(silence: Silence, trace?: DecisionTrace): Decision {
  return { kind: 'cards', response: { cards: [] }, silence, ...(trace && { trace }) };
}

export function refused(status: 400 | 412, reason: string, keys: Iterable<string>): Decision {
  return { kind: 'refused', status, reason, keys: [...keys] };
}
