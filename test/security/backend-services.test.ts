import { generateKeyPairSync } from 'node:crypto';
import { decodeProtectedHeader, importJWK, jwtVerify } from 'jose';
import nock from 'nock';
import { pino } from 'pino';
import request from 'supertest';
import { type PrivateKey, parsePrivateKey } from '../../src/security/private-key.ts';
import { call, hcc, patient, without } from '../http/requests.ts';
import { testApp } from '../support/app.ts';
import { searchset as pageOf } from '../support/fhir-server.ts';
import { watchOutbound } from '../support/outbound.ts';
import { authenticating, nowSeconds, registration, signed, type TestKey, testKey, testNow } from '../support/tokens.ts';

watchOutbound();

/** A client whose EHR sends no token: the service asks for its own. */

const tokenUrl = 'https://auth.example.org/oauth2/token';
const scope = 'system/Patient.r system/Condition.rs system/Observation.rs';
const ours = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const privateKey = (): PrivateKey =>
  parsePrivateKey(JSON.stringify({ ...ours.privateKey.export({ format: 'jwk' }), kid: 'ours' }));

let key: TestKey;
let time: Date;
let warnings: string[];
const log: string[] = [];
const logger = pino({ level: 'trace' }, { write: (line: string) => void log.push(line) });
let app: ReturnType<typeof testApp>;

beforeAll(async () => {
  key = await testKey();
});

beforeEach(() => {
  time = testNow;
  warnings = [];
  const backendServices = { clientId: 'hcc-cds', tokenUrl, scope, keyFile: 'ours.json' };
  const fhirServers = [
    { origin: 'https://fhir.example.org', backendServices },
    { origin: 'https://other.example.org' },
  ];
  const authentication = authenticating({
    clients: [{ ...registration, keys: [key.publicJwk], fhirServers }],
    now: () => time,
    readKey: privateKey,
    warn: (_, problem) => void warnings.push(problem),
  });
  app = testApp({ authentication, logger, now: () => time, hookBudgetMs: 2000 });
});

/** A call whose conditions and patient have to be read. */
async function send(more: object = {}) {
  const iat = Math.floor(time.getTime() / 1000);
  const authorization = `Bearer ${await signed(key, { iat, exp: iat + 300 })}`;
  const body = call({ fhirServer: 'https://fhir.example.org/r4', prefetch: without('patient', 'conditions'), ...more });
  return await request(app).post('/cds-services/hcc-order-sign').set('Authorization', authorization).send(body);
}

const granting = (token: string, more: object = {}) =>
  nock('https://auth.example.org')
    .post('/oauth2/token')
    .reply(200, { access_token: token, token_type: 'bearer', expires_in: 300, scope, ...more });

function reading(token: string | undefined, base = 'https://fhir.example.org') {
  const options =
    token === undefined ? { badheaders: ['authorization'] } : { reqheaders: { authorization: `Bearer ${token}` } };
  const server = nock(base, options);
  server.get('/r4/Patient/zq-patient-4711').reply(200, patient);
  server.get('/r4/Condition?patient=zq-patient-4711').reply(200, pageOf([hcc]));
}

describe('the token of a registered client', () => {
  it('is asked for with an assertion that is signed by our key, and used for the FHIR server only', async () => {
    let sent = new URLSearchParams();
    nock('https://auth.example.org', { badheaders: ['authorization'] })
      .post('/oauth2/token', (body) => {
        sent = new URLSearchParams(body);
        return true;
      })
      .matchHeader('content-type', 'application/x-www-form-urlencoded')
      .reply(200, { access_token: 'zq-own', token_type: 'Bearer', expires_in: 300, scope });
    reading('zq-own');
    expect((await send()).status).toBe(200);
    expect(sent.get('grant_type')).toBe('client_credentials');
    expect(sent.get('scope')).toBe(scope);
    expect(sent.get('client_assertion_type')).toBe('urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
    const assertion = sent.get('client_assertion') ?? '';
    expect(decodeProtectedHeader(assertion)).toEqual({ alg: 'ES384', kid: 'ours', typ: 'JWT' });
    const publicKey = await importJWK(ours.publicKey.export({ format: 'jwk' }), 'ES384');
    const { payload } = await jwtVerify(assertion, publicKey, { currentDate: testNow });
    expect(payload).toEqual({
      iss: 'hcc-cds',
      sub: 'hcc-cds',
      aud: tokenUrl,
      iat: nowSeconds,
      exp: nowSeconds + 240,
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it('is kept until shortly before it expires', async () => {
    granting('zq-first');
    for (const seconds of [0, 100, 239]) {
      time = new Date(testNow.getTime() + seconds * 1000);
      reading('zq-first');
      expect((await send()).status).toBe(200);
    }
    time = new Date(testNow.getTime() + 240_000);
    granting('zq-second');
    reading('zq-second');
    expect((await send()).status).toBe(200);
  });

  it.each([
    ['a short life', { expires_in: 20 }, 9, 10],
    ['a life in words', { expires_in: '300' }, 239, 240],
    ['a life that is not said', { expires_in: undefined }, 29, 30],
    ['a life that is nonsense', { expires_in: -5 }, 29, 30],
    ['a life of a year', { expires_in: 31_536_000 }, 3539, 3540],
  ])('with %s is kept accordingly', async (_, answer, kept, expired) => {
    granting('zq-first', answer);
    reading('zq-first');
    await send();
    time = new Date(testNow.getTime() + kept * 1000);
    reading('zq-first');
    await send();
    time = new Date(testNow.getTime() + expired * 1000);
    granting('zq-second');
    reading('zq-second');
    expect((await send()).status).toBe(200);
  });

  it('is forgotten when the FHIR server does not take it', async () => {
    granting('zq-revoked');
    const server = nock('https://fhir.example.org', { reqheaders: { authorization: 'Bearer zq-revoked' } });
    server.get('/r4/Condition?patient=zq-patient-4711').reply(401);
    expect((await send()).status).toBe(412);
    granting('zq-new');
    reading('zq-new');
    expect((await send()).status).toBe(200);
  });

  it('has scopes as any other: those granted, else those asked for', async () => {
    granting('zq-own', { scope: 'system/Condition.rs' });
    nock('https://fhir.example.org')
      .get('/r4/Condition?patient=zq-patient-4711')
      .reply(200, pageOf([hcc]));
    expect((await send()).status).toBe(200);
  });
});

describe('no token is asked for', () => {
  it('when the call brings one', async () => {
    reading('zq-token-of-the-call');
    const fhirAuthorization = {
      access_token: 'zq-token-of-the-call',
      token_type: 'Bearer',
      scope,
      expires_in: 60,
      subject: 'x',
    };
    expect((await send({ fhirAuthorization })).status).toBe(200);
  });

  it('when nothing has to be read', async () => {
    expect((await send({ fhirServer: undefined })).status).toBe(412);
    expect((await send({ context: { patientId: 'x', draftOrders: { resourceType: 'Bundle' } } })).body).toEqual({
      cards: [],
    });
  });

  it('when the server named is another: it goes to the one it was registered for', async () => {
    const fhirServer = 'https://other.example.org/r4';
    nock('https://other.example.org', { badheaders: ['authorization'] })
      .persist()
      .get(/.*/)
      .reply(200, pageOf([hcc]));
    expect((await send({ fhirServer, prefetch: without('conditions') })).status).toBe(200);
    nock.cleanAll();
    expect((await send({ fhirServer: 'https://evil.example/r4' })).status).toBe(412);
  });
});

describe('a token that is not to be had', () => {
  const asked = () => nock('https://auth.example.org').post('/oauth2/token');

  it.each<[string, string, () => void]>([
    ['refused', 'no token: answered 400', () => asked().reply(400, { error: 'invalid_client', zq: 'zq' })],
    ['down', 'no token: unreachable', () => asked().replyWithError('zq')],
    ['redirecting', 'no token: redirect', () => asked().reply(302, '', { location: 'https://evil.example' })],
    ['without a token', 'no token: no token in the answer', () => asked().reply(200, { token_type: 'bearer' })],
    [
      'of another type',
      'no token: no token in the answer',
      () => asked().reply(200, { access_token: 'x', token_type: 'mac' }),
    ],
    ['no JSON', 'no token: no token in the answer', () => asked().reply(200, '<html>')],
    ['endless', 'no token: too-long', () => asked().reply(200, 'x'.repeat(70_000))],
  ])('makes what it was for unavailable, and the log says why: %s', async (_, problem, answer) => {
    answer();
    expect((await send()).status).toBe(412);
    expect(warnings).toEqual([problem]);
  });

  it('because it takes too long costs no more than the budget', async () => {
    asked().delay(60_000).reply(200, {});
    expect((await send({ prefetch: without('medications', 'labs') })).status).toBe(200);
    expect(warnings).toEqual([]);
  });

  it('is asked for again by the next call', async () => {
    asked().reply(503);
    expect((await send()).status).toBe(412);
    granting('zq-own');
    reading('zq-own');
    expect((await send()).status).toBe(200);
  });
});

it('nothing of a token or an assertion is logged', async () => {
  log.length = 0;
  granting('zq-own');
  reading('zq-own');
  await send();
  expect(log).toHaveLength(1);
  expect(log.join('')).not.toMatch(/zq-own|eyJ|client_assertion|oauth2/);
});

describe('our private key', () => {
  const rsa = (modulusLength: number) =>
    generateKeyPairSync('rsa', { modulusLength }).privateKey.export({ format: 'jwk' });
  const ec = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve }).privateKey.export({ format: 'jwk' });

  it('is EC P-384 or RSA', () => {
    expect(privateKey()).toMatchObject({ kid: 'ours', alg: 'ES384' });
    expect(parsePrivateKey(JSON.stringify({ ...rsa(2048), kid: 'rsa' }))).toMatchObject({ kid: 'rsa', alg: 'RS384' });
  });

  it('shows nothing of itself', () => {
    const { d = '' } = ours.privateKey.export({ format: 'jwk' });
    expect(JSON.stringify(privateKey())).not.toContain(d.slice(0, 10));
  });

  it.each<[string, () => string, string]>([
    ['no JSON', () => '-----BEGIN PRIVATE KEY-----', 'is not JSON'],
    ['null', () => 'null', 'is no JWK with a kid'],
    ['without a kid', () => JSON.stringify(ec('P-384')), 'is no JWK with a kid'],
    ['public', () => JSON.stringify({ ...ours.publicKey.export({ format: 'jwk' }), kid: 'x' }), 'is no private key'],
    ['another curve', () => JSON.stringify({ ...ec('P-256'), kid: 'x' }), 'must be EC P-384'],
    ['short', () => JSON.stringify({ ...rsa(1024), kid: 'x' }), 'must be EC P-384'],
  ])('cannot be used when it is %s', (_, text, message) => {
    expect(() => parsePrivateKey(text())).toThrow(message);
  });
});
