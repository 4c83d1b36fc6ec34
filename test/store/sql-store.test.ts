import { setTimeout } from 'node:timers/promises';
import { pino } from 'pino';
import type { Database } from '../../src/store/database.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { createSqlStore } from '../../src/store/sql-store.ts';
import { StoreError } from '../../src/store/store-error.ts';
import { overridden, shownCard } from '../support/stores.ts';

/** A store whose first write takes its time, and what happened in which order. */
function slowStore(delay: () => Promise<unknown>) {
  const events: string[] = [];
  const lines: string[] = [];
  const memory = openDatabase({});
  let writes = 0;
  const database: Database = {
    ...memory,
    async write(work) {
      writes += 1;
      const write = writes;
      events.push(`${write} begins`);
      if (write === 1) await delay();
      const result = await memory.write(work);
      events.push(`${write} is done`);
      return result;
    },
  };
  const logger = pino({}, { write: (line: string) => void lines.push(line) });
  return { events, lines, store: createSqlStore(database, logger, () => new Date()) };
}

describe('a store without room for records', () => {
  it('is not ready, although it has room for the row that asks, until a record is written', async () => {
    const memory = openDatabase({});
    let isFull = false;
    let writes = 0;
    const database: Database = {
      ...memory,
      async write(work) {
        writes += 1;
        if (isFull && writes % 2 === 0) throw new StoreError('SQLITE_FULL');
        return memory.write(work);
      },
    };
    const store = createSqlStore(database, pino({ level: 'silent' }), () => new Date());
    expect(await store.isAvailable()).toBe(true);
    isFull = true;
    await expect(store.keepFeedback([overridden('foreign:1')])).rejects.toMatchObject({ reason: 'SQLITE_FULL' });
    expect(await store.isAvailable()).toBe(false);
    isFull = false;
    await store.keepFeedback([overridden('foreign:1')]);
    expect(await store.isAvailable()).toBe(true);
  });
});

describe('the store', () => {
  it('writes the cards before what is said of them', async () => {
    const { store, events } = slowStore(() => setTimeout(100));
    const card = shownCard();
    store.cardsShown([card]);
    expect(await store.keepFeedback([overridden(card.uuid)])).toEqual({ repeated: 0, unknown: 0 });
    expect(events).toEqual(['1 begins', '1 is done', '2 begins', '2 is done']);
  });

  it('keeps feedback also when the cards before it do not get through', async () => {
    const { store } = slowStore(() => new Promise(() => {}));
    store.cardsShown([shownCard()]);
    expect(await store.keepFeedback([overridden('foreign:1')])).toEqual({ repeated: 0, unknown: 1 });
  });

  it('is closed in time, and says what is lost', async () => {
    const { store, lines } = slowStore(() => new Promise(() => {}));
    store.cardsShown([shownCard(), shownCard()]);
    await setTimeout(20);
    store.cardsShown([shownCard()]);
    const started = performance.now();
    await store.close(100);
    expect(performance.now() - started).toBeLessThan(2000);
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ level: 40, lost: 3, msg: 'records that could not be written are lost' }),
    ]);
  });
});
