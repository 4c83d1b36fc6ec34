/**
 * The tables. The same in SQLite and PostgreSQL; `migrations.ts` makes them. Times are ISO 8601 in UTC with
 * milliseconds: they sort as text and read the same in both. Nothing here names a patient: docs/adr says why each
 * column may be kept.
 */
export interface Schema {
  readonly shown_card: ShownCardTable;
  readonly shown_rule: ShownRuleTable;
  readonly shown_suggestion: ShownSuggestionTable;
  readonly feedback: FeedbackTable;
  readonly accepted_suggestion: AcceptedSuggestionTable;
  readonly used_token: UsedTokenTable;
  readonly heartbeat: HeartbeatTable;
}

/** One card of one answer. */
interface ShownCardTable {
  /** The card's uuid. */
  readonly card: string;
  readonly service: string;
  readonly hook: string;
  readonly hook_instance: string | null;
  readonly topic: string;
  readonly indicator: string;
  /** Which knowledge wrote it. */
  readonly knowledge: string;
  /** Keyed hash of the patient's id. */
  readonly patient: string;
  readonly shown_at: string;
}

/** What a card says: one row per rule. */
interface ShownRuleTable {
  readonly card: string;
  readonly rule: string;
  readonly version: number;
}

/** What a card offers. */
interface ShownSuggestionTable {
  /** The suggestion's uuid. */
  readonly suggestion: string;
  readonly card: string;
  /** `create ServiceRequest`, `delete MedicationRequest`. */
  readonly action: string;
}

/** What became of a card. Several rows when the client said several things; the same thing said twice is one row. */
interface FeedbackTable {
  /** Digest of everything the client said. */
  readonly event: string;
  /** The card's uuid, or a digest of what the client sent instead. May name no card that we know. */
  readonly card: string;
  readonly service: string;
  readonly outcome: string;
  readonly reason_system: string | null;
  readonly reason_code: string | null;
  /** 1 if the user wrote a comment. The comment is not kept. */
  readonly commented: number;
  readonly outcome_at: string;
  readonly received_at: string;
}

interface AcceptedSuggestionTable {
  readonly event: string;
  readonly suggestion: string;
}

/** Tokens that were used and must not be used again. */
interface UsedTokenTable {
  /** Digest of issuer and `jti`. */
  readonly token: string;
  readonly expires_at: string;
}

/** One row, written to see whether the store can be written to. */
interface HeartbeatTable {
  readonly id: number;
  readonly at: string;
}
