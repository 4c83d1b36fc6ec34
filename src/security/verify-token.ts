import { compactVerify, decodeJwt, decodeProtectedHeader, type JWTPayload } from 'jose';
import { AuthenticationError, type FailedCheck } from './authentication-error.ts';
import type { Client, ClientRegistry } from './client-registry.ts';
import { ALGORITHMS } from './clients-file.ts';
import type { ReplayGuard } from './replay-guard.ts';

export interface Verification {
  readonly clients: ClientRegistry;
  readonly replayGuard: ReplayGuard;
  now(): Date;
  /** What is left of the time that the call may take [ms]. */
  leftMs?(): number;
}

const maxTokenLength = 8192;
/** A name that can be stored and compared: no control characters, no half of a character. */
const NAME = /^[^\p{Cc}\p{Cs}]{1,512}$/u;
/** Clocks differ [s]. */
const leeway = 60;
/** No token may live longer, so that used ones need not be remembered longer [s]. */
const maxLifetime = 60 * 60;

/**
 * Verifies the JWT of a CDS client. The checks are made in this order, and the first that fails ends it: header,
 * issuer registered, its key, algorithm, signature, audience, time, tenant, not used before. Only a key that is not
 * known makes a request, and only to the registered address. What is fetched or asked is waited for while time is left.
 *
 * @param audiences the public URLs of the endpoint that is called; the token must be meant for one of them
 * @throws AuthenticationError
 */
export async function verifyToken(
  token: string,
  audiences: readonly string[],
  { clients, replayGuard, now, leftMs }: Verification,
): Promise<Client> {
  const header = headerOf(token);
  const client = clients.get(issuerOf(token));
  if (client === undefined) throw new AuthenticationError('issuer');
  const { name, issuer, jwksUrl, algorithms, tenants } = client.registration;
  const require = (met: boolean, check: FailedCheck) => {
    if (!met) throw new AuthenticationError(check, name);
  };

  require(header.jku === undefined || header.jku === jwksUrl, 'jku');
  const key = await client.keys.find(header.kid, header.alg, leftMs?.());
  if (key === 'unknown') throw new AuthenticationError('key', name);
  const isAllowed = algorithms.some((algorithm) => algorithm === header.alg);
  if (key === 'other-algorithm' || !isAllowed) throw new AuthenticationError('algorithm', name);
  const verified = await compactVerify(token, key, { algorithms: [header.alg] }).catch(() => undefined);
  if (verified === undefined) throw new AuthenticationError('signature', name);

  const claims = JSON.parse(new TextDecoder().decode(verified.payload)) as Readonly<Record<string, unknown>>;
  require([claims.aud].flat().some((aud) => audiences.some((url) => sameUrl(aud, url))), 'audience');
  const times = timesOf(claims);
  if (times === undefined || !isTimely(times, now().getTime() / 1000)) throw new AuthenticationError('time', name);
  require(tenants === undefined || tenants.some((tenant) => tenant === claims.tenant), 'tenant');
  if (!isName(claims.jti)) throw new AuthenticationError('jti', name);
  const expires = new Date((times.exp + leeway) * 1000);
  require(await replayGuard.claim(issuer, claims.jti, expires, leftMs?.()), 'replay');
  return client;
}

interface Header {
  readonly alg: string;
  readonly kid: string;
  readonly jku: unknown;
}

/** What no client could ever sign with, `none` and everything symmetric, ends here: before any key is looked for. */
function headerOf(token: string): Header {
  if (token.length > maxTokenLength) throw new AuthenticationError('token');
  const { alg, kid, typ, jku, crit } = decoded(() => decodeProtectedHeader(token));
  const isPossible = ALGORITHMS.some((algorithm) => algorithm === alg) && crit === undefined;
  if (!isPossible || !isName(kid) || typeof typ !== 'string' || typ.toUpperCase() !== 'JWT')
    throw new AuthenticationError('token');
  return { alg: alg as string, kid, jku };
}

function issuerOf(token: string): string {
  const { iss }: JWTPayload = decoded(() => decodeJwt(token));
  if (typeof iss !== 'string') throw new AuthenticationError('issuer');
  return iss;
}

function decoded<T>(decode: () => T): T {
  try {
    return decode();
  } catch {
    throw new AuthenticationError('token');
  }
}

/** The same address as written; doubled slashes and one at the end make no difference, as in routing. */
function sameUrl(aud: unknown, url: string): boolean {
  return typeof aud === 'string' && aud.replace(/(?<!:)\/{2,}/g, '/').replace(/\/$/, '') === url;
}

interface Times {
  readonly iat: number;
  readonly exp: number;
  /** The token does not hold before. */
  readonly nbf: number;
}

function timesOf({ exp, iat, nbf = 0 }: Readonly<Record<string, unknown>>): Times | undefined {
  return isNumber(exp) && isNumber(iat) && isNumber(nbf) ? { exp, iat, nbf } : undefined;
}

function isTimely({ exp, iat, nbf }: Times, now: number): boolean {
  return Math.max(iat, nbf) <= now + leeway && exp > now - leeway && exp > iat && exp - iat <= maxLifetime;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && NAME.test(value);
}
