import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Tables } from '../../src/store/database.ts';
import { createReplayGuard } from '../../src/store/replay-guard.ts';
import { StoreError } from '../../src/store/store-error.ts';
import { buildService } from '../support/built.ts';
import { describeSharedStores, describeStores, eachWithDatabase } from '../support/stores.ts';

const minutes = (count: number) => count * 60_000;
const start = new Date('2026-11-05T12:00:00Z');
const later = (ms: number) => new Date(start.getTime() + ms);

describeStores('the replay guard', (create) => {
  const { database } = eachWithDatabase(create);
  const withGuard = () => {
    const store = database();
    const clock = { now: start };
    const guard = createReplayGuard(store, () => clock.now);
    const remembered = () => store.read((tables) => tables.selectFrom('used_token').selectAll().execute());
    return { clock, guard, remembered };
  };

  it('lets a token pass once', async () => {
    const { guard } = withGuard();
    expect(await guard.claim('https://a.example', 'j1', later(minutes(5)))).toBe(true);
    expect(await guard.claim('https://a.example', 'j1', later(minutes(5)))).toBe(false);
    expect(await guard.claim('https://a.example', 'j1', later(minutes(60)))).toBe(false);
  });

  it('lets exactly one of many pass that come at once', async () => {
    const { guard } = withGuard();
    const claims = Array.from({ length: 40 }, () => guard.claim('https://a.example', 'j1', later(minutes(5))));
    expect((await Promise.all(claims)).filter((first) => first)).toHaveLength(1);
  });

  it('asks in few statements for many tokens that come at once, of which each passes once', async () => {
    const store = database(10_000);
    let statements = 0;
    const counting = {
      ...store,
      writeAtOnce: <T>(work: (tables: Tables) => Promise<T>) => {
        statements += 1;
        return store.writeAtOnce(work);
      },
    };
    const guard = createReplayGuard(counting, () => start);
    const tokens = Array.from({ length: 1200 }, (_, index) => `j${index % 400}`);
    const claims = await Promise.all(tokens.map((jti) => guard.claim('https://a.example', jti, later(minutes(5)))));
    expect(claims.map((first, index) => first === index < 400)).toEqual(tokens.map(() => true));
    expect(statements).toBeLessThan(8);
  });

  it('fails those that asked together when the store fails, and asks again for the next', async () => {
    const store = database();
    let down = true;
    const failing = {
      ...store,
      writeAtOnce: <T>(work: (tables: Tables) => Promise<T>) =>
        down ? Promise.reject(new StoreError('late')) : store.writeAtOnce(work),
    };
    const guard = createReplayGuard(failing, () => start);
    const claim = (jti: string) => guard.claim('https://a.example', jti, later(minutes(5)));
    const claims = await Promise.allSettled([claim('j1'), claim('j2'), claim('j3')]);
    expect(claims.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    down = false;
    expect(await Promise.all([claim('j1'), claim('j2')])).toEqual([true, true]);
  });

  it('keeps issuers apart, also those whose names run into the next word', async () => {
    const { guard } = withGuard();
    const claims = [
      ['https://a.example', 'j1'],
      ['https://b.example', 'j1'],
      ['a', 'bc'],
      ['ab', 'c'],
      ['a"', '"b'],
      ['a', '""b'],
    ].map(([issuer = '', jti = '']) => guard.claim(issuer, jti, later(minutes(5))));
    expect(await Promise.all(claims)).toEqual(claims.map(() => true));
  });

  it('takes what an issuer may write: long, empty, with any character', async () => {
    const { guard } = withGuard();
    for (const jti of ['', 'x'.repeat(100_000), '\0', '\u{1f600}', "'; drop table used_token; --"]) {
      expect(await guard.claim('https://a.example', jti, later(minutes(5)))).toBe(true);
      expect(await guard.claim('https://a.example', jti, later(minutes(5)))).toBe(false);
    }
  });

  it('keeps neither issuer nor jti', async () => {
    const { guard, remembered } = withGuard();
    await guard.claim('https://a.example', 'zq-jti', later(minutes(5)));
    expect(await remembered()).toEqual([
      { token: expect.stringMatching(/^[0-9a-f]{64}$/), expires_at: '2026-11-05T12:05:00.000Z' },
    ]);
  });

  it('still refuses a token that has expired by a clock that runs ahead', async () => {
    const { clock, guard } = withGuard();
    await guard.claim('https://a.example', 'j1', later(minutes(5)));
    clock.now = later(minutes(15));
    await guard.claim('https://a.example', 'j2', later(minutes(20)));
    expect(await guard.claim('https://a.example', 'j1', later(minutes(5)))).toBe(false);
  });

  it('forgets what expired long ago', async () => {
    const { clock, guard, remembered } = withGuard();
    await guard.claim('https://a.example', 'j1', later(minutes(5)));
    await guard.claim('https://a.example', 'j2', later(minutes(120)));
    clock.now = later(minutes(60));
    await guard.claim('https://a.example', 'j3', later(minutes(65)));
    await expect(eventually(async () => (await remembered()).length, 2)).resolves.toBe(2);
    expect(await guard.claim('https://a.example', 'j2', later(minutes(120)))).toBe(false);
  });
});

describeSharedStores('the replay guard of several processes', (create) => {
  const { database, place } = eachWithDatabase(create);

  it('lets one of two connections pass', async () => {
    const guards = [database(10_000), database(10_000)].map((one) => createReplayGuard(one, () => start));
    const tokens = Array.from({ length: 50 }, (_, index) => `j${index}`);
    const claims = await Promise.all(
      tokens.map((jti) => Promise.all(guards.map((guard) => guard.claim('https://a.example', jti, later(minutes(5)))))),
    );
    expect(claims.map((pair) => pair.filter((first) => first).length)).toEqual(tokens.map(() => 1));
  });

  it('lets one of two connections pass where they ask in opposite orders', async () => {
    const tokens = Array.from({ length: 400 }, (_, index) => `j${index}`);
    const orders = [tokens, [...tokens].reverse()];
    const won = await Promise.all(
      orders.map(async (order) => {
        const guard = createReplayGuard(database(10_000), () => start);
        const claims = await Promise.all(order.map((jti) => guard.claim('https://a.example', jti, later(minutes(5)))));
        return order.filter((_, index) => claims[index]);
      }),
    );
    expect(won.flat().sort()).toEqual([...tokens].sort());
  });

  it('lets one of two processes pass', async () => {
    buildService();
    const tokens = Array.from({ length: 100 }, (_, index) => `j${index}`);
    const processes = [0, 1].map(() => fork('test/store/claim-tokens.mjs', { execArgv: [] }));
    await Promise.all(
      processes.map(async (one) => {
        one.send({ place: place(), tokens });
        await once(one, 'message');
      }),
    );
    for (const one of processes) one.send('go');
    const won = await Promise.all(processes.map(async (one) => (await once(one, 'message'))[0] as string[]));
    expect(won.flat().sort()).toEqual([...tokens].sort());
    await Promise.all(processes.map((one) => (one.exitCode === null ? once(one, 'exit') : undefined)));
  });
});

/** The value, once it is what is expected or after a second. */
async function eventually<T>(value: () => Promise<T>, expected: T): Promise<T> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    if ((await value()) === expected) return expected;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return value();
}
