import type { ServerResponse } from 'node:http';
import type { Response } from 'express';

/** Facts, rules and cards of a large record take less. */
const mostForComputingMs = 50;

/** What of a budget may be spent on waiting for others [ms]. */
export function waitingMs(budgetMs: number): number {
  return budgetMs - Math.min(mostForComputingMs, budgetMs / 10);
}

/** Notes that the whole body is there, and begins to be handled. How long a client takes to send it is its own time. */
export function noteArrival(response: ServerResponse): void {
  (response as Response).locals.arrived = performance.now();
}

/**
 * When the reads of a call end: with its answer, with the client, or as early before the budget does that what was
 * read can still be used. The budget begins when the body has arrived. By a timer of our own: Node.js 20 forgets an `AbortSignal.timeout` to which only
 * `AbortSignal.any` refers as soon as it collects memory.
 *
 * @param budgetMs what the call may take
 * @param spentMs what finding out who calls has taken of it
 * @returns to be aborted by whoever has decided
 */
export function openReading(response: Response, budgetMs: number, spentMs = 0): AbortController {
  const reading = new AbortController();
  const now = performance.now();
  const sinceArrivalMs = now - ((response.locals.arrived as number | undefined) ?? now);
  const readingMs = Math.floor(waitingMs(budgetMs) - spentMs - sinceArrivalMs);
  const timer = setTimeout(() => reading.abort(), Math.max(0, readingMs));
  const end = () => {
    clearTimeout(timer);
    reading.abort();
  };
  if (response.closed) end();
  else response.on('close', end);
  return reading;
}
