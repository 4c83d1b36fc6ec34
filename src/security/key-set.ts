import { type CryptoKey, createLocalJWKSet, errors, type JSONWebKeySet, type JWK } from 'jose';
import type { Transport } from '../outbound/transport.ts';
import { TransportError } from '../outbound/transport-error.ts';

/** The public keys of one client. */
export interface KeySet {
  /**
   * The key of this name, for this algorithm.
   *
   * @param leftMs how long a fetch is waited for; one that takes longer goes on, for the calls after this one
   * @returns 'unknown' when there is no one key of that name that can be read, 'other-algorithm' when it is for
   *   something else
   */
  find(kid: string, alg: string, leftMs?: number): Promise<CryptoKey | 'unknown' | 'other-algorithm'>;
}

/** Keys that were written into the clients file. */
export function inlineKeys(keys: readonly object[]): KeySet {
  const local = localKeys(keys as JWK[]);
  return { find: async (kid, alg) => local.find(kid, alg) };
}

export interface RemoteKeysOptions {
  readonly transport: Transport;
  now(): Date;
  /** Told, in static words, why keys could not be fetched. */
  warn(problem: string): void;
}

/** Keys are fetched again when they are older. A key that was withdrawn is accepted at most so long [ms]. */
const maxAge = 10 * 60_000;
/** While they cannot be fetched, the last ones hold so long [ms]. */
const maxStale = 24 * 60 * 60_000;
/** Time between two fetches, whatever is asked for in the meantime [ms]. */
const coolDown = 30_000;
const timeout = 2000;
const maxBytes = 64 * 1024;
const maxKeys = 50;

/** Keys that a client publishes at a registered address: fetched when first needed, when old, and for an unknown name. */
export function remoteKeys(url: string, { transport, now, warn }: RemoteKeysOptions): KeySet {
  let keys = localKeys([]);
  let fetchedAt = Number.NEGATIVE_INFINITY;
  let triedAt = Number.NEGATIVE_INFINITY;
  let pending: Promise<void> | undefined;

  const fetchKeys = async () => {
    triedAt = now().getTime();
    try {
      const signal = AbortSignal.timeout(timeout);
      const headers = { accept: 'application/json' };
      const { status, text } = await transport({ url, method: 'GET', headers, signal, maxBytes });
      if (status !== 200) return warn(`no keys: answered ${status}`);
      keys = localKeys(publicKeysIn(text));
      fetchedAt = triedAt;
    } catch (error) {
      warn(`no keys: ${error instanceof TransportError ? error.problem : 'no key set'}`);
    }
  };

  return {
    find: async (kid, alg, leftMs = timeout) => {
      const age = () => now().getTime() - fetchedAt;
      if (!keys.has(kid) || age() >= maxAge) {
        if (pending === undefined && now().getTime() - triedAt >= coolDown) {
          pending = fetchKeys().finally(() => {
            pending = undefined;
          });
        }
        if (pending) await atMost(leftMs, pending);
      }
      return age() < maxStale ? keys.find(kid, alg) : 'unknown';
    },
  };
}

/** Until it is done, or for so long [ms]. */
async function atMost(ms: number, pending: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.max(0, ms));
  });
  await Promise.race([pending, late]).finally(() => clearTimeout(timer));
}

function localKeys(keys: readonly JWK[]) {
  const set = createLocalJWKSet({ keys: [...keys] });
  const kids = new Set(keys.map(({ kid }) => kid));
  return {
    has: (kid: string) => kids.has(kid),
    find: async (kid: string, alg: string) => {
      if (!kids.has(kid)) return 'unknown';
      try {
        return await set({ alg, kid });
      } catch (error) {
        return error instanceof errors.JWKSNoMatchingKey ? 'other-algorithm' : 'unknown';
      }
    },
  } as const satisfies KeySet & { has(kid: string): boolean };
}

/** @throws when the text is no JWK Set */
function publicKeysIn(text: string): JWK[] {
  const { keys } = JSON.parse(text) as JSONWebKeySet;
  if (!Array.isArray(keys)) throw new TypeError('no key set');
  return keys
    .filter((key) => typeof key?.kid === 'string' && (key.kty === 'EC' || key.kty === 'RSA'))
    .slice(0, maxKeys);
}
