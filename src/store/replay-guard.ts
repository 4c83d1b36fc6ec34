import { createHash } from 'node:crypto';
import type { ReplayGuard } from '../security/replay-guard.ts';
import type { Database } from './database.ts';

/** Clocks of replicas differ, and a verifier allows some leeway: a token is remembered for longer than it says. */
const keptBeyondExpiryMs = 15 * 60_000;
const purgeEveryMs = 60_000;
/** Tokens in one statement: databases limit the number of parameters. */
const mostAtOnce = 500;

interface Claim {
  readonly token: string;
  readonly expires: string;
  answer(isFirst: boolean): void;
  fail(error: unknown): void;
}

/**
 * The replay guard on the store: the primary key decides who was first.
 *
 * One statement at a time: what is claimed meanwhile goes into the next one, so that a burst of calls costs the store
 * a few statements and nobody waits for more than two.
 *
 * `claim` throws a StoreError when the store cannot be asked in time; what a call is worth then, its caller decides.
 */
export function createReplayGuard(database: Database, now: () => Date): ReplayGuard {
  let lastPurge = Number.NEGATIVE_INFINITY;
  let waiting: Claim[] = [];
  let asking = false;

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

  const askForAll = async () => {
    if (asking) return;
    asking = true;
    while (waiting.length > 0) {
      const claims = waiting.slice(0, mostAtOnce);
      waiting = waiting.slice(mostAtOnce);
      await answerAll(claims, database);
    }
    asking = false;
    purge();
  };

  return {
    claim: (issuer, jti, expires) =>
      new Promise((answer, fail) => {
        waiting.push({ token: digestOf(issuer, jti), expires: expires.toISOString(), answer, fail });
        void askForAll();
      }),
  };
}

/** A digest has one length, whatever an issuer writes into its tokens. */
function digestOf(issuer: string, jti: string): string {
  return createHash('sha256')
    .update(JSON.stringify([issuer, jti]))
    .digest('hex');
}

async function answerAll(claims: readonly Claim[], database: Database): Promise<void> {
  try {
    const first = await firstUsed(claims, database);
    // Of claims of the same token, the one that came first.
    for (const { token, answer } of claims) answer(first.delete(token));
  } catch (error) {
    for (const { fail } of claims) fail(error);
  }
}

/** The tokens that nobody had used before. */
async function firstUsed(claims: readonly Claim[], database: Database): Promise<Set<string>> {
  const expiries = new Map(claims.map(({ token, expires }) => [token, expires]));
  // In one order everywhere: statements of two processes wait for each other's rows, and must not do so crosswise.
  const rows = [...expiries].sort().map(([token, expires]) => ({ token, expires_at: expires }));
  const inserted = await database.writeAtOnce((tables) =>
    tables
      .insertInto('used_token')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .returning('token')
      .execute(),
  );
  return new Set(inserted.map(({ token }) => token));
}
