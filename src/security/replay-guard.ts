/** Remembers which tokens were used. Shared by all replicas when its memory is. */
export interface ReplayGuard {
  /**
   * Claims the nonce of a token for one call.
   *
   * @param expires when the token can no longer be used, so that it need not be remembered longer
   * @param leftMs what is left of the time that the call may take; a guard that can do without an answer waits for
   *   half of it at most
   * @returns true exactly once for an issuer and a nonce, whoever else asks at the same moment
   * @throws when it cannot be known
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

/** How long the shared guard may think [ms]. */
const patience = 1000;
/** Patience is counted in so many looks. */
const looks = 40;

/**
 * Asks the shared guard, and while that fails or is stuck the one of this process. So cards are answered without the
 * store, and a replay passes only at a replica that has not seen the token. Every token goes through the local guard
 * first: what was used before the store failed is known after it.
 *
 * @param warn told each time the shared guard could not answer
 */
export function guardWithFallback(shared: ReplayGuard, local: ReplayGuard, warn: () => void): ReplayGuard {
  return {
    claim: async (issuer, jti, expires, leftMs = Number.POSITIVE_INFINITY) => {
      if (!(await local.claim(issuer, jti, expires))) return false;
      try {
        return await inTime(shared.claim(issuer, jti, expires), Math.max(0, Math.min(patience, leftMs / 2)));
      } catch {
        warn();
        return true;
      }
    },
  };
}

/**
 * Patience is lost by looks, not by the clock: where a burst of calls keeps this process busy, the answer is there and
 * waits to be heard, and a clock would take that for a store that is stuck.
 */
async function inTime(answer: Promise<boolean>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const look = (left: number) => {
      if (left === 0) reject(new Error('late'));
      else timer = setTimeout(look, ms / looks, left - 1);
    };
    look(looks);
  });
  return await Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
