import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import type { Authentication } from '../../src/http/authenticate.ts';
import type { Transport } from '../../src/outbound/transport.ts';
import { createRegistry } from '../../src/security/client-registry.ts';
import { clientsFile } from '../../src/security/clients-file.ts';
import type { PrivateKey } from '../../src/security/private-key.ts';
import { memoryReplayGuard, type ReplayGuard } from '../../src/security/replay-guard.ts';
import { countingIds } from './app.ts';
import { openTestTransport } from './transport.ts';

/** A CDS client as tests know it: registered, with keys that are thrown away. */

export const publicBaseUrl = 'https://cds.example.org/hcc';
export const endpoint = `${publicBaseUrl}/cds-services/hcc-order-sign`;
export const issuer = 'https://ehr.example.org/fhir';
export const jwksUrl = 'https://ehr.example.org/jwks.json';
export const services = ['hcc-order-select', 'hcc-order-sign'];
/** The clock of testApp. */
export const testNow = new Date('2026-11-05T12:00:00Z');
export const nowSeconds = testNow.getTime() / 1000;

export interface TestKey {
  readonly alg: string;
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK & { readonly kid: string };
}

export async function testKey(alg = 'ES384', kid = 'key-1'): Promise<TestKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { alg, kid, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid } };
}

let used = 0;

/** What a client signs for a call of order-sign; every token has a nonce of its own. */
export function claims(more: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  used += 1;
  const jti = `nonce-${used}`;
  return { iss: issuer, aud: endpoint, iat: nowSeconds - 5, exp: nowSeconds + 295, jti, ...more };
}

/** A token of this key. A claim or header that is undefined is left out. */
export async function signed(
  key: TestKey,
  payload: Readonly<Record<string, unknown>> = {},
  header: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const { alg, kid } = key;
  return await new SignJWT(claims(payload))
    .setProtectedHeader({ alg, kid, typ: 'JWT', ...header })
    .sign(key.privateKey);
}

export interface RegistryOptions {
  readonly clients?: readonly object[];
  readonly discovery?: 'open' | 'authenticated';
  now?(): Date;
  warn?(client: string, problem: string): void;
  readonly replayGuard?: ReplayGuard;
  openTransport?(networks: readonly string[]): Transport;
  /** The private keys that the clients file names. */
  readKey?(name: string): PrivateKey;
}

/** The client of these tests, with the key set at its address. */
export const registration = { name: 'ehr', issuer, jwksUrl };

/** What `createApp` needs to authenticate these clients. */
export function authenticating(options: RegistryOptions = {}): Authentication {
  const { clients = [registration], discovery = 'open', now = () => testNow, warn = () => undefined } = options;
  const { openTransport = openTestTransport, readKey = noKey } = options;
  const newId = countingIds();
  const file = clientsFile(services, readKey).parse({ discovery, clients });
  const registry = createRegistry(file, { openTransport, now, newId, warn });
  const { replayGuard = memoryReplayGuard(now) } = options;
  return { clients: registry, publicBaseUrl, discovery: file.discovery, replayGuard };
}

function noKey(name: string): never {
  throw new Error(`there is no key ${name}`);
}
