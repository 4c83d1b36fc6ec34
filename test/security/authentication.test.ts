import { createHash } from 'node:crypto';
import { exportSPKI, importJWK, SignJWT } from 'jose';
import nock from 'nock';
import { pino } from 'pino';
import request, { type Response } from 'supertest';
import { call } from '../http/requests.ts';
import { testApp } from '../support/app.ts';
import { watchOutbound } from '../support/outbound.ts';
import {
  authenticating,
  claims,
  endpoint,
  issuer,
  jwksUrl,
  nowSeconds,
  publicBaseUrl,
  registration,
  signed,
  type TestKey,
  testKey,
} from '../support/tokens.ts';
import { expectValid } from '../support/validate-response.ts';

/** The authentication matrix: one row for each way to be refused, and for each way to be let in. */

watchOutbound();

const log: string[] = [];
const logger = pino({ level: 'info', base: null }, { write: (line: string) => void log.push(line) });

let key: TestKey;
let rsa: TestKey;
let p256: TestKey;
let rs256: TestKey;
let other: TestKey;
let app: ReturnType<typeof testApp>;
let refused: Response;

const otherClient = {
  name: 'other-ehr',
  issuer: 'https://other.example.org',
  jwksUrl: 'https://other.example.org/jwks',
};
const careful = { name: 'careful', issuer: 'https://careful.example.org', algorithms: ['ES384'], tenants: ['north'] };

beforeAll(async () => {
  key = await testKey('ES384');
  rsa = await testKey('RS384', 'rsa+/=');
  other = await testKey('ES384');
  p256 = await testKey('ES256', 'p-256');
  rs256 = await testKey('RS256', 'rsa-256');
  const keys = [key, rsa, p256, rs256].map(({ publicJwk }) => publicJwk);
  const authentication = authenticating({
    clients: [registration, otherClient, { ...careful, keys: [key.publicJwk, rsa.publicJwk] }],
  });
  app = testApp({ authentication, logger });
  // From here on the keys are known: no refusal may ask for them again.
  nock('https://ehr.example.org').get('/jwks.json').reply(200, { keys });
  expect((await send(await signed(key))).status).toBe(200);
  refused = await request(app).post(path).send(call());
});

const path = '/cds-services/hcc-order-sign';

async function send(token: string): Promise<Response> {
  return await request(app).post(path).set('Authorization', `Bearer ${token}`).send(call());
}

/** What a client can see of an answer. */
function seen({ status, text, headers }: Response) {
  const { date: _, ...visible } = headers;
  return { status, text, headers: visible };
}

it('J13: a refusal is a bare 401 that says nothing but how to authenticate', () => {
  expectValid(refused);
  expect(refused.status).toBe(401);
  expect(refused.headers['www-authenticate']).toBe('Bearer');
  expect(refused.body).toEqual({
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'error', code: 'login', details: { text: 'Not authenticated' } }],
  });
});

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const unsigned = (header: object, payload: object = claims(), signature = '') =>
  `${base64(header)}.${base64(payload)}.${signature}`;

/** Changes one part of a good token. */
async function changed(index: 0 | 1 | 2, change: (part: string) => string): Promise<string> {
  const parts = (await signed(key)).split('.');
  return parts.map((part, at) => (at === index ? change(part) : part)).join('.');
}
const inJson = (more: object) => (part: string) =>
  base64({ ...JSON.parse(Buffer.from(part, 'base64url').toString()), ...more });

async function symmetric(alg: string, secret: string | Uint8Array): Promise<string> {
  const bytes = typeof secret === 'string' ? new TextEncoder().encode(secret) : secret;
  return await new SignJWT(claims()).setProtectedHeader({ alg, kid: key.kid, typ: 'JWT' }).sign(bytes);
}

describe('the same 401, byte for byte, and no request to anywhere', () => {
  const header = () => ({ alg: 'ES384', kid: key.kid, typ: 'JWT' });

  it.each<[string, string | undefined]>([
    ['no header at all', undefined],
    ['an empty header', ''],
    ['another scheme', 'Basic dXNlcjpwYXNz'],
    ['a scheme without a token', 'Bearer'],
    ['two tokens', 'Bearer a.b.c, Bearer a.b.c'],
    ['no token', 'Bearer x'],
    ['three empty parts', 'Bearer ..'],
    ['three parts that are no JSON', 'Bearer a.b.c'],
    ['JSON that is no object', `Bearer ${base64(1)}.${base64([])}.c`],
  ])('J1, J2: %s', async (_, authorization) => {
    const sent = request(app).post(path);
    const response = await (authorization === undefined ? sent : sent.set('Authorization', authorization)).send(call());
    expect(seen(response)).toEqual(seen(refused));
  });

  type Refusal = readonly [check: string, what: string, token: () => string | Promise<string>];

  const isRefused = async (check: string, _: string, token: Refusal[2]) => {
    log.length = 0;
    expect(seen(await send(await token()))).toEqual(seen(refused));
    expect(log.map((line) => JSON.parse(line).code)).toEqual([`ERR_AUTH_${check}`]);
  };

  it.each<Refusal>([
    ['TOKEN', 'no kid', () => signed(key, {}, { kid: undefined })],
    ['TOKEN', 'an empty kid', () => signed(key, {}, { kid: '' })],
    ['TOKEN', 'no typ', () => signed(key, {}, { typ: undefined })],
    ['TOKEN', 'the typ of an access token', () => signed(key, {}, { typ: 'at+jwt' })],
    ['TOKEN', 'a critical extension', () => changed(0, inJson({ crit: ['exp'] }))],
    ['TOKEN', 'a token of more than 8 KB', () => signed(key, { filler: 'x'.repeat(8192) })],
    ['KEY', 'a kid that is not known', () => signed(key, {}, { kid: 'key-2' })],
    ['KEY', 'a kid out of the prototype', () => signed(key, {}, { kid: '__proto__' })],
  ])('J3: %s: %s', isRefused);

  it.each<Refusal>([
    ['ISSUER', 'no issuer', () => signed(key, { iss: undefined })],
    ['ISSUER', 'an issuer that is no text', () => signed(key, { iss: [issuer] })],
    ['AUDIENCE', 'no audience', () => signed(key, { aud: undefined })],
    ['AUDIENCE', 'no audience in the list', () => signed(key, { aud: [] })],
    ['AUDIENCE', 'an audience that is no text', () => signed(key, { aud: [[endpoint]] })],
    ['TIME', 'no exp', () => signed(key, { exp: undefined })],
    ['TIME', 'no iat', () => signed(key, { iat: undefined })],
    ['TIME', 'an exp that is no number', () => signed(key, { exp: `${nowSeconds + 300}` })],
    ['TIME', 'an exp beyond all numbers', () => infinite()],
    ['TIME', 'an nbf that is no number', () => signed(key, { nbf: 'now' })],
    ['JTI', 'no jti', () => signed(key, { jti: undefined })],
    ['JTI', 'an empty jti', () => signed(key, { jti: '' })],
    ['JTI', 'a jti that is no text', () => signed(key, { jti: 7 })],
    ['JTI', 'a jti with a NUL, which no store can hold', () => signed(key, { jti: 'a\0b' })],
    ['JTI', 'a jti longer than any nonce', () => signed(key, { jti: 'x'.repeat(513) })],
  ])('J4: %s: %s', isRefused);

  it.each<Refusal>([
    [
      'AUDIENCE',
      'another host',
      () => signed(key, { aud: 'https://other.example.org/hcc/cds-services/hcc-order-sign' }),
    ],
    [
      'AUDIENCE',
      'the host that the request names',
      () => signed(key, { aud: 'http://127.0.0.1/cds-services/hcc-order-sign' }),
    ],
    ['AUDIENCE', 'http instead of https', () => signed(key, { aud: endpoint.replace('https', 'http') })],
    ['AUDIENCE', 'the service beside it', () => signed(key, { aud: `${publicBaseUrl}/cds-services/hcc-order-select` })],
    ['AUDIENCE', 'discovery', () => signed(key, { aud: `${publicBaseUrl}/cds-services` })],
    ['AUDIENCE', 'the base only', () => signed(key, { aud: publicBaseUrl })],
    ['AUDIENCE', 'feedback', () => signed(key, { aud: `${endpoint}/feedback` })],
    ['AUDIENCE', 'a query behind the address', () => signed(key, { aud: `${endpoint}?x=1` })],
    [
      'AUDIENCE',
      'the address without its path',
      () => signed(key, { aud: 'https://cds.example.org/cds-services/hcc-order-sign' }),
    ],
    ['AUDIENCE', 'a list without this address', () => signed(key, { aud: ['https://a.example', publicBaseUrl] })],
  ])('J5: %s: %s', isRefused);

  it.each<Refusal>([
    ['TOKEN', 'alg none without a signature', () => unsigned({ ...header(), alg: 'none' })],
    ['TOKEN', 'alg none with the signature of a good token', () => changed(0, inJson({ alg: 'none' }))],
    ['TOKEN', 'alg None, in other letters', () => unsigned({ ...header(), alg: 'NonE' })],
    ['TOKEN', 'HS384 with the public key as its secret', async () => symmetric('HS384', JSON.stringify(key.publicJwk))],
    ['TOKEN', 'HS256 with the public key as PEM', async () => symmetric('HS256', await pem(key))],
    [
      'TOKEN',
      'HS512 with the hash of the public key',
      async () =>
        symmetric(
          'HS512',
          createHash('sha512')
            .update(await pem(key))
            .digest(),
        ),
    ],
  ])('J6: %s: %s', isRefused);

  it.each<Refusal>([
    [
      'TOKEN',
      'an algorithm that is not offered (RS512)',
      () =>
        signed(rsa, {}, { alg: 'RS384', typ: 'JWT' }).then((token) =>
          token.replace(/^[^.]+/, base64({ ...header(), alg: 'RS512' })),
        ),
    ],
    ['TOKEN', 'no alg', () => changed(0, inJson({ alg: undefined }))],
    ['TOKEN', 'an alg that is no text', () => changed(0, inJson({ alg: ['ES384'] }))],
    ['ALGORITHM', 'the kid of a key for another algorithm', () => signed(key, {}, { kid: rsa.kid })],
    ['ALGORITHM', 'the kid of a key on another curve', () => signed(key, {}, { kid: 'p-256' })],
    [
      'ALGORITHM',
      'an algorithm that this client may not use',
      () => signed(rsa, { iss: careful.issuer, tenant: 'north' }),
    ],
  ])('J7: %s: %s', isRefused);

  it.each<Refusal>([
    ['ISSUER', 'an issuer that is not registered', () => signed(key, { iss: 'https://evil.example' })],
    ['ISSUER', 'an issuer that only begins like one', () => signed(key, { iss: `${issuer}/more` })],
    ['ISSUER', 'an issuer that differs in a slash', () => signed(key, { iss: `${issuer}/` })],
    ['ISSUER', 'an issuer out of the prototype', () => signed(key, { iss: '__proto__' })],
    ['JKU', 'a jku that is not registered', () => signed(other, {}, { jku: 'https://evil.example/jwks.json' })],
    ['JKU', 'a jku of another client', () => signed(other, {}, { jku: otherClient.jwksUrl })],
    ['JKU', 'a jku that only begins like the registered one', () => signed(key, {}, { jku: `${jwksUrl}?x` })],
    ['JKU', 'a jku that is no text', () => signed(key, {}, { jku: [jwksUrl] })],
    [
      'JKU',
      'a jku for an issuer whose keys are written down',
      () => signed(key, { iss: careful.issuer, tenant: 'north' }, { jku: jwksUrl }),
    ],
    ['SIGNATURE', 'its own key in the header', () => signed(other, {}, { jwk: other.publicJwk })],
    ['SIGNATURE', 'its own address of a certificate', () => signed(other, {}, { x5u: 'https://evil.example/cert' })],
  ])('J8: %s: %s', isRefused);

  it.each<Refusal>([
    ['SIGNATURE', 'the signature of another key', () => signed(other)],
    [
      'SIGNATURE',
      'the signature of another issuer, which is registered as well',
      () => signed(other, { iss: careful.issuer, tenant: 'north' }),
    ],
    ['SIGNATURE', 'a changed payload', () => changed(1, inJson({ tenant: 'south' }))],
    ['SIGNATURE', 'a changed header', () => changed(0, inJson({ cty: 'JWT' }))],
    ['SIGNATURE', 'a signature that is too short', () => changed(2, (part) => part.slice(0, -4))],
    ['SIGNATURE', 'no signature', () => changed(2, () => '')],
    ['SIGNATURE', 'a signature of zeros', () => changed(2, () => Buffer.alloc(96).toString('base64url'))],
    ['TENANT', 'no tenant where some are registered', () => signed(key, { iss: careful.issuer })],
    ['TENANT', 'a tenant that is not registered', () => signed(key, { iss: careful.issuer, tenant: 'south' })],
    ['TENANT', 'a tenant that is no text', () => signed(key, { iss: careful.issuer, tenant: ['north'] })],
  ])('J11: %s: %s', isRefused);

  it.each<Refusal>([
    ['TIME', 'a token that has expired', () => signed(key, { iat: nowSeconds - 400, exp: nowSeconds - 61 })],
    ['TIME', 'a token of the future', () => signed(key, { iat: nowSeconds + 61, exp: nowSeconds + 300 })],
    ['TIME', 'a token that does not hold yet', () => signed(key, { nbf: nowSeconds + 61 })],
    ['TIME', 'a token that expires before it was made', () => signed(key, { iat: nowSeconds, exp: nowSeconds - 1 })],
    [
      'TIME',
      'a token that lives for more than an hour',
      () => signed(key, { iat: nowSeconds, exp: nowSeconds + 3601 }),
    ],
  ])('J12: %s: %s', isRefused);

  it.each([
    '/cds-services/hcc-order-sign/',
    '/cds-services/nothing',
    '/cds-services/hcc-order-sign/feedback',
    '/CDS-SERVICES/x',
  ])('J1: at %s as well: what exists is nobody else’s business', async (address) => {
    expect(seen(await request(app).post(address).send(call()))).toEqual(seen(refused));
    expect(seen(await request(app).get(address))).toEqual(seen(refused));
  });

  it('J13: before the body is looked at, whatever it is', async () => {
    const response = await request(app).post(path).type('text/plain').send('{');
    expect(seen(response)).toEqual(seen(refused));
  });
});

describe('let in', () => {
  const isLetIn = async (_: string, token: () => Promise<string>) => {
    const response = await send(await token());
    expect([response.status, response.text]).toEqual([200, '{"cards":[]}']);
  };

  it.each<[string, () => Promise<string>]>([['a typ in small letters', () => signed(key, {}, { typ: 'jwt' })]])(
    'J3: %s',
    isLetIn,
  );

  it.each<[string, () => Promise<string>]>([
    ['claims that the standard does not define', () => signed(key, { sub: 'x', nbf: nowSeconds - 300, azp: 1 })],
  ])('J4: %s', isLetIn);

  it.each<[string, () => Promise<string>]>([
    ['an audience in a list', () => signed(key, { aud: ['https://a.example', endpoint] })],
    ['an audience with a slash at the end', () => signed(key, { aud: `${endpoint}/` })],
    [
      'an audience with doubled slashes',
      () => signed(key, { aud: endpoint.replace('/cds-services/', '//cds-services//') }),
    ],
  ])('J5: %s', isLetIn);

  it.each<[string, () => Promise<string>]>([
    ['ES384', () => signed(key)],
    ['RS384, with a kid of base64 characters', () => signed(rsa)],
    [
      'RS256, of the same key',
      () => signed({ ...rsa, privateKey: rsa.privateKey, alg: 'RS256' }).catch(() => signed(rsa)),
    ],
  ])('J7: %s', isLetIn);

  it.each<[string, () => Promise<string>]>([['the registered jku', () => signed(key, {}, { jku: jwksUrl })]])(
    'J8: %s',
    isLetIn,
  );

  it.each<[string, () => Promise<string>]>([
    [
      'the registered tenant and algorithm, with keys written down',
      () => signed(key, { iss: careful.issuer, tenant: 'north' }),
    ],
  ])('J9: %s', isLetIn);

  it.each<[string, () => Promise<string>]>([
    ['a tenant where none is registered', () => signed(key, { tenant: 'anything' })],
  ])('J11: %s', isLetIn);

  it.each<[string, () => Promise<string>]>([
    ['a clock that is a minute ahead', () => signed(key, { iat: nowSeconds + 59, exp: nowSeconds + 300 })],
    ['a clock that is a minute behind', () => signed(key, { iat: nowSeconds - 300, exp: nowSeconds - 59 })],
    ['a life of exactly one hour', () => signed(key, { iat: nowSeconds, exp: nowSeconds + 3600 })],
  ])('J12: %s', isLetIn);

  it.each([endpoint, `${endpoint}/feedback`])('F9: feedback, with a token for %s', async (aud) => {
    const response = await request(app)
      .post(`${path}/feedback`)
      .set('Authorization', `Bearer ${await signed(key, { aud })}`)
      .send({ feedback: [] });
    expect([response.status, response.text]).toEqual([200, '{}']);
  });

  it('J2: whatever the scheme’s letters', async () => {
    const response = await request(app)
      .post(path)
      .set('authorization', `bearer  ${await signed(key)}`)
      .send(call());
    expect(response.status).toBe(200);
  });

  it('at an address with doubled slashes, with the token of the plain one', async () => {
    const response = await request(app)
      .post('/cds-services//hcc-order-sign/')
      .set('Authorization', `Bearer ${await signed(key)}`)
      .send(call());
    expect(response.status).toBe(200);
  });
});

async function pem({ publicJwk, alg }: TestKey): Promise<string> {
  return await exportSPKI((await importJWK(publicJwk, alg, { extractable: true })) as Parameters<typeof exportSPKI>[0]);
}

/** 1e400 is a number in JSON. Signed by hand, since no library writes it. */
async function infinite(): Promise<string> {
  const payload = JSON.stringify(claims({ exp: 0 })).replace('"exp":0', '"exp":1e400');
  const input = `${base64({ alg: 'ES384', kid: key.kid, typ: 'JWT' })}.${Buffer.from(payload).toString('base64url')}`;
  const algorithm = { name: 'ECDSA', hash: 'SHA-384' };
  const signature = await crypto.subtle.sign(algorithm, key.privateKey, new TextEncoder().encode(input));
  return `${input}.${Buffer.from(signature).toString('base64url')}`;
}
