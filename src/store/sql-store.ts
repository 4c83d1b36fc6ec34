import type { Logger } from 'pino';
import { type Database, type Tables, within } from './database.ts';
import { insertFeedback } from './feedback.ts';
import { insertShownCards } from './shown-cards.ts';
import type { ShownCard, Store } from './store.ts';
import { StoreError } from './store-error.ts';
import { createWriteBehind } from './write-behind.ts';

/** The longest that anybody who asks for the state waits: less than a probe does. */
const stateMs = 800;
/** How long a record for which there was no room counts, unless one is written before [ms]. */
const fullForMs = 10_000;
/** How long a good state is believed, so that nobody who asks often makes the store write often. */
const goodForMs = 1000;
/** The longest that feedback waits for the cards that were shown before it. */
const cardsFirstMs = 500;

export interface SqlStore extends Store {
  /** Writes what waits and closes the database; each may take so long. */
  close(ms: number): Promise<void>;
}

export function createSqlStore(database: Database, logger: Logger, now: () => Date): SqlStore {
  let state: Promise<boolean> | undefined;
  let lastGood = Number.NEGATIVE_INFINITY;
  let lastFull = Number.NEGATIVE_INFINITY;

  /** A full disk may have room for the one row that says so, and none for a record. */
  const recording = async <T>(work: (tables: Tables) => Promise<T>): Promise<T> => {
    try {
      const result = await database.write(work);
      lastFull = Number.NEGATIVE_INFINITY;
      return result;
    } catch (error) {
      if (error instanceof StoreError && error.isFull) lastFull = performance.now();
      throw error;
    }
  };
  const shown = createWriteBehind<ShownCard>({
    logger,
    write: (cards) => recording((tables) => insertShownCards(tables, cards)),
  });

  /** A real write: a server that has become a standby, and a full disk, can still be read. */
  const canBeWritten = async () => {
    try {
      const at = now().toISOString();
      await database.write((tables) =>
        tables
          .insertInto('heartbeat')
          .values({ id: 1, at })
          .onConflict((conflict) => conflict.column('id').doUpdateSet({ at }))
          .execute(),
      );
      lastGood = performance.now();
      shown.wake();
      return true;
    } catch {
      lastGood = Number.NEGATIVE_INFINITY;
      return false;
    }
  };

  return {
    cardsShown: (cards) => shown.add(cards),
    async keepFeedback(events) {
      // What is said at once of a card finds the card.
      await within(cardsFirstMs, shown.settled()).catch(() => {});
      const receipt = await recording((tables) => insertFeedback(tables, events, now()));
      shown.wake();
      return receipt;
    },
    async isAvailable() {
      if (performance.now() - lastFull < fullForMs) {
        shown.wake();
        return false;
      }
      if (performance.now() - lastGood < goodForMs) return true;
      // However many ask, one question is on its way.
      state ??= canBeWritten().finally(() => {
        state = undefined;
      });
      return within(stateMs, state).catch(() => false);
    },
    async close(ms) {
      shown.wake();
      await within(ms, shown.settled()).catch(() => {});
      if (shown.count() > 0) logger.warn({ lost: shown.count() }, 'records that could not be written are lost');
      await within(ms, database.close()).catch(() => {});
    },
  };
}
