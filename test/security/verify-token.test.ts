import { AuthenticationError } from '../../src/security/authentication-error.ts';
import { createRegistry } from '../../src/security/client-registry.ts';
import { clientsFile } from '../../src/security/clients-file.ts';
import { memoryReplayGuard, type ReplayGuard } from '../../src/security/replay-guard.ts';
import { verifyToken } from '../../src/security/verify-token.ts';
import { watchOutbound } from '../support/outbound.ts';
import {
  authenticating,
  endpoint,
  issuer,
  nowSeconds,
  signed,
  type TestKey,
  testKey,
  testNow,
} from '../support/tokens.ts';
import { openTestTransport } from '../support/transport.ts';

watchOutbound();

const replayGuard = memoryReplayGuard(() => testNow);

let key: TestKey;
let rsa: TestKey;
let stranger: TestKey;

beforeAll(async () => {
  [key, rsa, stranger] = [await testKey('ES384', 'ec'), await testKey('RS384', 'rsa'), await testKey('RS384', 'rsa')];
});

async function outcome(token: string): Promise<string> {
  const keys = [key.publicJwk, rsa.publicJwk];
  const client = {
    name: 'ehr',
    issuer,
    keys,
    jwksUrl: 'https://ehr.example.org/jwks.json',
    algorithms: ['RS384'],
    tenants: ['north'],
  };
  const { clients } = authenticating({ clients: [client] });
  try {
    return (await verifyToken(token, [endpoint], { clients, replayGuard, now: () => testNow })).registration.name;
  } catch (error) {
    return error instanceof AuthenticationError ? error.code : String(error);
  }
}

it('J11: makes the checks in their order: a token with many faults fails by the first of them', async () => {
  const header: Record<string, unknown> = { typ: 'x', kid: 'unknown', jku: 'https://evil.example' };
  const times = { exp: nowSeconds - 100, iat: nowSeconds - 400 };
  const payload: Record<string, unknown> = { iss: 'x', aud: 'x', tenant: 'south', jti: '', ...times };
  let signer = key;
  /** Each check, and what mends that fault and leaves the later ones. */
  const steps: readonly (readonly [check: string, mend: () => void])[] = [
    ['TOKEN', () => Object.assign(header, { typ: 'JWT' })],
    ['ISSUER', () => Object.assign(payload, { iss: issuer })],
    ['JKU', () => Object.assign(header, { jku: 'https://ehr.example.org/jwks.json' })],
    ['KEY', () => Object.assign(header, { kid: 'ec' })],
    [
      'ALGORITHM',
      () => {
        header.kid = 'rsa';
        signer = stranger;
      },
    ],
    [
      'SIGNATURE',
      () => {
        signer = rsa;
      },
    ],
    ['AUDIENCE', () => Object.assign(payload, { aud: endpoint })],
    ['TIME', () => Object.assign(payload, { exp: nowSeconds + 100 })],
    ['TENANT', () => Object.assign(payload, { tenant: 'north' })],
    ['JTI', () => Object.assign(payload, { jti: 'once' })],
  ];
  for (const [check, mend] of steps) {
    expect(await outcome(await signed(signer, payload, header))).toBe(`ERR_AUTH_${check}`);
    mend();
  }
  const good = await signed(signer, payload, header);
  expect([await outcome(good), await outcome(good)]).toEqual(['ehr', 'ERR_AUTH_REPLAY']);
});

it('claims nothing for a token that fails: who cannot sign cannot use up the nonces of others', async () => {
  const payload = { iss: issuer, tenant: 'north', jti: 'mine' };
  for (const wrong of [{ aud: 'x' }, { exp: 0 }, { tenant: 'south' }])
    expect(await outcome(await signed(rsa, { ...payload, ...wrong }))).toMatch(/^ERR_AUTH_/);
  expect(await outcome(await signed(stranger, payload))).toBe('ERR_AUTH_SIGNATURE');
  expect(await outcome(await signed(rsa, payload))).toBe('ehr');
});

it('remembers a token as long as it could be used, clocks that differ included', async () => {
  const claimed: unknown[] = [];
  const recording: ReplayGuard = { claim: async (...args) => claimed.push(args) > 0 };
  const { clients } = authenticating({ clients: [{ name: 'ehr', issuer, keys: [rsa.publicJwk] }] });
  const token = await signed(rsa, { jti: 'one', exp: nowSeconds + 100 });
  await verifyToken(token, [endpoint], { clients, replayGuard: recording, now: () => testNow });
  expect(claimed).toEqual([[issuer, 'one', new Date((nowSeconds + 160) * 1000)]]);
});

describe('the token that the standard prints as its example', () => {
  const token =
    'eyJhbGciOiJFUzM4NCIsInR5cCI6IkpXVCIsImtpZCI6ImV4YW1wbGUta2lkIiwiamt1IjoiaHR0cHM6Ly9maGlyLWVoci5leGFtcGxlLmNvbS9qd2tfdXJpIn0.eyJpc3MiOiJodHRwczovL2ZoaXItZWhyLmV4YW1wbGUuY29tLyIsImF1ZCI6Imh0dHBzOi8vY2RzLmV4YW1wbGUub3JnL2Nkcy1zZXJ2aWNlcy9zb21lLXNlcnZpY2UiLCJleHAiOjE0MjI1Njg4NjAsImlhdCI6MTMxMTI4MDk3MCwianRpIjoiZWUyMmIwMjEtZTFiNy00NjExLWJhNWItOGVlYzZhMzNhYzFlIiwidGVuYW50IjoiMmRkZDZjM2EtOGU5YS00NGM2LWEzMDUtNTIxMTFhZDMwMmEyIn0.d1WfLjGRKlcWB94l9do4cM8REXeYJLL6SGUBO8VHZhfM8mwKYP70EMxJ67War4TQblEpaQrp11wx5p7oPFm2ETYgCicS84vXWEIYTdjooZdooCSDf2L8-i4awdoUwiEb';
  const publicKey = {
    kty: 'EC',
    use: 'sig',
    crv: 'P-384',
    kid: 'example-kid',
    x: '46SDH7Znh821wblCBglA61sNE9ZrHYKKt3qRtRTmSXyOI_FIGBLWrWa0GPUkDCEk',
    y: 'XMcRuuoGW7CXjQdy-F5i3FeBE0x9hPLdeFdSoDd3ELmx404tLX0VRRcqzAsPhXcI',
    alg: 'ES384',
  };
  const client = {
    name: 'example',
    issuer: 'https://fhir-ehr.example.com/',
    jwksUrl: 'https://fhir-ehr.example.com/jwk_uri',
    keys: [publicKey],
    tenants: ['2ddd6c3a-8e9a-44c6-a305-52111ad302a2'],
  };
  const audience = ['https://cds.example.org/cds-services/some-service'];

  async function verified(changes: object, now: string): Promise<string | undefined> {
    const file = clientsFile([], fail).parse({ clients: [{ ...client, ...changes }] });
    const openTransport = () => openTestTransport();
    const dependencies = { openTransport, newId: fail, now: () => new Date(now), warn: () => undefined };
    const clients = createRegistry(file, dependencies);
    try {
      await verifyToken(token, audience, { clients, replayGuard, now: () => new Date(now) });
      return 'verified';
    } catch (error) {
      return (error as AuthenticationError).code;
    }
  }

  it('J15: has a good signature and audience, and is refused for its time: expired, and made for three years', async () => {
    expect(await verified({}, '2026-11-05T12:00:00Z')).toBe('ERR_AUTH_TIME');
    expect(await verified({}, '2015-01-29T22:00:00Z')).toBe('ERR_AUTH_TIME');
  });

  it('J15: has no good signature by another key', async () => {
    expect(await verified({ keys: [{ ...key.publicJwk, kid: 'example-kid' }] }, '2015-01-29T22:00:00Z')).toBe(
      'ERR_AUTH_SIGNATURE',
    );
  });
});

function fail(): never {
  throw new Error('not needed here');
}
