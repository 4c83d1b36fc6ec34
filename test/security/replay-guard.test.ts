import request from 'supertest';
import {
  guardWithFallback,
  memoryReplayGuard,
  type ReplayGuard,
  ReplayUndecided,
} from '../../src/security/replay-guard.ts';
import { call } from '../http/requests.ts';
import { testApp } from '../support/app.ts';
import { authenticating, registration, signed, type TestKey, testKey, testNow } from '../support/tokens.ts';
import { expectValid } from '../support/validate-response.ts';
import { replayGuardContract } from './replay-guard.contract.ts';

const issuer = 'https://a.example';
const at = (seconds: number) => new Date(testNow.getTime() + seconds * 1000);

describe('the guard in memory', () => {
  replayGuardContract(async (now) => memoryReplayGuard(now));

  it('has room for so many tokens of an issuer, and refuses it further ones until some expire', async () => {
    let time = at(0);
    const guard = memoryReplayGuard(() => time, 2);
    expect(await guard.claim(issuer, 'one', at(60))).toBe(true);
    expect(await guard.claim(issuer, 'two', at(300))).toBe(true);
    expect(await guard.claim(issuer, 'three', at(300))).toBe(false);
    expect(await guard.claim('https://b.example', 'three', at(300))).toBe(true);
    time = at(61);
    expect(await guard.claim(issuer, 'three', at(300))).toBe(true);
    expect(await guard.claim(issuer, 'two', at(300))).toBe(false);
  });
});

describe('the guard with a fallback', () => {
  const down: ReplayGuard = { claim: () => Promise.reject(new Error('the store is down')) };

  describe('whose store works', () => {
    replayGuardContract(async (now) =>
      guardWithFallback(memoryReplayGuard(now), memoryReplayGuard(now), () => undefined),
    );

    it('asks the store: what another replica has seen does not pass', async () => {
      const shared = memoryReplayGuard(() => testNow);
      const replicas = [1, 2].map(() =>
        guardWithFallback(
          shared,
          memoryReplayGuard(() => testNow),
          fail,
        ),
      );
      const claims = replicas.map((replica) => replica.claim(issuer, 'one', at(300)));
      expect((await Promise.all(claims)).filter((passed) => passed)).toHaveLength(1);
    });
  });

  describe('whose store is down', () => {
    replayGuardContract(async (now) => guardWithFallback(down, memoryReplayGuard(now), () => undefined));

    it('says so each time', async () => {
      let warnings = 0;
      const guard = guardWithFallback(
        down,
        memoryReplayGuard(() => testNow),
        () => {
          warnings += 1;
        },
      );
      await guard.claim(issuer, 'one', at(300));
      await guard.claim(issuer, 'two', at(300));
      expect(warnings).toBe(2);
    });
  });

  it('does not wait for a store that never answers', async () => {
    const hanging: ReplayGuard = { claim: () => new Promise(() => undefined) };
    const guard = guardWithFallback(
      hanging,
      memoryReplayGuard(() => testNow),
      () => undefined,
    );
    expect(await guard.claim(issuer, 'one', at(300))).toBe(true);
    expect(await guard.claim(issuer, 'one', at(300))).toBe(false);
  });

  /** A store whose answers are given by hand. */
  function byHand() {
    const waiting: ((isFirst: boolean) => void)[] = [];
    const warnings: string[] = [];
    const shared: ReplayGuard = { claim: () => new Promise((resolve) => waiting.push(resolve)) };
    const guard = guardWithFallback(
      shared,
      memoryReplayGuard(() => testNow),
      () => void warnings.push('stuck'),
    );
    return { guard, waiting, warnings };
  }
  const passed = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  it('waits on for a store that answers others meanwhile: it is busy', async () => {
    const { guard, waiting, warnings } = byHand();
    const late = guard.claim(issuer, 'late', at(300), 400);
    const other = guard.claim(issuer, 'other', at(300), 400);
    await passed(100);
    waiting[1]?.(true);
    expect(await other).toBe(true);
    await passed(130); // Half of the time is over.
    waiting[0]?.(false);
    expect([await late, warnings]).toEqual([false, []]);
  });

  it('lets nobody in when a store that answers others has no answer in time', async () => {
    const { guard, waiting, warnings } = byHand();
    const late = guard.claim(issuer, 'late', at(300), 400).catch((error: unknown) => error);
    for (let other = 1; other < 10; other += 1) {
      void guard.claim(issuer, `other ${other}`, at(300), 400);
      await passed(50);
      waiting[other]?.(true);
    }
    expect(await late).toBeInstanceOf(ReplayUndecided);
    expect(warnings).toEqual([]);
  });

  it('lets nobody in when the store says that it is busy', async () => {
    const busy = { claim: () => Promise.reject(Object.assign(new Error('late'), { isBusy: true })) };
    const guard = guardWithFallback(
      busy,
      memoryReplayGuard(() => testNow),
      fail,
    );
    await expect(guard.claim(issuer, 'one', at(300))).rejects.toBeInstanceOf(ReplayUndecided);
  });

  it('does not wait again for a store that was found stuck, until it has answered', async () => {
    const { guard, waiting, warnings } = byHand();
    await guard.claim(issuer, 'one', at(300), 100);
    const second = guard.claim(issuer, 'two', at(300), 60_000);
    expect(await Promise.race([second, passed(500).then(() => 'waited')])).toBe(true);
    expect(warnings).toHaveLength(2);
    waiting[0]?.(true);
    await passed(0);
    const third = guard.claim(issuer, 'three', at(300), 60_000);
    await passed(0);
    waiting[2]?.(false);
    expect([await third, warnings.length]).toEqual([false, 2]);
  });

  it('knows what was used before the store failed', async () => {
    const shared = { claim: memoryReplayGuard(() => testNow).claim };
    const guard = guardWithFallback(
      shared,
      memoryReplayGuard(() => testNow),
      () => undefined,
    );
    expect(await guard.claim(issuer, 'one', at(300))).toBe(true);
    shared.claim = down.claim;
    expect(await guard.claim(issuer, 'one', at(300))).toBe(false);
  });
});

describe('a token that is used again', () => {
  let key: TestKey;
  let app: ReturnType<typeof testApp>;
  const send = (token: string) =>
    request(app).post('/cds-services/hcc-order-sign').set('Authorization', `Bearer ${token}`).send(call());

  beforeAll(async () => {
    key = await testKey();
    app = testApp({ authentication: authenticating({ clients: [{ ...registration, keys: [key.publicJwk] }] }) });
  });

  it('J11: is refused as if it had never been good', async () => {
    const token = await signed(key);
    expect((await send(token)).status).toBe(200);
    const [replayed, stranger] = [await send(token), await send('x.y.z')];
    expect(replayed.text).toBe(stranger.text);
    expect({ ...replayed.headers, date: '' }).toEqual({ ...stranger.headers, date: '' });
  });

  it('J11: many times at once passes once', async () => {
    const token = await signed(key);
    const responses = await Promise.all(Array.from({ length: 20 }, () => send(token)));
    const statuses = responses.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array(19).fill(401)]);
  });

  it('is a 503 that says when to come back where it cannot be known in time', async () => {
    const clients = [{ ...registration, keys: [key.publicJwk] }];
    const replayGuard = { claim: () => Promise.reject(new ReplayUndecided('busy')) };
    const response = await request(testApp({ authentication: authenticating({ clients, replayGuard }) }))
      .post('/cds-services/hcc-order-sign')
      .set('Authorization', `Bearer ${await signed(key)}`)
      .send(call());
    expect([response.status, response.headers['retry-after']]).toEqual([503, '1']);
    expectValid(response);
  });

  it('is a fault of ours where it cannot be known, and not let in', async () => {
    const clients = [{ ...registration, keys: [key.publicJwk] }];
    const replayGuard = { claim: () => Promise.reject(new Error('zq')) };
    const broken = testApp({ authentication: authenticating({ clients, replayGuard }) });
    const response = await request(broken)
      .post('/cds-services/hcc-order-sign')
      .set('Authorization', `Bearer ${await signed(key)}`)
      .send(call());
    expect(response.status).toBe(500);
    expect(response.text).not.toContain('zq');
  });
});

function fail(): never {
  throw new Error('the store works');
}
