import { pino } from 'pino';
import request from 'supertest';
import { call } from '../http/requests.ts';
import { testApp } from '../support/app.ts';
import { watchOutbound } from '../support/outbound.ts';
import {
  authenticating,
  issuer,
  publicBaseUrl,
  registration,
  signed,
  type TestKey,
  testKey,
} from '../support/tokens.ts';
import { expectValid } from '../support/validate-response.ts';

watchOutbound();

let key: TestKey;
let open: ReturnType<typeof testApp>;
let closed: ReturnType<typeof testApp>;
const log: string[] = [];
const logger = pino({ level: 'trace', base: null }, { write: (line: string) => void log.push(line) });

beforeAll(async () => {
  key = await testKey();
  const clients = [
    { ...registration, keys: [key.publicJwk] },
    { name: 'signs-only', issuer: 'https://signs.example.org', keys: [key.publicJwk], services: ['hcc-order-sign'] },
  ];
  open = testApp({ authentication: authenticating({ clients }), logger });
  closed = testApp({ authentication: authenticating({ clients, discovery: 'authenticated' }) });
});

const aud = `${publicBaseUrl}/cds-services`;
const bearer = async (claims: object) => `Bearer ${await signed(key, { ...claims })}`;

describe('discovery', () => {
  it.each(['/cds-services', '/cds-services/', '//cds-services?x=1'])(
    'is open to anyone unless closed: %s',
    async (path) => {
      expect((await request(open).get(path.replace(/^\/\//, '/'))).status).toBe(200);
    },
  );

  it.each([
    ['open', () => open],
    ['closed', () => closed],
  ])('D15: that is %s takes a token that is meant for it', async (_, app) => {
    const response = await request(app())
      .get('/cds-services')
      .set('Authorization', await bearer({ aud }));
    expectValid(response);
    expect(response.body.services).toHaveLength(3);
  });

  it.each([
    ['open', () => open],
    ['closed', () => closed],
  ])('J14: that is %s refuses a token that is wrong: it is never taken for none', async (_, app) => {
    for (const authorization of ['Bearer x.y.z', await bearer({ aud: publicBaseUrl }), await bearer({})])
      expect((await request(app()).get('/cds-services').set('Authorization', authorization)).status).toBe(401);
  });

  it('J1: that is closed refuses to be asked without a token', async () => {
    expect((await request(closed).get('/cds-services')).status).toBe(401);
  });

  it('J1: is what is open: a call is not, nor what lies beside it', async () => {
    expect((await request(open).post('/cds-services/hcc-order-sign').send(call())).status).toBe(401);
    expect((await request(open).get('/cds-services/hcc-order-sign')).status).toBe(401);
    expect((await request(open).get('/cds-services%2Fhcc-order-sign')).status).toBe(404);
  });
});

describe('a preflight', () => {
  it('X2: needs no token, and a refusal can be read by a page', async () => {
    const preflight = await request(closed)
      .options('/cds-services/hcc-order-sign')
      .set({ origin: 'https://ehr.example.org', 'access-control-request-method': 'POST' });
    expect(preflight.status).toBe(204);
    const refusal = await request(closed).post('/cds-services/hcc-order-sign').set('origin', 'https://ehr.example.org');
    expect([refusal.status, refusal.headers['access-control-allow-origin']]).toEqual([401, '*']);
  });
});

describe('health', () => {
  it.each(['/health', '/ready'])('is told without a token: %s', async (path) => {
    expect((await request(closed).get(path)).status).toBe(200);
  });
});

describe('a client that may call some services', () => {
  const from = (service: string) => ({ iss: 'https://signs.example.org', aud: `${aud}/${service}` });
  const post = async (service: string) =>
    request(open)
      .post(`/cds-services/${service}`)
      .set('Authorization', await bearer(from(service)))
      .send(call());

  it('calls them', async () => {
    expect((await post('hcc-order-sign')).status).toBe(200);
  });

  it.each(['hcc-order-select', 'unknown', '__proto__'])('is forbidden others: %s', async (service) => {
    const response = await post(service);
    expectValid(response);
    expect([response.status, response.body.issue[0].code]).toEqual([403, 'forbidden']);
  });

  it('is told by discovery what there is', async () => {
    const authorization = await bearer({ iss: 'https://signs.example.org', aud });
    expect((await request(open).get('/cds-services').set('Authorization', authorization)).status).toBe(200);
  });
});

it('a client that may call any finds nothing where there is no service', async () => {
  const authorization = await bearer({ aud: `${aud}/unknown` });
  const response = await request(open).post('/cds-services/unknown').set('Authorization', authorization).send(call());
  expect(response.status).toBe(404);
});

describe('the log', () => {
  it('says who called, and of a refusal which check failed and who it claimed to be', async () => {
    log.length = 0;
    const service = '/cds-services/hcc-order-sign';
    await request(open)
      .post(service)
      .set('Authorization', await bearer({}))
      .send(call());
    await request(open)
      .post(service)
      .set('Authorization', await bearer({ aud }))
      .send(call());
    await request(open)
      .post(service)
      .set('Authorization', await bearer({ iss: 'https://zq.example' }))
      .send(call());
    await request(open).post(service).send(call());
    const lines = log.map((line) => JSON.parse(line));
    expect(lines.map(({ msg, client, code }) => ({ msg, client, code }))).toEqual([
      { msg: 'call answered', client: 'ehr', code: undefined },
      { msg: 'not authenticated', client: 'ehr', code: 'ERR_AUTH_AUDIENCE' },
      { msg: 'not authenticated', client: undefined, code: 'ERR_AUTH_ISSUER' },
      { msg: 'not authenticated', client: undefined, code: 'ERR_AUTH_MISSING' },
    ]);
  });

  it('J13: holds no token, no part of one, and nothing a stranger claims', async () => {
    log.length = 0;
    const tokens = [await signed(key), await signed(key, { iss: 'https://zq.example', jti: 'zq-nonce' })];
    for (const token of tokens) {
      const authorization = `Bearer ${token}`;
      await request(open).post('/cds-services/hcc-order-sign').set('Authorization', authorization).send(call());
    }
    const text = log.join('');
    expect(log).toHaveLength(2);
    for (const part of tokens.flatMap((token) => token.split('.'))) expect(text).not.toContain(part);
    expect(text).not.toMatch(/zq|Bearer/);
    expect(text).not.toContain(issuer);
  });
});

it('without authentication a token is not looked at: the public sandbox always sends one', async () => {
  const response = await request(testApp())
    .post('/cds-services/hcc-order-sign')
    .set('Authorization', 'Bearer x.y.z')
    .send(call());
  expect(response.status).toBe(200);
});
