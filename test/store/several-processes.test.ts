import { randomUUID } from 'node:crypto';
import { insertFeedback } from '../../src/store/feedback.ts';
import { insertShownCards } from '../../src/store/shown-cards.ts';
import { describeSharedStores, eachWithDatabase, overridden, shownCard } from '../support/stores.ts';

describeSharedStores('a store that several processes use', (create) => {
  const { database } = eachWithDatabase(create);

  it('is made once when they start at the same time', async () => {
    const replicas = Array.from({ length: 6 }, () => database(10_000));
    const counts = await Promise.all(
      replicas.map((replica) => replica.read((tables) => tables.selectFrom('shown_card').selectAll().execute())),
    );
    expect(counts.flat()).toEqual([]);
    const done = replicas[0]?.read((tables) =>
      tables
        .selectFrom('kysely_migration' as 'heartbeat')
        .selectAll()
        .execute(),
    );
    expect(await done).toHaveLength(1);
  });

  it('is still there when it is opened again', async () => {
    const before = database();
    const card = shownCard();
    await before.write((tables) => insertShownCards(tables, [card]));
    await before.close();
    const after = database();
    const found = await after.read((tables) => tables.selectFrom('shown_card').select('card').execute());
    expect(found).toEqual([{ card: card.uuid }]);
  });

  it('shows one what another wrote', async () => {
    const [one, other] = [database(), database()];
    const card = shownCard();
    await one.write((tables) => insertShownCards(tables, [card]));
    const receipt = other.write((tables) => insertFeedback(tables, [overridden(card.uuid)], new Date()));
    expect(await receipt).toEqual({ repeated: 0, unknown: 0 });
  });

  it('takes what both are told at once as once, in whatever order they are told', async () => {
    const replicas = [database(10_000), database(10_000)];
    const events = Array.from({ length: 200 }, () => overridden(randomUUID()));
    const told = replicas.flatMap((replica) =>
      [events, [...events].reverse()].map((some) =>
        replica.write((tables) => insertFeedback(tables, some, new Date())),
      ),
    );
    const repeated = (await Promise.all(told)).map((receipt) => receipt.repeated);
    expect(repeated.reduce((sum, one) => sum + one, 0)).toBe(600);
  });
});
