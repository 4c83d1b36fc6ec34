import { pino } from 'pino';
import request from 'supertest';
import type { Card } from '../../src/cds-hooks/card.ts';
import { shippedDefinitions, testApp } from '../support/app.ts';
import { recordingStore } from '../support/recording-store.ts';
import {
  atezolizumab,
  bilirubin,
  call,
  condition,
  drafts,
  hcc,
  patientId,
  prefetch,
  searchset,
  select,
  send,
  tace,
  without,
} from './requests.ts';

const tense = condition('tense', '389026000', 'Tense ascites in zqward');
const jaundiced = { ...prefetch, labs: searchset(bilirubin(6)), conditions: searchset(hcc, tense) };
const withoutLabs = { ...without('labs'), labs: searchset() };

function withRecords(options: Parameters<typeof testApp>[0] = {}) {
  const records = recordingStore();
  const app = testApp({ store: records.store, patientHash: (id) => `hash of ${id.length} characters`, ...options });
  return { ...records, app };
}

describe('a card that is answered', () => {
  const { app, rows } = withRecords({ knowledgeHash: 'k-2026' });
  let cards: readonly Card[];

  beforeAll(async () => {
    const hookInstance = '3B1F4A1E-5C0E-4D8E-9D51-0B7D6C3F2A10';
    cards = (await send(call({ prefetch: jaundiced, hookInstance }, { draftOrders: drafts(tace, atezolizumab) }), app))
      .body.cards;
    expect(cards.length).toBeGreaterThan(1);
  });

  it('is recorded under its uuid, with service, hook, topic, indicator, knowledge and time', async () => {
    const { cards: kept } = await rows();
    const byUuid = new Map(kept.map((row) => [row.card, row]));
    for (const { uuid, indicator, source } of cards) {
      expect(byUuid.get(uuid)).toEqual({
        card: uuid,
        service: 'hcc-order-sign',
        hook: 'order-sign',
        hook_instance: '3b1f4a1e-5c0e-4d8e-9d51-0b7d6c3f2a10',
        topic: source.topic.code,
        indicator,
        knowledge: 'k-2026',
        patient: `hash of ${patientId.length} characters`,
        shown_at: '2026-11-05T12:00:00.000Z',
      });
    }
    expect(kept).toHaveLength(cards.length);
  });

  it('is joined with every rule that it tells of', async () => {
    const { rules } = await rows();
    for (const { uuid, detail } of cards) {
      const kept = rules.filter(({ card }) => card === uuid);
      expect(kept.length).toBeGreaterThan(0);
      for (const { rule, version } of kept) {
        expect(shippedDefinitions().rules).toContainEqual(expect.objectContaining({ id: rule, version }));
        expect(detail).toContain(rule);
      }
    }
  });

  it('is joined with what it offers, by kind', async () => {
    const { suggestions } = await rows();
    const offered = cards.flatMap(({ uuid, suggestions: some = [] }) =>
      some.map((one) => ({
        suggestion: one.uuid,
        card: uuid,
        action: one.actions[0]?.resourceId?.startsWith('Medication')
          ? 'delete MedicationRequest'
          : 'delete ServiceRequest',
      })),
    );
    expect(offered.length).toBeGreaterThan(1);
    expect(suggestions).toEqual(expect.arrayContaining(offered));
    expect(suggestions).toHaveLength(offered.length);
  });
});

describe('what is recorded', () => {
  it('names a gap as well as a rule', async () => {
    const { app, rows } = withRecords();
    await send(call({ prefetch: withoutLabs }), app);
    const { cards, rules, suggestions } = await rows();
    expect(cards.map(({ topic }) => topic)).toEqual(['HCCGAPS']);
    expect(rules).toEqual([expect.objectContaining({ rule: 'gaps-laboratory', version: 1 })]);
    expect(suggestions.map(({ action }) => action)).toEqual(expect.arrayContaining(['create ServiceRequest']));
  });

  it('is the card of an opened record, too', async () => {
    const { app, rows } = withRecords();
    const body = { hook: 'patient-view', hookInstance: '3b1f4a1e-5c0e-4d8e-9d51-0b7d6c3f2a10', prefetch };
    const context = { userId: 'Practitioner/zq-user-1', patientId };
    const response = await request(app)
      .post('/cds-services/hcc-patient-view')
      .send({ ...body, context });
    const { cards, rules } = await rows();
    expect(cards).toEqual([
      expect.objectContaining({ card: response.body.cards[0].uuid, hook: 'patient-view', topic: 'HCCOVERVIEW' }),
    ]);
    expect(rules).toEqual([{ card: cards[0]?.card, rule: 'patient-view', version: expect.any(Number) }]);
  });

  it('is nothing when there is no card, or no answer', async () => {
    const { app, rows } = withRecords();
    await send(call(), app);
    await send(call({}, { draftOrders: undefined }), app);
    await send(call({ prefetch: {} }), app);
    await send(call({}, { patientId: undefined }), app);
    expect((await rows()).cards).toEqual([]);
  });

  it.each(['Zqfamilyname 1951-07-23', 'call-17', '3b1f4a1e5c0e4d8e9d510b7d6c3f2a10'])(
    'leaves out a hookInstance that is no UUID: %s',
    async (hookInstance) => {
      const { app, rows } = withRecords();
      await send(call({ prefetch: jaundiced, hookInstance }), app);
      expect((await rows()).cards.map((row) => row.hook_instance)).toEqual([null]);
    },
  );

  it('holds no string of the record, of the orders or of the context', async () => {
    const { app, database, store } = withRecords({ patientHash: () => 'hash' });
    const bodies = [
      call({ prefetch: jaundiced, hookInstance: 'Zqfamilyname' }, { draftOrders: drafts(tace, atezolizumab) }),
      call({ prefetch: withoutLabs }),
      select(['ServiceRequest/zq-tace-1'], { prefetch: jaundiced }),
    ];
    for (const body of bodies) await send(body, app);
    await store.keepFeedback([]);
    const everything = await database.read(async (tables) =>
      JSON.stringify([
        await tables.selectFrom('shown_card').selectAll().execute(),
        await tables.selectFrom('shown_rule').selectAll().execute(),
        await tables.selectFrom('shown_suggestion').selectAll().execute(),
      ]),
    );
    expect(everything.length).toBeGreaterThan(500);
    expect(everything).not.toMatch(/zq|1951|98765|7654321/i);
  });

  it('is asked for once per card, before the answer is out, and never waited for', async () => {
    const shown: string[] = [];
    const never = new Promise<never>(() => {});
    const app = testApp({
      store: {
        cardsShown: (cards) => shown.push(...cards.map(({ uuid }) => uuid)),
        keepFeedback: () => never,
        isAvailable: () => never,
      },
    });
    const { body } = await send(call({ prefetch: jaundiced }), app);
    expect(shown).toEqual(body.cards.map(({ uuid }: Card) => uuid));
  });

  it('joins feedback that comes the moment the answer is there', async () => {
    const lines: string[] = [];
    const logger = pino({}, { write: (line: string) => void lines.push(line) });
    const { app, database } = withRecords({ logger });
    for (let round = 0; round < 10; round += 1) {
      const { body } = await send(call({ prefetch: jaundiced }), app);
      const feedback = body.cards.map(({ uuid }: Card) => ({ card: uuid, outcome: 'overridden' }));
      await request(app).post('/cds-services/hcc-order-sign/feedback').send({ feedback }).expect(200);
    }
    const joined = database.read((tables) =>
      tables
        .selectFrom('feedback')
        .innerJoin('shown_rule', 'shown_rule.card', 'feedback.card')
        .innerJoin('shown_card', 'shown_card.card', 'feedback.card')
        .select(['rule', 'indicator', 'knowledge'])
        .execute(),
    );
    expect((await joined).length).toBeGreaterThanOrEqual(10);
    const unknown = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'feedback received');
    expect(unknown.map((line) => line.unknown)).toEqual(Array.from({ length: 10 }, () => 0));
  });
});
