import { createHash } from 'node:crypto';
import { chunks } from './chunks.ts';
import type { Tables } from './database.ts';
import type { FeedbackEvent, FeedbackReceipt } from './store.ts';

/** Adds events. What a client said before is not added again, whichever replica it told. */
export async function insertFeedback(
  tables: Tables,
  events: readonly FeedbackEvent[],
  receivedAt: Date,
): Promise<FeedbackReceipt> {
  const distinct = new Map(events.map((event) => [digestOf(event), event]));
  // In one order everywhere: two replicas that are told the same at once must not wait for each other in a ring.
  const byDigest = [...distinct].sort(([a], [b]) => (a < b ? -1 : 1));
  const rows = byDigest.map(([digest, event]) => row(digest, event, receivedAt));
  let added = 0;
  for (const some of chunks(rows)) {
    const inserted = await tables
      .insertInto('feedback')
      .values(some)
      .onConflict((conflict) => conflict.doNothing())
      .returning('event')
      .execute();
    added += inserted.length;
  }
  const accepted = byDigest.flatMap(([event, { acceptedSuggestions }]) =>
    [...new Set(acceptedSuggestions)].map((suggestion) => ({ event, suggestion })),
  );
  for (const some of chunks(accepted)) {
    await tables
      .insertInto('accepted_suggestion')
      .values(some)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  const known = await knownCards(tables, [...new Set(events.map(({ card }) => card))]);
  return { repeated: events.length - added, unknown: events.filter(({ card }) => !known.has(card)).length };
}

async function knownCards(tables: Tables, cards: readonly string[]): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  for (const some of chunks(cards)) {
    const rows = await tables.selectFrom('shown_card').select('card').where('card', 'in', some).execute();
    for (const { card } of rows) known.add(card);
  }
  return known;
}

/** Everything that was said, so that the same words are the same event and a change of mind is another one. */
function digestOf({ card, outcome, reason, commented, acceptedSuggestions, outcomeAt }: FeedbackEvent): string {
  const said = [
    card,
    outcome,
    [...new Set(acceptedSuggestions)].sort(),
    reason?.system ?? '',
    reason?.code ?? '',
    commented,
    outcomeAt?.toISOString() ?? '',
  ];
  return createHash('sha256').update(JSON.stringify(said)).digest('hex');
}

function row(event: string, { card, service, outcome, reason, commented, outcomeAt }: FeedbackEvent, receivedAt: Date) {
  return {
    event,
    card,
    service,
    outcome,
    reason_system: reason?.system ?? null,
    reason_code: reason?.code ?? null,
    commented: commented ? 1 : 0,
    outcome_at: (outcomeAt ?? receivedAt).toISOString(),
    received_at: receivedAt.toISOString(),
  };
}
