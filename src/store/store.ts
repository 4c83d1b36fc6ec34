/**
 * What the service keeps: which cards it showed, and what became of them. Nothing here names a patient or holds text
 * that somebody typed.
 */

/** A card as it was shown. */
export interface ShownCard {
  readonly uuid: string;
  readonly service: string;
  readonly hook: string;
  /** Only when it is a UUID: what else a client puts there may say something of the patient. */
  readonly hookInstance?: string;
  /** The code of `source.topic`. */
  readonly topic: string;
  readonly indicator: 'info' | 'warning' | 'critical';
  readonly rules: readonly { readonly id: string; readonly version: number }[];
  readonly suggestions: readonly { readonly uuid: string; readonly action: string }[];
  /** Which knowledge wrote it. */
  readonly knowledge: string;
  /** Keyed hash of the patient's id. */
  readonly patient: string;
  readonly shownAt: Date;
}

/** What a client says became of a card. */
export interface FeedbackEvent {
  /** A uuid, or a digest of what the client sent instead. */
  readonly card: string;
  readonly service: string;
  readonly outcome: 'accepted' | 'overridden';
  /** The uuids of the suggestions that were accepted. */
  readonly acceptedSuggestions: readonly string[];
  readonly reason?: { readonly system?: string; readonly code: string };
  /** Whether the user wrote a comment. The comment itself is never kept. */
  readonly commented: boolean;
  /** Undefined when the client gave no time that can be read. */
  readonly outcomeAt?: Date;
}

export interface FeedbackReceipt {
  /** Events that were kept before. */
  readonly repeated: number;
  /** Events on cards that are not known (yet, or any more, or never were ours). */
  readonly unknown: number;
}

/** Cards of one month that showed one version of a rule, and came out in one way. */
export interface OutcomeCount {
  /** In which the cards were shown, UTC: `2026-11`. */
  readonly month: string;
  readonly rule: string;
  readonly version: number;
  /**
   * `accepted` when any suggestion of the card was accepted, whatever else was said of it; `overridden` when the card
   * was overridden and nothing of it accepted; `none` when nothing was said.
   */
  readonly outcome: 'accepted' | 'overridden' | 'none';
  /** Of an overridden card: the reason that was given last. */
  readonly reasonSystem?: string;
  readonly reasonCode?: string;
  readonly cards: number;
}

/** The store as the service sees it: it never holds up an answer. */
export interface Store {
  /** Takes note of cards that are being answered. Returns at once and never fails; they are written soon. */
  cardsShown(cards: readonly ShownCard[]): void;
  /** Resolves when the events are kept for good. @throws StoreError when that was not possible in time */
  keepFeedback(events: readonly FeedbackEvent[]): Promise<FeedbackReceipt>;
  /** Whether things can be written right now. Answers within a second. */
  isAvailable(): Promise<boolean>;
}
