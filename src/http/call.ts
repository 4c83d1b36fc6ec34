import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import { capitalised } from '../cards/format.ts';
import type { CdsResponse } from '../cds-hooks/card.ts';
import type { HookRequest } from '../cds-hooks/request.ts';
import { decide } from '../decide.ts';
import type { Decision } from '../decision.ts';
import { type Definitions, definitionsAt, prefetchKeyOf } from '../definitions/definitions.ts';
import { callLogLine, localLogLine } from '../observability/call-log.ts';
import { type FhirAccess, openReader } from '../security/fhir-access.ts';
import { callerOf } from './authenticate.ts';
import { withTimelineLinks } from './card-links.ts';
import { HttpProblem } from './operation-outcome.ts';
import { parseHookRequest } from './parse-hook-request.ts';
import { openReading } from './reading-time.ts';
import { type Records, shownCards } from './shown-cards.ts';

export interface CallDependencies extends Records {
  readonly definitions: Definitions;
  readonly logger: Logger;
  readonly hookBudgetMs: number;
  /** What may be read when calls are not authenticated. */
  readonly anyonesAccess: FhirAccess;
  readonly sandbox: boolean;
  /** Where the SMART app is published that cards link to; empty: where the service is called. None: they do not. */
  readonly timelineBase?: string;
  now(): Date;
  newId(): string;
}

/** A call of a service, and what was decided. */
export interface DecidedCall {
  readonly serviceId: string;
  readonly hookRequest: HookRequest;
  /** Those of the day of the call. */
  readonly definitions: Definitions;
  readonly now: Date;
  readonly decision: Decision;
  /** Why the FHIR server that was named is not read. */
  readonly refusal?: string;
}

/** Answers one call of a service. */
export async function answerCall(request: Request, response: Response, dependencies: CallDependencies): Promise<void> {
  const started = performance.now();
  const call = await decideCall(request, response, dependencies);
  const { serviceId, hookRequest, definitions, now, decision, refusal } = call;
  response.locals.logged = true;
  const line = callLogLine(serviceId, hookRequest, decision, performance.now() - started);
  const client = callerOf(response)?.client.registration.name;
  dependencies.logger.info(
    { ...line, ...localLogLine(definitions), ...(client && { client }), ...(refusal && { refusal }) },
    'call answered',
  );
  if (!response.closed) dependencies.store.cardsShown(shownCards(serviceId, hookRequest, decision, now, dependencies));
  const { timelineBase } = dependencies;
  const isLinked = timelineBase !== undefined && callerOf(response)?.client.registration.links !== false;
  write(response, call, (cards) => (isLinked ? withTimelineLinks(cards, call, timelineBase, request) : cards));
}

/** Reads a call and decides it. Neither logs, nor keeps, nor answers. */
export async function decideCall(
  request: Request,
  response: Response,
  dependencies: CallDependencies,
): Promise<DecidedCall> {
  const { sandbox, newId } = dependencies;
  const now = dependencies.now();
  const definitions = definitionsAt(dependencies.definitions, now);
  const service = definitions.service.services.find(({ id }) => id === request.params.id);
  if (service === undefined) throw new HttpProblem(404, [{ code: 'not-found', text: 'There is no such CDS Service' }]);
  const hookRequest = parseHookRequest(request.body, service.hook);
  const caller = callerOf(response);
  const reading = openReading(response, dependencies.hookBudgetMs, caller?.ms);
  const access = caller?.client.access ?? dependencies.anyonesAccess;
  const { reader, refusal } = openReader(hookRequest, access, reading.signal);
  const decision = await decide(hookRequest, definitions, { reader, now, sandbox, newId });
  reading.abort();
  return { serviceId: service.id, hookRequest, definitions, now, decision, ...(refusal && { refusal }) };
}

function write(
  response: Response,
  { decision, refusal, definitions }: DecidedCall,
  finished: (response: CdsResponse) => CdsResponse,
): void {
  if (decision.kind === 'cards') {
    response.json(finished(decision.response));
    return;
  }
  const { status, reason, keys, why } = decision;
  throw new HttpProblem(
    status,
    // A 400 names what the client sent, a 412 what we read.
    keys.map((key) => {
      const sent = status === 412 ? prefetchKeyOf(key, definitions) : key;
      const because = refusal ?? why?.get(key);
      return {
        code: status === 412 ? 'incomplete' : 'invalid',
        text: `${capitalised(reason)}: ${sent}${because ? ` (${because})` : ''}`,
        expression: `prefetch.${sent}`,
      };
    }),
  );
}
