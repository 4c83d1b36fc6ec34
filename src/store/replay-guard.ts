import { createHash } from 'node:crypto';
import type { ReplayGuard } from '../security/replay-guard.ts';
import type { Database } from './database.ts';

/** Clocks of replicas differ, and a verifier allows some leeway: a token is remembered for longer than it says. */
const keptBeyondExpiryMs = 15 * 60_000;
const purgeEveryMs = 60_000;

/**
 * The replay guard on the store: the primary key decides who was first.
 *
 * `claim` throws a StoreError when the store cannot be asked in time; what a call is worth then, its caller decides.
 */
export function createReplayGuard(database: Database, now: () => Date): ReplayGuard {
  let lastPurge = Number.NEGATIVE_INFINITY;

  /** Apart from the claim, so that it can neither delay nor fail it. */
  const purge = () => {
    const time = now().getTime();
    if (time - lastPurge < purgeEveryMs) return;
    lastPurge = time;
    const before = new Date(time - keptBeyondExpiryMs).toISOString();
    database
      .write((tables) => tables.deleteFrom('used_token').where('expires_at', '<', before).execute())
      .catch(() => {
        lastPurge = Number.NEGATIVE_INFINITY;
      });
  };

  return {
    async claim(issuer, jti, expires) {
      // A digest has one length, whatever an issuer writes into its tokens.
      const token = createHash('sha256')
        .update(JSON.stringify([issuer, jti]))
        .digest('hex');
      const first = await database.write((tables) =>
        tables
          .insertInto('used_token')
          .values({ token, expires_at: expires.toISOString() })
          .onConflict((conflict) => conflict.doNothing())
          .returning('token')
          .execute(),
      );
      purge();
      return first.length === 1;
    },
  };
}
