import { pino } from 'pino';
import type { Database } from '../../src/store/database.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { createSqlStore, type SqlStore } from '../../src/store/sql-store.ts';

/** A store in memory, and what is in it. */
export function recordingStore(now = () => new Date('2026-11-05T12:00:00Z')) {
  const database = openDatabase({});
  const store = createSqlStore(database, pino({ level: 'silent' }), now);
  return { store, database, rows: () => rowsIn(store, database) };
}

/** Every row of every table, once all that is under way is written. */
export async function rowsIn(store: SqlStore, database: Database) {
  // Feedback waits for the cards that were shown before it.
  await store.keepFeedback([]);
  return database.read(async (tables) => ({
    cards: await tables.selectFrom('shown_card').selectAll().orderBy('shown_at').execute(),
    rules: await tables.selectFrom('shown_rule').selectAll().orderBy('rule').execute(),
    suggestions: await tables.selectFrom('shown_suggestion').selectAll().execute(),
    feedback: await tables.selectFrom('feedback').selectAll().orderBy('outcome_at').execute(),
    accepted: await tables.selectFrom('accepted_suggestion').selectAll().execute(),
  }));
}
