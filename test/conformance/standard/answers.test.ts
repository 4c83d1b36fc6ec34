import request, { type Response } from 'supertest';
import type { Action, Card, Suggestion } from '../../../src/cds-hooks/card.ts';
import { call } from '../../http/requests.ts';
import { shippedDefinitions, testApp } from '../../support/app.ts';
import { transcripts } from '../../support/golden.ts';
import { faultsOf } from '../../support/validate-response.ts';

/** What holds for every answer, looked at in the answers to all golden requests. */

const answers: Response[] = [];
const others: Response[] = [];
let cards: readonly Card[];
let suggestions: readonly Suggestion[];
let actions: readonly Action[];

beforeAll(async () => {
  const { services } = shippedDefinitions().service;
  const app = testApp({ sandbox: true });
  for (const { request: body } of transcripts()) {
    const id = services.find(({ hook }) => hook === body.hook)?.id;
    answers.push(await request(app).post(`/cds-services/${id}`).send(body));
  }
  const sign = '/cds-services/hcc-order-sign';
  others.push(
    await request(app).get('/cds-services'),
    await request(app).post(`${sign}/feedback`).send({ feedback: [] }),
    await request(app).post(sign).type('json').send('{'),
    await request(app).post('/cds-services/unknown').send(call()),
    await request(app).get('/cds-services/hcc-order-sign'),
  );
  cards = answers.flatMap(({ body }) => body.cards ?? []);
  suggestions = cards.flatMap((card) => card.suggestions ?? []);
  actions = suggestions.flatMap((suggestion) => suggestion.actions);
});

it('there are answers of every kind to look at', () => {
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 400, 412]));
  expect(new Set(cards.map(({ indicator }) => indicator))).toEqual(new Set(['info', 'warning', 'critical']));
  expect(new Set(actions.map(({ type }) => type))).toEqual(new Set(['create', 'delete']));
});

describe('every body', () => {
  it('T1: is JSON, and says so', () => {
    for (const { headers } of [...answers, ...others]) expect(headers['content-type']).toMatch(/^application\/json\b/);
  });

  it('T4, T9: is plain JSON without comments, trailing commas or white space that means nothing', () => {
    for (const { text } of [...answers, ...others]) expect(text).toBe(JSON.stringify(JSON.parse(text)));
  });

  it('T3: holds nothing that is null or empty', () => {
    for (const { body } of answers)
      expect(emptyIn({ ...body, cards: body.cards?.length === 0 ? 1 : body.cards })).toEqual([]);
  });

  it('R7: that is no success is an OperationOutcome that says what is wrong', () => {
    const refused = [...answers, ...others].filter(({ status }) => status !== 200);
    expect(refused.length).toBeGreaterThan(3);
    for (const { body } of refused) {
      expect(body).toMatchObject({ resourceType: 'OperationOutcome', issue: [{ severity: 'error' }] });
      expect(body.issue[0].details.text).not.toBe('');
    }
  });
});

describe('an answer with or without cards', () => {
  const successes = () => answers.filter(({ status }) => status === 200);

  it('R1: is an object with a list of cards', () => {
    for (const { body } of successes()) expect(Array.isArray(body.cards)).toBe(true);
  });

  it('R3, Y2: has nothing besides: nothing is done that nobody has agreed to', () => {
    for (const { body } of successes()) expect(Object.keys(body)).toEqual(['cards']);
  });

  it('follows the schema and the invariants of the standard', () => {
    const requests = transcripts().map((one) => one.request);
    expect(answers.flatMap((response, index) => faultsOf(response, requests[index]))).toEqual([]);
  });
});

describe('every card', () => {
  it('K1: has a uuid of its own', () => {
    for (const { uuid } of cards) expect(uuid).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(new Set(cards.map(({ uuid }) => uuid)).size).toBe(cards.length);
  });

  it('K2: has a summary of one line and fewer than 140 characters', () => {
    for (const { summary } of cards) expect(summary).toMatch(/^[^\n]{1,139}$/);
  });

  it('K4: is info, warning or critical', () => {
    for (const { indicator } of cards) expect(['info', 'warning', 'critical']).toContain(indicator);
  });

  it('K5, K6, K9: names its source, and its topic by letters and digits', () => {
    for (const { source } of cards) {
      expect(source.label).not.toBe('');
      expect(source.topic.system).toMatch(/^urn:/);
      expect(source.topic.code).toMatch(/^[A-Za-z0-9]{1,100}$/);
    }
  });

  it('K10: says how to choose where there is something to choose, and only there', () => {
    for (const card of cards) expect('selectionBehavior' in card).toBe('suggestions' in card);
  });

  it('K12: gives each override reason words', () => {
    const reasons = cards.flatMap((card) => card.overrideReasons ?? []);
    expect(reasons.length).toBeGreaterThan(5);
    for (const { system, code, display } of reasons) expect([system, code, display]).not.toContain('');
    for (const reason of reasons) expect(Object.keys(reason).sort()).toEqual(['code', 'display', 'system']);
  });

  it('K14: has no extension, and no links unless they are switched on', () => {
    const used = ['uuid', 'summary', 'detail', 'indicator', 'source', 'suggestions', 'selectionBehavior'];
    for (const card of cards) expect([...used, 'overrideReasons']).toEqual(expect.arrayContaining(Object.keys(card)));
  });
});

describe('every suggestion', () => {
  it('G1, G2: has a label, and a uuid that nothing else has', () => {
    for (const { label } of suggestions) expect(label).not.toBe('');
    const uuids = [...cards, ...suggestions].map(({ uuid }) => uuid);
    expect(new Set(uuids).size).toBe(uuids.length);
  });

  it('G3, G5: recommends none, and asks for no behaviour that a client may not know', () => {
    for (const suggestion of suggestions) expect(Object.keys(suggestion).sort()).toEqual(['actions', 'label', 'uuid']);
  });

  it('G10: is said in the text of its card as well', () => {
    for (const card of cards) {
      const text = `${card.summary}\n${card.detail}`.toLowerCase();
      for (const { label } of card.suggestions ?? []) {
        const [, name = ''] = /^(?:Remove the order: |Order |Request a )(.+?)(?: discussion)?$/.exec(label) ?? [];
        expect([label, text.replace('tumour board', 'tumour-board').includes(name.toLowerCase())]).toEqual([
          label,
          true,
        ]);
      }
    }
  });
});

describe('every action', () => {
  it('G6, G7: is of a type that is known, and described', () => {
    for (const { type, description } of actions) {
      expect(['create', 'update', 'delete']).toContain(type);
      expect(description).not.toBe('');
    }
  });

  it('G8, G9: holds what it creates, or names what it removes', () => {
    for (const { type, resource, resourceId } of actions) {
      expect([type, resource !== undefined, resourceId !== undefined]).toEqual([
        type,
        type === 'create',
        type === 'delete',
      ]);
    }
  });
});

function emptyIn(value: unknown, path = ''): readonly string[] {
  if (value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0)) return [path];
  if (typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, child]) => emptyIn(child, `${path}.${key}`));
}
