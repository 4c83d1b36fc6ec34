import type { ReplayGuard } from '../../src/security/replay-guard.ts';

/**
 * What every replay guard holds. An implementation runs it in a test of its own.
 *
 * @param create a guard, empty, that reads this clock
 */
export function replayGuardContract(create: (now: () => Date) => Promise<ReplayGuard>): void {
  const noon = Date.parse('2026-11-05T12:00:00Z');
  const later = (seconds: number) => new Date(noon + seconds * 1000);
  let time: Date;
  let guard: ReplayGuard;

  beforeEach(async () => {
    time = later(0);
    guard = await create(() => time);
  });

  it('lets a token pass once', async () => {
    expect(await guard.claim('https://a.example', 'one', later(300))).toBe(true);
    expect(await guard.claim('https://a.example', 'one', later(300))).toBe(false);
    expect(await guard.claim('https://a.example', 'one', later(900))).toBe(false);
  });

  it('lets exactly one of many pass that come at once', async () => {
    const claims = Array.from({ length: 50 }, () => guard.claim('https://a.example', 'one', later(300)));
    expect((await Promise.all(claims)).filter((passed) => passed)).toHaveLength(1);
  });

  it('tells nonces apart, by their letters and by their issuer', async () => {
    for (const jti of ['one', 'ONE', 'two', 'One ', '1', "o'ne", '一', 'x'.repeat(512)])
      expect([jti, await guard.claim('https://a.example', jti, later(300))]).toEqual([jti, true]);
    expect(await guard.claim('https://b.example', 'one', later(300))).toBe(true);
    expect(await guard.claim('https://b.example', '__proto__', later(300))).toBe(true);
  });

  it('does not take issuer and nonce for one text', async () => {
    expect(await guard.claim('urn:a', 'b:c', later(300))).toBe(true);
    expect(await guard.claim('urn:a:b', 'c', later(300))).toBe(true);
    expect(await guard.claim('urn:a:b:', ':c', later(300))).toBe(true);
  });

  it('remembers a token until it expires', async () => {
    await guard.claim('https://a.example', 'one', later(300));
    for (const seconds of [1, 60, 299]) {
      time = later(seconds);
      expect(await guard.claim('https://a.example', 'one', later(300))).toBe(false);
    }
  });

  it('may forget it then: it is refused for its time', async () => {
    await guard.claim('https://a.example', 'one', later(300));
    time = later(3600);
    await expect(guard.claim('https://a.example', 'one', later(300))).resolves.toEqual(expect.any(Boolean));
    expect(await guard.claim('https://a.example', 'two', later(3900))).toBe(true);
  });
}
