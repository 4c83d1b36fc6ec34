import nock from 'nock';
import { remoteKeys } from '../../src/security/key-set.ts';
import { watchOutbound } from '../support/outbound.ts';
import { jwksUrl, type TestKey, testKey } from '../support/tokens.ts';
import { openTestTransport } from '../support/transport.ts';

watchOutbound();

let first: TestKey;
let second: TestKey;
let now: number;
let warnings: string[];

beforeAll(async () => {
  [first, second] = [await testKey('ES384', 'first'), await testKey('RS384', 'second')];
});

beforeEach(() => {
  now = Date.parse('2026-11-05T12:00:00Z');
  warnings = [];
});

const seconds = (count: number) => {
  now += count * 1000;
};
const published = () => nock('https://ehr.example.org').get('/jwks.json').matchHeader('accept', 'application/json');
const setOf = (...keys: readonly TestKey[]) => ({ keys: keys.map(({ publicJwk }) => publicJwk) });

function keySet() {
  const warn = (problem: string) => void warnings.push(problem);
  const keys = remoteKeys(jwksUrl, { transport: openTestTransport(), now: () => new Date(now), warn });
  return {
    find: async ({ kid, alg }: { readonly kid: string; readonly alg: string }) => {
      const found = await keys.find(kid, alg);
      return typeof found === 'string' ? found : found.type;
    },
  };
}

describe('published keys', () => {
  it('are fetched when one is needed, once for all callers of the moment, and kept', async () => {
    published().delay(20).reply(200, setOf(first, second));
    const keys = keySet();
    expect(await Promise.all([first, second, first].map(keys.find))).toEqual(['public', 'public', 'public']);
    seconds(599);
    expect(await keys.find(first)).toBe('public');
  });

  it('are fetched again when they are ten minutes old: a key that was withdrawn ends then', async () => {
    published().reply(200, setOf(first, second));
    const keys = keySet();
    expect(await keys.find(second)).toBe('public');
    seconds(600);
    published().reply(200, setOf(first));
    expect(await keys.find(second)).toBe('unknown');
    expect(await keys.find(first)).toBe('public');
  });

  it('J10: are fetched for a key that is not known: it may be new', async () => {
    published().reply(200, setOf(first));
    const keys = keySet();
    expect(await keys.find(first)).toBe('public');
    seconds(30);
    published().reply(200, setOf(first, second));
    expect(await keys.find(second)).toBe('public');
  });

  it('J10: are not fetched more often than every half minute, whatever is asked for', async () => {
    published().reply(200, setOf(first));
    const keys = keySet();
    expect(await keys.find(first)).toBe('public');
    seconds(29);
    for (const kid of ['a', 'b', 'c']) expect(await keys.find({ kid, alg: 'ES384' })).toBe('unknown');
    seconds(1);
    published().reply(200, setOf(first));
    for (const kid of ['a', 'b', 'c']) expect(await keys.find({ kid, alg: 'ES384' })).toBe('unknown');
  });

  it('are for one algorithm each', async () => {
    published().reply(200, setOf(first, second));
    const keys = keySet();
    expect(await keys.find({ kid: 'first', alg: 'ES256' })).toBe('other-algorithm');
    expect(await keys.find({ kid: 'second', alg: 'ES384' })).toBe('other-algorithm');
    expect(await keys.find({ kid: 'second', alg: 'HS256' })).toBe('unknown');
  });

  it('may stand beside some that are of no use', async () => {
    const { publicJwk } = first;
    const odd = [
      null,
      'x',
      {},
      { kty: 'oct', kid: 'o', k: 'c2VjcmV0' },
      { kty: 'EC', kid: 'bad', crv: 'P-384', x: 'x', y: 'y' },
    ];
    const encrypting = { ...second.publicJwk, use: 'enc' };
    published().reply(200, { keys: [...odd, { ...publicJwk, kid: 7 }, encrypting, publicJwk] });
    const keys = keySet();
    expect(await keys.find(first)).toBe('public');
    expect(await keys.find({ kid: 'o', alg: 'HS256' })).toBe('unknown');
    expect(await keys.find(second)).toBe('other-algorithm');
    expect(await keys.find({ kid: 'bad', alg: 'ES384' })).toBe('unknown');
  });

  it('that share a name are none: which one is meant?', async () => {
    published().reply(200, { keys: [first.publicJwk, { ...(await testKey()).publicJwk, kid: 'first' }] });
    expect(await keySet().find(first)).toBe('unknown');
  });
});

describe('keys that cannot be fetched', () => {
  it.each<[string, string, (get: nock.Interceptor) => void]>([
    ['a server that is down', 'unreachable', (get) => get.replyWithError('refused')],
    ['an answer of another status', 'answered 503', (get) => get.reply(503, {})],
    [
      'a redirect, which is not followed',
      'redirect',
      (get) => get.reply(302, '', { location: 'https://evil.example/jwks' }),
    ],
    ['more than 64 KiB', 'too-long', (get) => get.reply(200, { keys: [], filler: 'x'.repeat(65_536) })],
    ['no JSON', 'no key set', (get) => get.reply(200, '<html>')],
    ['JSON that is null', 'no key set', (get) => get.reply(200, 'null')],
    ['JSON without keys', 'no key set', (get) => get.reply(200, { keys: {} })],
    ['an answer that takes more than two seconds', 'unreachable', (get) => get.delay(60_000).reply(200, setOf(first))],
    ['a body that takes more than two seconds', 'unreachable', (get) => get.delayBody(60_000).reply(200, setOf(first))],
  ])('because of %s: nothing is known, and the log says why', async (_, problem, answer) => {
    answer(published());
    const keys = keySet();
    expect(await keys.find(first)).toBe('unknown');
    expect(warnings).toEqual([`no keys: ${problem}`]);
    nock.abortPendingRequests();
  });

  it('leave those of before in force, for a day', async () => {
    published().reply(200, setOf(first));
    const keys = keySet();
    expect(await keys.find(first)).toBe('public');
    seconds(3600);
    published().reply(500);
    expect(await keys.find(first)).toBe('public');
    seconds(23 * 3600);
    published().reply(500);
    expect(await keys.find(first)).toBe('unknown');
    expect(warnings).toEqual(['no keys: answered 500', 'no keys: answered 500']);
  });

  it('are tried again after the half minute', async () => {
    published().reply(500);
    const keys = keySet();
    expect(await keys.find(first)).toBe('unknown');
    seconds(29);
    expect(await keys.find(first)).toBe('unknown');
    seconds(1);
    published().reply(200, setOf(first));
    expect(await keys.find(first)).toBe('public');
  });
});
