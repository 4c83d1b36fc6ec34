import { createDice } from './dice.ts';
import { faultsIn } from './judge.ts';
import { mutated } from './mutate.ts';
import { fuzzedRequest, goldenBodies } from './requests.ts';
import { values, written } from './values.ts';

const asked = { ...fuzzedRequest(1, 1, 'http://127.0.0.1:1'), path: '/cds-services/hcc-order-sign', body: {} };
const answer = (status: number, body: unknown) => ({
  ...{ status, ms: 1, text: typeof body === 'string' ? body : JSON.stringify(body) },
  headers: { 'content-type': 'application/json; charset=utf-8' },
});
const outcome = {
  resourceType: 'OperationOutcome',
  issue: [{ severity: 'error', code: 'invalid', details: { text: 'x' } }],
};
const card = {
  uuid: 'u',
  summary: 's',
  indicator: 'info',
  source: { label: 'l', topic: { system: 'urn:x', code: 'T' } },
};

describe('an answer to a mutated request', () => {
  it.each<[string, number, unknown]>([
    ['without cards', 200, { cards: [] }],
    ['that refuses', 400, outcome],
    ['that says what could not be read', 412, outcome],
  ])('is as it should be %s', (_, status, body) => {
    expect(faultsIn(asked, answer(status, body))).toEqual([]);
  });

  it.each<[string, number, unknown]>([
    ['a fault of ours, however well put', 500, outcome],
    ['an overload', 503, outcome],
    ['a broken connection', 0, '"socket hang up"'],
    ['no JSON', 200, '<html>'],
    ['no cards', 200, {}],
    ['a card without a source', 200, { cards: [{ uuid: 'u', summary: 's', indicator: 'info' }] }],
    ['a card with a summary that is too long', 200, { cards: [{ ...card, summary: 'x'.repeat(141) }] }],
    ['a card with a null', 200, { cards: [{ ...card, detail: null }] }],
    ['a refusal that is no OperationOutcome', 400, { error: 'invalid' }],
    ['another success', 204, { cards: [] }],
  ])('is a fault: %s', (_, status, body) => {
    expect(faultsIn(asked, answer(status, body))).not.toEqual([]);
  });

  it('to feedback is an empty object', () => {
    const feedback = { ...asked, path: `${asked.path}/feedback` };
    expect(faultsIn(feedback, answer(200, {}))).toEqual([]);
    expect(faultsIn(feedback, answer(200, { cards: [] }))).not.toEqual([]);
  });
});

describe('a mutated request', () => {
  it('follows from its seed and its number', () => {
    const made = (seed: number, number: number) => {
      const { path, headers, payload } = fuzzedRequest(seed, number, 'http://127.0.0.1:1');
      return JSON.stringify([path, headers, payload.toString('base64')]);
    };
    const numbers = Array.from({ length: 50 }, (_, number) => number);
    expect(numbers.map((number) => made(7, number))).toEqual(numbers.map((number) => made(7, number)));
    expect(
      new Set([...numbers.map((number) => made(7, number)), ...numbers.map((number) => made(8, number))]).size,
    ).toBe(100);
  });

  it('leaves its original alone', () => {
    const before = JSON.stringify(goldenBodies[0]);
    for (let number = 0; number < 100; number += 1) mutated(goldenBodies[0], createDice(number), 5);
    expect(JSON.stringify(goldenBodies[0])).toBe(before);
  });

  it('can be written as JSON that nothing in JavaScript could hold', () => {
    const texts = Array.from({ length: 3000 }, (_, number) => {
      const dice = createDice(number);
      return written({ value: dice.pick(values)(dice, { was: 1 }) });
    });
    const all = texts.join('\n');
    for (const part of ['1e400', '"__proto__":', '"constructor":{"prototype"', '[[[[[[', '\\u0000', '\\ud83d"'])
      expect([part, all.includes(part)]).toEqual([part, true]);
    for (const text of texts) expect(() => JSON.parse(text)).not.toThrow();
    expect(all).not.toContain('raw');
  });
});
