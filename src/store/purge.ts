import { sql } from 'kysely';
import type { Database, Tables } from './database.ts';

export interface Purged {
  readonly cards: number;
  readonly feedback: number;
}

/** Purges, and in SQLite also the log of changes, in which the rows would live on until it is overwritten. */
export async function purge(database: Database, before: Date): Promise<Purged> {
  const purged = await database.write((tables) => purgeBefore(tables, before));
  if (database.kind === 'sqlite' && purged.cards + purged.feedback > 0) {
    await database.read((tables) => sql`PRAGMA wal_checkpoint(TRUNCATE)`.execute(tables));
  }
  return purged;
}

/** Removes the cards that were shown before, what was said of them, and what was said before of any other card. */
export async function purgeBefore(tables: Tables, before: Date): Promise<Purged> {
  const limit = before.toISOString();
  const oldCards = tables.selectFrom('shown_card').where('shown_at', '<', limit);
  const cards = await oldCards.select(count).executeTakeFirstOrThrow();
  const oldFeedback = tables
    .selectFrom('feedback')
    .where((is) => is.or([is('received_at', '<', limit), is('card', 'in', oldCards.select('card'))]));
  const feedback = await oldFeedback.select(count).executeTakeFirstOrThrow();
  await tables.deleteFrom('feedback').where('event', 'in', oldFeedback.select('event')).execute();
  await tables.deleteFrom('shown_card').where('shown_at', '<', limit).execute();
  return { cards: Number(cards.count), feedback: Number(feedback.count) };
}

const count = sql<number | string>`count(*)`.as('count');
