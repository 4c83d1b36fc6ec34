import { randomUUID } from 'node:crypto';
import { insertFeedback } from '../../src/store/feedback.ts';
import { insertShownCards } from '../../src/store/shown-cards.ts';
import type { FeedbackEvent, ShownCard } from '../../src/store/store.ts';
import { accepted, describeStores, eachWithDatabase, overridden, shownCard } from '../support/stores.ts';

const receivedAt = new Date('2026-11-05T12:02:00Z');

describeStores('the store', (create) => {
  const { database } = eachWithDatabase(create);
  const withStore = () => {
    const store = database();
    return {
      store,
      show: (...cards: readonly ShownCard[]) => store.write((tables) => insertShownCards(tables, cards)),
      tell: (...events: readonly FeedbackEvent[]) =>
        store.write((tables) => insertFeedback(tables, events, receivedAt)),
    };
  };

  it('is ready at the first use and needs no command', async () => {
    const { store } = withStore();
    expect(await store.read((tables) => tables.selectFrom('shown_card').selectAll().execute())).toEqual([]);
  });

  it('keeps what a card was, and nothing else', async () => {
    const { store, show } = withStore();
    const card = shownCard({
      rules: [
        { id: 'a', version: 1 },
        { id: 'b', version: 12 },
      ],
    });
    await show(card);
    expect(await store.read((tables) => tables.selectFrom('shown_card').selectAll().execute())).toEqual([
      {
        card: card.uuid,
        service: 'hcc-order-sign',
        hook: 'order-sign',
        hook_instance: '3b1f4a1e-5c0e-4d8e-9d51-0b7d6c3f2a10',
        topic: 'HCCSUITABILITY',
        indicator: 'warning',
        knowledge: 'k1',
        patient: '0123456789abcdef0123456789abcdef',
        shown_at: '2026-11-05T12:00:00.000Z',
      },
    ]);
    expect(await store.read((tables) => tables.selectFrom('shown_rule').selectAll().orderBy('rule').execute())).toEqual(
      [
        { card: card.uuid, rule: 'a', version: 1 },
        { card: card.uuid, rule: 'b', version: 12 },
      ],
    );
    expect(await store.read((tables) => tables.selectFrom('shown_suggestion').selectAll().execute())).toEqual([
      { suggestion: card.suggestions[0]?.uuid, card: card.uuid, action: 'delete ServiceRequest' },
    ]);
  });

  it('takes a card twice as once, because a write that broke off is repeated', async () => {
    const { store, show } = withStore();
    const card = shownCard();
    await show(card, shownCard());
    await show(card);
    expect(await store.read((tables) => tables.selectFrom('shown_card').selectAll().execute())).toHaveLength(2);
    expect(await store.read((tables) => tables.selectFrom('shown_rule').selectAll().execute())).toHaveLength(2);
  });

  it('keeps a card that says nothing of a call, a rule or a suggestion', async () => {
    const { store, show } = withStore();
    const { hookInstance: _, ...card } = shownCard({ rules: [], suggestions: [] });
    await show(card);
    const [kept] = await store.read((tables) => tables.selectFrom('shown_card').selectAll().execute());
    expect(kept?.hook_instance).toBeNull();
  });

  it('keeps what was said of a card, with the reason and without the comment', async () => {
    const { store, show, tell } = withStore();
    const card = shownCard();
    await show(card);
    const reason = { system: 'urn:x', code: 'y' };
    expect(await tell(overridden(card.uuid, { reason, commented: true }))).toEqual({ repeated: 0, unknown: 0 });
    expect(await store.read((tables) => tables.selectFrom('feedback').selectAll().execute())).toEqual([
      {
        event: expect.stringMatching(/^[0-9a-f]{64}$/),
        card: card.uuid,
        service: 'hcc-order-sign',
        outcome: 'overridden',
        reason_system: 'urn:x',
        reason_code: 'y',
        commented: 1,
        outcome_at: '2026-11-05T12:01:00.000Z',
        received_at: '2026-11-05T12:02:00.000Z',
      },
    ]);
  });

  it('knows which suggestion was accepted', async () => {
    const { store, show, tell } = withStore();
    const card = shownCard();
    await show(card);
    await tell(accepted(card.uuid, [card.suggestions[0]?.uuid ?? '', randomUUID()]));
    const joined = store.read((tables) =>
      tables
        .selectFrom('accepted_suggestion')
        .leftJoin('shown_suggestion', 'shown_suggestion.suggestion', 'accepted_suggestion.suggestion')
        .select('shown_suggestion.action')
        .orderBy('action')
        .execute(),
    );
    expect((await joined).map(({ action }) => action)).toEqual(expect.arrayContaining(['delete ServiceRequest', null]));
  });

  it('takes the same thing said again as once, alone, in a batch and within one', async () => {
    const { store, tell } = withStore();
    const [one, other] = [overridden(randomUUID()), accepted(randomUUID(), [randomUUID()])];
    expect(await tell(one)).toMatchObject({ repeated: 0 });
    expect(await tell(one)).toMatchObject({ repeated: 1 });
    expect(await tell(other, one, other)).toMatchObject({ repeated: 2 });
    expect(await store.read((tables) => tables.selectFrom('feedback').selectAll().execute())).toHaveLength(2);
  });

  it('takes suggestions in another order as the same', async () => {
    const { tell } = withStore();
    const [card, a, b] = [randomUUID(), randomUUID(), randomUUID()];
    await tell(accepted(card, [a, b]));
    expect(await tell(accepted(card, [b, a, b]))).toMatchObject({ repeated: 1 });
  });

  it.each<[string, Partial<FeedbackEvent>]>([
    ['another outcome', { outcome: 'accepted' }],
    ['another time', { outcomeAt: new Date('2026-11-05T12:01:00.001Z') }],
    ['a reason', { reason: { code: 'x' } }],
    ['another suggestion', { acceptedSuggestions: [randomUUID()] }],
    ['a comment', { commented: true }],
  ])('keeps the history: %s is another event', async (_, more) => {
    const { store, tell } = withStore();
    const first = overridden(randomUUID());
    await tell(first);
    expect(await tell({ ...first, ...more })).toMatchObject({ repeated: 0 });
    expect(await store.read((tables) => tables.selectFrom('feedback').selectAll().execute())).toHaveLength(2);
  });

  it('takes an event without a time as of its receipt, and its repetition as the same', async () => {
    const { store, tell } = withStore();
    const { outcomeAt: _, ...timeless } = overridden(randomUUID());
    await tell(timeless);
    expect(await store.write((tables) => insertFeedback(tables, [timeless], new Date()))).toMatchObject({
      repeated: 1,
    });
    const [kept] = await store.read((tables) => tables.selectFrom('feedback').selectAll().execute());
    expect(kept?.outcome_at).toBe('2026-11-05T12:02:00.000Z');
  });

  it('keeps feedback on a card it does not know, says so, and finds the card once it is there', async () => {
    const { store, show, tell } = withStore();
    const [card, late] = [shownCard(), shownCard()];
    await show(card);
    expect(await tell(overridden(late.uuid), overridden(card.uuid), overridden('neither'))).toEqual({
      repeated: 0,
      unknown: 2,
    });
    await show(late);
    const known = store.read((tables) =>
      tables
        .selectFrom('feedback')
        .innerJoin('shown_card', 'shown_card.card', 'feedback.card')
        .select('topic')
        .execute(),
    );
    expect(await known).toHaveLength(2);
  });

  it('takes as much as a client may send at once', async () => {
    const { store, tell } = withStore();
    const many = Array.from({ length: 1000 }, () => accepted(randomUUID(), [randomUUID(), randomUUID()]));
    expect(await tell(...many)).toEqual({ repeated: 0, unknown: 1000 });
    expect(await store.read((tables) => tables.selectFrom('accepted_suggestion').selectAll().execute())).toHaveLength(
      2000,
    );
  });

  it('keeps all of a write or nothing of it', async () => {
    const { store, tell } = withStore();
    const broken = store.write(async (tables) => {
      await insertFeedback(tables, [overridden(randomUUID())], receivedAt);
      throw new Error('planted');
    });
    await expect(broken).rejects.toMatchObject({ code: 'ERR_STORE' });
    expect(await store.read((tables) => tables.selectFrom('feedback').selectAll().execute())).toEqual([]);
    await tell(overridden(randomUUID()));
  });

  it('goes on after a write that the database refused', async () => {
    const { store, show } = withStore();
    const card = shownCard();
    await show(card);
    const twice = store.write((tables) =>
      tables.insertInto('shown_rule').values({ card: 'nobody', rule: 'a', version: 1 }).execute(),
    );
    await expect(twice).rejects.toMatchObject({ code: 'ERR_STORE', isFinal: true });
    await show(shownCard());
    expect(await store.read((tables) => tables.selectFrom('shown_card').selectAll().execute())).toHaveLength(2);
  });

  it('takes writes that come at once', async () => {
    const { store, show } = withStore();
    await Promise.all(Array.from({ length: 30 }, () => show(shownCard())));
    expect(await store.read((tables) => tables.selectFrom('shown_card').selectAll().execute())).toHaveLength(30);
  });
});
