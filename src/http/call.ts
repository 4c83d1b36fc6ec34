import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import { capitalised } from '../cards/format.ts';
import type { HookRequest } from '../cds-hooks/request.ts';
import { decide } from '../decide.ts';
import type { Decision } from '../decision.ts';
import type { Definitions } from '../definitions/definitions.ts';
import { type FhirReader, noReader, unavailableReader } from '../fhir/fhir-reader.ts';
import { createHttpFhirReader } from '../fhir/http-fhir-reader.ts';
import { callLogLine } from '../observability/call-log.ts';
import { refusalOf } from '../security/fhir-servers.ts';
import { HttpProblem } from './operation-outcome.ts';
import { parseHookRequest } from './parse-hook-request.ts';

export interface CallDependencies {
  readonly definitions: Definitions;
  readonly logger: Logger;
  readonly hookBudgetMs: number;
  readonly fhirAllowedOrigins: readonly string[];
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
  response.on('close', () => gone.abort());
  const signal = AbortSignal.any([gone.signal, AbortSignal.timeout(dependencies.hookBudgetMs)]);
  const refusal =
    hookRequest.fhirServer && refusalOf(hookRequest.fhirServer, { allowedOrigins: dependencies.fhirAllowedOrigins });
  const reader = readerFor(hookRequest, signal, refusal);
  const decision = await decide(hookRequest, definitions, { reader, now: dependencies.now(), sandbox, newId });
  gone.abort();
  response.locals.logged = true;
  logger.info(
    { ...callLogLine(service.id, hookRequest, decision, performance.now() - started), ...(refusal && { refusal }) },
    'call answered',
  );
  write(response, decision, refusal);
}

/** Reads end with the answer, with the client, or with the budget. */
function readerFor(
  { fhirServer, accessToken }: HookRequest,
  signal: AbortSignal,
  refusal: string | undefined,
): FhirReader {
  if (fhirServer === undefined) return noReader;
  if (refusal) return unavailableReader(refusal);
  return createHttpFhirReader({ baseUrl: fhirServer, signal, ...(accessToken === undefined ? {} : { accessToken }) });
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
