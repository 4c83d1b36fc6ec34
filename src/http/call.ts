import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import { decide } from '../decide.ts';
import type { Decision } from '../decision.ts';
import type { Definitions } from '../definitions/definitions.ts';
import { callLogLine } from '../observability/call-log.ts';
import { type FhirAccess, openReader } from '../security/fhir-access.ts';
import { callerOf } from './authenticate.ts';
import { HttpProblem } from './operation-outcome.ts';
import { parseHookRequest } from './parse-hook-request.ts';

export interface CallDependencies {
  readonly definitions: Definitions;
  readonly logger: Logger;
  readonly hookBudgetMs: number;
  /** What may be read when calls are not authenticated. */
  readonly anyonesAccess: FhirAccess;
  readonly sandbox: boolean;
  now(): Date;
  newId(): string;
}

/** Answers one call of a service. */
export async function answerCall(request: Request, response: Response, dependencies: CallDependencies): Promise<void> {
  const started = performance.now();
  const { definitions, logger, sandbox, newId } = dependencies;
  const service = definitions.service.services.find(({ id }) => id === request.params.id);
  if (service === undefined) throw new HttpProblem(404, [{ code: 'not-found', text: 'There is no such CDS Service' }]);
  const hookRequest = parseHookRequest(request.body, service.hook);
  const gone = new AbortController();
  response.on('close', () => gone.abort()); // Reads end with the answer, with the client, or with the budget.
  const caller = callerOf(response);
  const budget = Math.max(0, Math.floor(dependencies.hookBudgetMs - (caller?.ms ?? 0)));
  const signal = AbortSignal.any([gone.signal, AbortSignal.timeout(budget)]);
  const access = caller?.client.access ?? dependencies.anyonesAccess;
  const { reader, refusal } = openReader(hookRequest, access, signal);
  const decision = await decide(hookRequest, definitions, { reader, now: dependencies.now(), sandbox, newId });
  gone.abort();
  response.locals.logged = true;
  const line = callLogLine(service.id, hookRequest, decision, performance.now() - started);
  const client = caller?.client.registration.name;
  logger.info({ ...line, ...(client && { client }), ...(refusal && { refusal }) }, 'call answered');
  write(response, decision, refusal);
}

function write(response: Response, decision: Decision, refusal: string | undefined): void {
  if (decision.kind === 'cards') {
    response.json(decision.response);
    return;
  }
  const { status, reason, keys } = decision;
  throw new HttpProblem(
    status,
    keys.map((key) => ({
      code: status === 412 ? 'incomplete' : 'invalid',
      text: `${capitalised(reason)}: ${key}${refusal ? ` (${refusal})` : ''}`,
      expression: `prefetch.${key}`,
    })),
  );
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
