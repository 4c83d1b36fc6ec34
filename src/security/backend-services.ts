import { SignJWT } from 'jose';
import { z } from 'zod';
import type { FhirAuthorization } from '../cds-hooks/request.ts';
import type { Transport } from '../outbound/transport.ts';
import type { PrivateKey } from './private-key.ts';

/** How this service is registered at an authorisation server, for EHRs whose calls bring no token. */
export interface BackendCredentials {
  readonly clientId: string;
  readonly tokenUrl: string;
  readonly scope: string;
  readonly key: PrivateKey;
}

export interface TokenSource {
  /** A token that is still good for the time of a call. @throws TokenError, TransportError */
  token(signal: AbortSignal): Promise<FhirAuthorization>;
  /** The FHIR server did not take this token: the next call asks for another. */
  forget(accessToken: string): void;
}

export interface TokenDependencies {
  readonly transport: Transport;
  now(): Date;
  newId(): string;
}

/** SMART allows five minutes at most [s]. */
const assertionLifetime = 240;
/** A token is asked for anew when less of its life is left, or half of it where it is short [s]. */
const margin = 60;
/** No token is kept longer, whatever the server says [s]. */
const longestKept = 3600;

const Answer = z.object({
  access_token: z.string().min(1),
  token_type: z.string().regex(/^bearer$/i),
  expires_in: z.coerce.number().positive().catch(margin),
  scope: z.string().optional().catch(undefined),
});

/** The authorisation server granted no token. The message is made of static words and, at most, the HTTP status. */
export class TokenError extends Error {
  readonly code = 'ERR_TOKEN';

  constructor(message: string) {
    super(message);
    this.name = 'TokenError';
  }
}

/**
 * Tokens by SMART Backend Services: client credentials with an assertion that is signed by our key. A token is kept in
 * memory until shortly before it expires, and written nowhere.
 *
 * @see SMART App Launch 2.x, Backend Services; RFC 7523
 */
export function createTokenSource(credentials: BackendCredentials, dependencies: TokenDependencies): TokenSource {
  let kept: { readonly authorization: FhirAuthorization; readonly until: number } | undefined;
  return {
    token: async (signal) => {
      const asked = dependencies.now().getTime();
      if (kept !== undefined && asked < kept.until) return kept.authorization;
      const { access_token: accessToken, expires_in, scope } = await requestToken(credentials, dependencies, signal);
      const lifetime = Math.min(expires_in, longestKept);
      const authorization = { accessToken, scope: scope ?? credentials.scope };
      kept = { authorization, until: asked + (lifetime - Math.min(margin, lifetime / 2)) * 1000 };
      return authorization;
    },
    forget: (accessToken) => {
      if (kept?.authorization.accessToken === accessToken) kept = undefined;
    },
  };
}

async function requestToken(
  credentials: BackendCredentials,
  { transport, now, newId }: TokenDependencies,
  signal: AbortSignal,
): Promise<z.infer<typeof Answer>> {
  const { clientId, tokenUrl, scope, key } = credentials;
  const seconds = Math.floor(now().getTime() / 1000);
  const assertion = await new SignJWT({ iss: clientId, sub: clientId, aud: tokenUrl, jti: newId() })
    .setProtectedHeader({ alg: key.alg, kid: key.kid, typ: 'JWT' })
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + assertionLifetime)
    .sign(key.key);
  const { status, text } = await transport({
    url: tokenUrl,
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      scope,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
    }).toString(),
    signal,
    maxBytes: 64 * 1024,
  });
  if (status !== 200) throw new TokenError(`answered ${status}`);
  return answerIn(text);
}

function answerIn(text: string): z.infer<typeof Answer> {
  try {
    return Answer.parse(JSON.parse(text));
  } catch {
    throw new TokenError('no token in the answer');
  }
}
