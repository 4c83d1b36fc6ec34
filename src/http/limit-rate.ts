import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import { callerOf } from './authenticate.ts';
import { HttpProblem } from './operation-outcome.ts';

const windowMs = 60_000;

/**
 * At most so many calls a minute from each client, before their bodies are read. Counted in this process: replicas
 * count each for themselves. Who is not known is not counted: without authentication there is no one to tell apart.
 */
export function limitRate(): RequestHandler {
  return rateLimit({
    windowMs,
    standardHeaders: false,
    legacyHeaders: false,
    skip: (_request, response) => callerOf(response) === undefined,
    keyGenerator: (_request, response) => callerOf(response)?.client.registration.issuer ?? '',
    limit: (_request, response) => callerOf(response)?.client.registration.callsPerMinute ?? 0,
    handler: (request, _response, next) => {
      const { resetTime } = (request as { rateLimit?: { resetTime?: Date } }).rateLimit ?? {};
      const wait = resetTime === undefined ? windowMs : resetTime.getTime() - Date.now();
      const seconds = Math.min(Math.max(Math.ceil(wait / 1000), 1), windowMs / 1000);
      const problem = { code: 'throttled', text: 'Too many calls from this client' } as const;
      next(new HttpProblem(429, [problem], { 'Retry-After': String(seconds) }));
    },
  });
}
