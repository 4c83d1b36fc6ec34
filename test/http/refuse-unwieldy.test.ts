import request from 'supertest';
import { HttpProblem } from '../../src/http/operation-outcome.ts';
import { refuseUnwieldy } from '../../src/http/refuse-unwieldy.ts';
import { testApp } from '../support/app.ts';
import { expectValid } from '../support/validate-response.ts';

const looked = (text: string) => () => refuseUnwieldy(Buffer.from(text));
const nested = (levels: number, open = '[', close = ']') => open.repeat(levels) + close.repeat(levels);

describe('a body before it is parsed', () => {
  it.each([
    ['nothing', ''],
    ['arrays of 200 levels', nested(200)],
    ['objects of 200 levels', `${nested(199, '{"a":', '}').replace('}', '{}}')}`],
    ['many arrays side by side', `[${Array(1000).fill('[]').join()}]`],
    ['an array of 100 000 elements', `[${'0,'.repeat(99_999)}0]`],
    [
      'several large arrays side by side',
      `[${Array(5)
        .fill(`[${'0,'.repeat(60_000)}0]`)
        .join()}]`,
    ],
    ['commas in a text', JSON.stringify(','.repeat(1_000_000))],
    ['brackets in a text', JSON.stringify({ text: '['.repeat(1000) })],
    ['brackets in a text after a quote in it', JSON.stringify({ text: `"${'{'.repeat(1000)}` })],
    ['brackets in a text after a backslash before its end', JSON.stringify(['\\', '['.repeat(1000)])],
    ['letters of other scripts around brackets', JSON.stringify({ text: `日本語\u2028${'['.repeat(1000)}é` })],
  ])('is let through: %s', (_, text) => {
    expect(looked(text)).not.toThrow();
  });

  it.each([
    ['arrays', nested(201)],
    ['objects', '{"a":'.repeat(201)],
    ['both', '[{"a":'.repeat(101)],
    ['arrays that never close', '['.repeat(1_000_000)],
    ['arrays after a text that ends with a backslash', `["\\\\",${'['.repeat(201)}`],
  ])('is refused when it is nested more than 200 levels deep: %s', (_, text) => {
    expect(looked(text)).toThrow(HttpProblem);
  });
});

describe('a body of one array or object', () => {
  it.each([
    ['array', `[${'0,'.repeat(100_000)}0]`],
    ['object, after and around others', `[[],{"a":{"b":[],${'"":[],'.repeat(100_000)}"c":0}}]`],
  ])('is refused when that has more than 100 000 elements: an %s', (_, text) => {
    expect(looked(text)).toThrow(HttpProblem);
  });
});

it('a call with a million prefetch keys is refused in words, before it is parsed', async () => {
  const keys = Array.from({ length: 1_000_000 }, (_, at) => `"${at.toString(36)}":0`);
  const response = await request(testApp())
    .post('/cds-services/hcc-order-sign')
    .type('json')
    .send(`{"prefetch":{${keys.join()}}}`);
  expectValid(response);
  expect([response.status, response.body.issue[0].details.text]).toEqual([
    400,
    'The body holds an array or object of more than 100000 elements',
  ]);
});

it('a call nested millions of levels deep is refused in words, before it is parsed', async () => {
  const body = `{"hook":${'['.repeat(9_000_000)}`;
  const response = await request(testApp()).post('/cds-services/hcc-order-sign').type('json').send(body);
  expectValid(response);
  expect([response.status, response.body.issue[0].details.text]).toEqual([
    400,
    'The body is nested more than 200 levels deep',
  ]);
});
