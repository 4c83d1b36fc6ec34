import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { AuthenticationError } from '../security/authentication-error.ts';
import type { Client, ClientRegistry } from '../security/client-registry.ts';
import { type ReplayGuard, ReplayUndecided } from '../security/replay-guard.ts';
import { verifyToken } from '../security/verify-token.ts';
import { HttpProblem } from './operation-outcome.ts';
import { waitingMs } from './reading-time.ts';

export interface Authentication {
  readonly clients: ClientRegistry;
  /** Where the service is reached, without a slash at the end. Tokens are meant for addresses below it. */
  readonly publicBaseUrl: string;
  /** Whether the list of services is told without a token. */
  readonly discovery: 'open' | 'authenticated';
  readonly replayGuard: ReplayGuard;
}

export interface AuthenticationDependencies {
  readonly logger: Logger;
  readonly hookBudgetMs: number;
  now(): Date;
}

/** Who calls, once that is verified. */
export interface Caller {
  readonly client: Client;
  /** What finding that out took [ms]. */
  readonly ms: number;
}

/** Undefined when calls are not authenticated, and for discovery without a token. */
export function callerOf(response: Response): Caller | undefined {
  return response.locals.caller as Caller | undefined;
}

/** Everything below /cds-services needs a token. It is verified before the body is read. */
export function authenticate(
  { clients, publicBaseUrl, discovery, replayGuard }: Authentication,
  { logger, hookBudgetMs, now }: AuthenticationDependencies,
): RequestHandler {
  return async (request, response, next) => {
    const started = performance.now();
    const leftMs = () => waitingMs(hookBudgetMs) - (performance.now() - started);
    const path = pathOf(request);
    const { authorization } = request.headers;
    if (authorization === undefined && discovery === 'open' && path === '') return next();
    try {
      const endpoint = `${publicBaseUrl}/cds-services${path}`;
      const token = bearerOf(authorization);
      const client = await verifyToken(token, audiencesOf(endpoint), { clients, replayGuard, now, leftMs });
      response.locals.caller = { client, ms: performance.now() - started } satisfies Caller;
    } catch (error) {
      if (error instanceof ReplayUndecided) throw overloaded();
      if (!(error instanceof AuthenticationError)) throw error;
      response.locals.logged = true;
      logger.info({ status: 401, code: error.code, client: error.client }, 'not authenticated');
      throw notAuthenticated();
    }
    requireAllowed(callerOf(response), path);
    next();
  };
}

/** '' for discovery, '/{id}' for a service: as routing will see it. */
function pathOf({ path }: Request): string {
  try {
    return path === '/' ? '' : decodeURIComponent(path);
  } catch {
    return path;
  }
}

function bearerOf(authorization: string | undefined): string {
  const token = /^Bearer +([\w.-]+) *$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) throw new AuthenticationError(authorization === undefined ? 'missing' : 'token');
  return token;
}

/** The standard leaves open whether feedback is meant for the service or for the address it is sent to. */
function audiencesOf(endpoint: string): readonly string[] {
  return [endpoint, ...(endpoint.endsWith('/feedback') ? [endpoint.slice(0, -'/feedback'.length)] : [])];
}

/** Always the same, whatever was wrong. */
function notAuthenticated(): HttpProblem {
  return new HttpProblem(401, [{ code: 'login', text: 'Not authenticated' }], { 'WWW-Authenticate': 'Bearer' });
}

/** The token may be good; a new one is needed for the next attempt all the same. */
function overloaded(): HttpProblem {
  const text = 'Too many calls at once to tell whether the token was used before; try again with a new one';
  return new HttpProblem(503, [{ code: 'transient', text }], { 'Retry-After': '1' });
}

function requireAllowed(caller: Caller | undefined, path: string): void {
  const service = path.split('/')[1];
  const allowed = caller?.client.registration.services;
  if (service === undefined || allowed === undefined || allowed.includes(service)) return;
  throw new HttpProblem(403, [{ code: 'forbidden', text: 'This client may not call this service' }]);
}
