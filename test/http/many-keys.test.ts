import request from 'supertest';
import { testApp } from '../support/app.ts';
import { call } from './requests.ts';

/** Prefetches of more keys than anybody needs: refused before anything is done with each. */

const path = '/cds-services/hcc-order-sign';
const keys = (count: number, value: unknown) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, value]));
const send = (prefetch: unknown) =>
  request(testApp())
    .post(path)
    .send(call({ prefetch } as never));

it('a thousand keys are read, one more is a 400 that says so', async () => {
  expect((await send(keys(1000, null))).status).not.toBe(400);
  const refused = await send(keys(1001, null));
  expect(refused.status).toBe(400);
  expect(refused.body.issue).toHaveLength(1);
  expect(refused.body.issue[0].expression).toEqual(['prefetch']);
  expect(refused.body.issue[0].details.text).toMatch(/prefetch: holds more than 1000 keys$/);
});

it('a key of 256 characters is read, a longer one is a 400 that does not repeat it', async () => {
  expect((await send({ ['x'.repeat(256)]: null })).status).not.toBe(400);
  const refused = await send({ ['x'.repeat(257)]: { resourceType: 'Patient' } });
  expect(refused.status).toBe(400);
  expect(refused.text).toContain('has a key of more than 256 characters');
  expect(refused.text).not.toContain('xxx');
});

it('of many faults twenty are named, and how many more there are', async () => {
  const { status, body } = await send(keys(1000, { resourceType: 'Patient', id: 'another' }));
  expect(status).toBe(400);
  expect(body.issue).toHaveLength(21);
  expect(body.issue[19].expression).toEqual(['prefetch.k19']);
  expect(body.issue[20].details.text).toBe('… and 980 more');
});
