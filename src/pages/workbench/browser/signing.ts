import type { Start } from '../start.ts';
import type { Signer } from './run-call.ts';
import { uuid } from './uuid.ts';

/** What the workbench signs calls with, as an EHR does. */
export interface Signing {
  readonly sign: Signer;
  /** What belongs into the clients file of the service, so that it takes the calls of this browser. */
  readonly registration: object;
}

interface KeyPair {
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-384' } as const;
/** Seconds for which a token is good. */
const lifetime = 300;

/**
 * Signs calls with a key of this browser, which is made once and never leaves it.
 *
 * @returns undefined where browsers do not sign: on a page that is neither on https nor on loopback
 */
export async function prepareSigning(start: Start): Promise<Signing | undefined> {
  if (globalThis.crypto?.subtle === undefined) return undefined;
  const { privateKey, publicKey } = await keyOfThisBrowser();
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', publicKey);
  const kid = String(x).slice(0, 16);
  const issuer = `${location.origin}/workbench`;
  const skew = Date.parse(start.now) - Date.now();
  return {
    registration: {
      ...{ name: 'workbench', issuer, keys: [{ kty, crv, x, y, kid }] },
      fhirServers: [{ origin: new URL(start.fhirServer).origin }],
    },
    async sign(path) {
      const now = Math.floor((Date.now() + skew) / 1000);
      const aud = `${start.authentication?.audience ?? location.origin}${path}`;
      const claims = { iss: issuer, aud, iat: now, exp: now + lifetime, jti: uuid() };
      const text = `${encoded(JSON.stringify({ alg: 'ES384', typ: 'JWT', kid }))}.${encoded(JSON.stringify(claims))}`;
      const hash = { name: 'ECDSA', hash: 'SHA-384' };
      const signature = await crypto.subtle.sign(hash, privateKey, new TextEncoder().encode(text));
      return `${text}.${encoded(String.fromCharCode(...new Uint8Array(signature)))}`;
    },
  };
}

/** Base64url of a text of single bytes; everything that is signed here is ASCII. */
function encoded(text: string): string {
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

async function keyOfThisBrowser(): Promise<KeyPair> {
  const database = await opened(indexedDB.open('workbench', 1));
  const keys = (mode: IDBTransactionMode) => database.transaction('keys', mode).objectStore('keys');
  const known = (await done(keys('readonly').get('signing'))) as KeyPair | undefined;
  if (known !== undefined) return known;
  const pair = (await crypto.subtle.generateKey(algorithm, false, ['sign'])) as KeyPair;
  await done(keys('readwrite').put(pair, 'signing'));
  return pair;
}

function opened(request: IDBOpenDBRequest): Promise<IDBDatabase> {
  request.onupgradeneeded = () => request.result.createObjectStore('keys');
  return done(request);
}

function done<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
