/** Remembers which tokens were used. Shared by all replicas when its memory is. */
export interface ReplayGuard {
  /**
   * Claims the nonce of a token for one call.
   *
   * @param expires when the token can no longer be used, so that it need not be remembered longer
   * @param leftMs what is left of the time that the call may take; a guard that can do without an answer waits for
   *   half of it at most
   * @returns true exactly once for an issuer and a nonce, whoever else asks at the same moment
   * @throws when it cannot be known; `isBusy` of what is thrown says that it may be known a moment later
   */
  claim(issuer: string, jti: string, expires: Date, leftMs?: number): Promise<boolean>;
}

/** Tokens remembered of one issuer. Twenty calls a second with tokens of an hour stay below. */
const mostPerIssuer = 100_000;
/** Time between two looks for tokens that have expired [ms]. */
const sweepEvery = 10_000;

/**
 * A guard that remembers in this process only: replays at another replica, or after a restart, pass.
 *
 * @param most tokens remembered of one issuer. An issuer that uses more is refused further ones until some expire:
 *   forgetting one instead would let it pass a second time
 */
export function memoryReplayGuard(now: () => Date, most: number = mostPerIssuer): ReplayGuard {
  const used = new Map<string, Map<string, number>>();
  let sweepAt = Number.NEGATIVE_INFINITY;
  return {
    claim: async (issuer, jti, expires) => {
      const time = now().getTime();
      if (time >= sweepAt) {
        sweepAt = time + sweepEvery;
        for (const ofIssuer of used.values()) forgetExpired(ofIssuer, time);
      }
      const ofIssuer = used.get(issuer) ?? new Map<string, number>();
      used.set(issuer, ofIssuer);
      if (ofIssuer.has(jti) || ofIssuer.size >= most) return false;
      ofIssuer.set(jti, expires.getTime());
      return true;
    },
  };
}

function forgetExpired(ofIssuer: Map<string, number>, time: number): void {
  for (const [jti, expires] of ofIssuer) if (expires <= time) ofIssuer.delete(jti);
}

/** How long the shared guard may be silent, to everybody, before it counts as stuck [ms]. */
const patience = 1000;
/** Silence is counted in so many looks. */
const looks = 40;

/** Whether a token was used before could not be found out in time, though it can be: the caller may try again. */
export class ReplayUndecided extends Error {}

/**
 * Asks the shared guard, and while that fails or is stuck the one of this process. So cards are answered without the
 * store, and a replay passes only at a replica that has not seen the token. Every token goes through the local guard
 * first: what was used before the store failed is known after it.
 *
 * A guard that answers others meanwhile is busy, not stuck: it is waited for as long as the call has time, and then
 * nobody is let in. One that was found stuck is asked and not waited for, until it answers again.
 *
 * @param warn told each time the shared guard could not answer
 * @throws ReplayUndecided
 */
export function guardWithFallback(shared: ReplayGuard, local: ReplayGuard, warn: () => void): ReplayGuard {
  let answers = 0;
  let isStuck = false;
  const ask: ReplayGuard['claim'] = async (...claim) => {
    const isFirst = await shared.claim(...claim);
    answers += 1;
    isStuck = false;
    return isFirst;
  };
  return {
    claim: async (issuer, jti, expires, leftMs = Number.POSITIVE_INFINITY) => {
      if (!(await local.claim(issuer, jti, expires))) return false;
      const answer = ask(issuer, jti, expires);
      answer.catch(() => {}); // It may fail when nobody waits for it any more.
      try {
        if (isStuck) throw new Error('stuck');
        return await inTime(answer, leftMs, () => answers);
      } catch (error) {
        if (error instanceof ReplayUndecided) throw error;
        isStuck ||= error instanceof StuckError;
        warn();
        return true;
      }
    },
  };
}

class StuckError extends Error {}

/**
 * Silence is counted in looks, not by the clock: where a burst of calls keeps this process busy, answers are there and
 * wait to be heard, and a clock would take that for a store that is stuck.
 */
async function inTime(answer: Promise<boolean>, leftMs: number, answers: () => number): Promise<boolean> {
  const giveUp = performance.now() + leftMs * 0.9;
  const every = Math.max(0, Math.min(patience, leftMs / 2)) / looks;
  let timer: NodeJS.Timeout | undefined;
  const outOfTime = new Promise<never>((_, reject) => {
    const look = (silentFor: number, before: number) => {
      const now = answers();
      const silent = now === before ? silentFor + 1 : 0;
      if (silent > looks) reject(new StuckError('stuck'));
      else if (performance.now() > giveUp) reject(new ReplayUndecided('busy'));
      else timer = setTimeout(look, every, silent, now);
    };
    look(0, answers());
  });
  try {
    return await Promise.race([answer, outOfTime]);
  } catch (error) {
    // The store's own clock runs on while this process, or the one that holds its lock, is busy.
    throw isBusy(error) ? new ReplayUndecided('busy') : error;
  } finally {
    clearTimeout(timer);
  }
}

function isBusy(error: unknown): boolean {
  return (error as { readonly isBusy?: unknown } | undefined)?.isBusy === true;
}
