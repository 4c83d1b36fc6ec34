import nock from 'nock';
import request, { type Response } from 'supertest';
import { call } from '../http/requests.ts';
import { testApp } from '../support/app.ts';
import { watchOutbound } from '../support/outbound.ts';
import { authenticating, claims, registration, signed, type TestKey, testKey, testNow } from '../support/tokens.ts';

/** Keys that change while the service runs; what is refused is refused with the same 401 as anything. */

watchOutbound();

let old: TestKey;
let next: TestKey;
let clock: Date;
let app: ReturnType<typeof testApp>;

beforeAll(async () => {
  old = await testKey('ES384', 'key-of-2025');
  next = await testKey('ES384', 'key-of-2026');
});

beforeEach(() => {
  clock = testNow;
  const now = () => clock;
  app = testApp({ authentication: authenticating({ clients: [registration], now }), now });
});

const publish = (...keys: readonly TestKey[]) =>
  nock('https://ehr.example.org')
    .get('/jwks.json')
    .reply(200, { keys: keys.map(({ publicJwk }) => publicJwk) });

const later = (seconds: number) => {
  clock = new Date(clock.getTime() + seconds * 1000);
};

async function send(key: TestKey): Promise<Response> {
  const seconds = clock.getTime() / 1000;
  const token = await signed(key, claims({ iat: seconds - 5, exp: seconds + 295 }));
  return request(app).post('/cds-services/hcc-order-sign').set('Authorization', `Bearer ${token}`).send(call());
}

function seen({ status, text, headers }: Response) {
  const { date: _, ...visible } = headers;
  return { status, text, headers: visible };
}

it('a new key is good as soon as it is published and the half minute is over', async () => {
  publish(old);
  expect((await send(old)).status).toBe(200);
  expect((await send(next)).status).toBe(401);
  later(31);
  publish(old, next);
  expect((await send(next)).status).toBe(200);
  expect((await send(old)).status).toBe(200);
});

it('a key that was withdrawn is refused after ten minutes, like any stranger', async () => {
  publish(old);
  expect((await send(old)).status).toBe(200);
  later(601);
  publish(next);
  const refused = await send(old);
  const stranger = await request(app).post('/cds-services/hcc-order-sign').send(call());
  expect(refused.status).toBe(401);
  expect(seen(refused)).toEqual(seen(stranger));
  expect((await send(next)).status).toBe(200);
});

it.each<[string, (get: nock.Interceptor) => void]>([
  ['are not there', (get) => get.reply(404)],
  ['cannot be reached', (get) => get.replyWithError('refused')],
  ['are a page', (get) => get.reply(200, '<html>')],
  ['lead elsewhere', (get) => get.reply(302, '', { Location: 'https://evil.example/jwks.json' })],
])('while its keys %s a client is refused like any stranger, after one request', async (_, reply) => {
  reply(nock('https://ehr.example.org').get('/jwks.json'));
  const [first, second] = [await send(old), await send(old)];
  const stranger = await request(app).post('/cds-services/hcc-order-sign').send(call());
  expect([seen(first), seen(second)]).toEqual([seen(stranger), seen(stranger)]);
});
