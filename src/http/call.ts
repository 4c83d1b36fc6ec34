import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import { capitalised } from '../cards/format.ts';
import { decide } from '../decide.ts';
import type { Decision } from '../decision.ts';
import { type Definitions, definitionsAt, prefetchKeyOf } from '../definitions/definitions.ts';
import { callLogLine, localLogLine } from '../observability/call-log.ts';
import { type FhirAccess, openReader } from '../security/fhir-access.ts';
import { callerOf } from './authenticate.ts';
import { HttpProblem } from './operation-outcome.ts';
import { parseHookRequest } from './parse-hook-request.ts';
import { type Records, shownCards } from './shown-cards.ts';

export interface CallDependencies extends Records {
  readonly definitions: Definitions;
  readonly logger: Logger;
  readonly hookBudgetMs: number;
  /** What may be read when calls are not authenticated. */
  readonly anyonesAccess: FhirAccess;
  readonly sandbox: boolean;
  now(): Date;
  newId(): string;
}

/** Facts, rules and cards of a large record take less. */
const mostForComputingMs = 50;

/** Answers one call of a service. */
export async function answerCall(request: Request, response: Response, dependencies: CallDependencies): Promise<void> {
  const started = performance.now();
  const { logger, sandbox, newId } = dependencies;
  const now = dependencies.now();
  const definitions = definitionsAt(dependencies.definitions, now);
  const service = definitions.service.services.find(({ id }) => id === request.params.id);
  if (service === undefined) throw new HttpProblem(404, [{ code: 'not-found', text: 'There is no such CDS Service' }]);
  const hookRequest = parseHookRequest(request.body, service.hook);
  const caller = callerOf(response);
  const reading = untilClosed(response, readingMs(dependencies.hookBudgetMs, caller?.ms));
  const access = caller?.client.access ?? dependencies.anyonesAccess;
  const { reader, refusal } = openReader(hookRequest, access, reading.signal);
  const decision = await decide(hookRequest, definitions, { reader, now, sandbox, newId });
  reading.abort();
  response.locals.logged = true;
  const line = callLogLine(service.id, hookRequest, decision, performance.now() - started);
  const client = caller?.client.registration.name;
  logger.info(
    { ...line, ...localLogLine(definitions), ...(client && { client }), ...(refusal && { refusal }) },
    'call answered',
  );
  if (!response.closed) dependencies.store.cardsShown(shownCards(service.id, hookRequest, decision, now, dependencies));
  write(response, decision, refusal, definitions);
}

/**
 * Reads end with the answer, with the client, or with the budget. By a timer of our own: Node.js 20 forgets a
 * `AbortSignal.timeout` to which only `AbortSignal.any` refers as soon as it collects memory.
 */
function untilClosed(response: Response, ms: number): AbortController {
  const reading = new AbortController();
  const timer = setTimeout(() => reading.abort(), ms);
  const end = () => {
    clearTimeout(timer);
    reading.abort();
  };
  if (response.closed) end();
  else response.on('close', end);
  return reading;
}

/** What is left of the budget for reads: some of it is for what is made of them, some was needed to know who calls. */
function readingMs(budgetMs: number, spentMs = 0): number {
  return Math.max(0, Math.floor(budgetMs - Math.min(mostForComputingMs, budgetMs / 10) - spentMs));
}

function write(response: Response, decision: Decision, refusal: string | undefined, definitions: Definitions): void {
  if (decision.kind === 'cards') {
    response.json(decision.response);
    return;
  }
  const { status, reason, keys } = decision;
  throw new HttpProblem(
    status,
    // A 400 names what the client sent, a 412 what we read.
    keys
      .map((key) => (status === 412 ? prefetchKeyOf(key, definitions) : key))
      .map((key) => ({
        code: status === 412 ? 'incomplete' : 'invalid',
        text: `${capitalised(reason)}: ${key}${refusal ? ` (${refusal})` : ''}`,
        expression: `prefetch.${key}`,
      })),
  );
}
