import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { insertFeedback } from '../../src/store/feedback.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { purge, purgeBefore } from '../../src/store/purge.ts';
import { retentionDays, retentionLimit, startRetention } from '../../src/store/retention.ts';
import { insertShownCards } from '../../src/store/shown-cards.ts';
import { accepted, describeStores, eachWithDatabase, freshFolder, overridden, shownCard } from '../support/stores.ts';

const limit = new Date('2026-06-01T00:00:00Z');
const before = new Date('2026-05-31T23:59:59.999Z');

describeStores('the purge', (create) => {
  const { database } = eachWithDatabase(create);

  it('removes old cards with all that belongs to them and was said of them, and old feedback, and leaves the rest', async () => {
    const store = database();
    const [old, young, kept] = [
      shownCard({ shownAt: before }),
      shownCard({ shownAt: before }),
      shownCard({ shownAt: limit }),
    ];
    await store.write(async (tables) => {
      await insertShownCards(tables, [old, young, kept]);
      await insertFeedback(tables, [accepted(old.uuid, [randomUUID()]), overridden(randomUUID())], before);
      await insertFeedback(tables, [overridden(young.uuid), overridden(kept.uuid), overridden('foreign:1')], limit);
    });
    expect(await store.write((tables) => purgeBefore(tables, limit))).toEqual({ cards: 2, feedback: 3 });
    const left = await store.read(async (tables) => [
      await tables.selectFrom('shown_card').select('card').execute(),
      await tables.selectFrom('shown_rule').select('card').execute(),
      await tables.selectFrom('shown_suggestion').select('card').execute(),
      await tables.selectFrom('feedback').select('card').orderBy('card').execute(),
      await tables.selectFrom('accepted_suggestion').select('event as card').execute(),
    ]);
    const own = [{ card: kept.uuid }];
    expect(left.slice(0, 3)).toEqual([own, own, own]);
    expect(left[3]?.map(({ card }) => card).sort()).toEqual([kept.uuid, 'foreign:1'].sort());
    expect(left[4]).toEqual([]);
    expect(await store.write((tables) => purgeBefore(tables, limit))).toEqual({ cards: 0, feedback: 0 });
  });

  it('runs by itself', async () => {
    const store = database();
    const now = new Date('2026-11-05T12:00:00Z');
    const days = (count: number) => new Date(now.getTime() - count * 86_400_000);
    const cards = [shownCard({ shownAt: days(retentionDays + 1) }), shownCard({ shownAt: days(retentionDays - 1) })];
    await store.write((tables) => insertShownCards(tables, cards));
    const purged = new Promise<Record<string, unknown>>((resolve) => {
      const logger = pino({}, { write: (line: string) => resolve(JSON.parse(line)) });
      startRetention(store, logger, () => now)();
    });
    expect(await purged).toMatchObject({ level: 30, msg: 'old records purged', cards: 1, feedback: 0, days: 400 });
    expect(await store.read((tables) => tables.selectFrom('shown_card').select('card').execute())).toEqual([
      { card: cards[1]?.uuid },
    ]);
  });
});

it('keeps records for 400 days, as operations are told', () => {
  expect(readFileSync('docs/operations.md', 'utf8')).toContain(`\n${retentionDays} days, by the day`);
  expect(retentionLimit(new Date('2027-02-04T00:00:00Z'))).toEqual(new Date('2025-12-31T00:00:00Z'));
});

it('leaves nothing of what was purged in the file', async () => {
  const { place, remove } = await freshFolder();
  const database = openDatabase(place);
  const card = shownCard({ shownAt: before });
  await database.write((tables) => insertShownCards(tables, [card]));
  const found = () =>
    readdirSync(place.dataDir).filter((name) => readFileSync(join(place.dataDir, name)).includes(card.uuid));
  expect(found().length).toBeGreaterThan(0);
  await purge(database, limit);
  await database.close();
  expect(found()).toEqual([]);
  await remove();
});
