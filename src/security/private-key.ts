import { createPrivateKey, type JsonWebKey, type KeyObject } from 'node:crypto';

/** A key with which this service signs. The key object shows nothing of itself when it is printed. */
export interface PrivateKey {
  readonly kid: string;
  readonly alg: 'ES384' | 'RS384';
  readonly key: KeyObject;
}

/**
 * Reads a private key: the text of a JWK, EC P-384 or RSA of at least 2048 bits, with its `kid`.
 *
 * @throws Error in words fit for a log, without anything of the text
 */
export function parsePrivateKey(text: string): PrivateKey {
  const jwk = jsonOf(text);
  if (typeof jwk?.kid !== 'string' || jwk.kid === '') throw new Error('is no JWK with a kid');
  const key = keyOf(jwk);
  if (jwk.kty === 'EC' && jwk.crv === 'P-384') return { kid: jwk.kid, alg: 'ES384', key };
  if (jwk.kty === 'RSA' && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2048)
    return { kid: jwk.kid, alg: 'RS384', key };
  throw new Error('must be EC P-384, or RSA of 2048 bits or more');
}

function jsonOf(text: string): (JsonWebKey & { readonly kid?: unknown }) | null {
  try {
    return JSON.parse(text) as JsonWebKey;
  } catch {
    throw new Error('is not JSON');
  }
}

function keyOf(jwk: JsonWebKey): KeyObject {
  try {
    return createPrivateKey({ key: jwk, format: 'jwk' });
  } catch {
    throw new Error('is no private key');
  }
}
