import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import type { Definitions } from '../definitions/definitions.ts';
import type { FeedbackEvent, FeedbackReceipt } from '../store/store.ts';
import { StoreError } from '../store/store-error.ts';
import { callerOf } from './authenticate.ts';
import { HttpProblem } from './operation-outcome.ts';
import { parseFeedback } from './parse-feedback.ts';
import type { Records } from './shown-cards.ts';

export interface FeedbackDependencies extends Pick<Records, 'store' | 'patientHash'> {
  readonly definitions: Definitions;
  readonly logger: Logger;
}

/** Answers one feedback call of a service: 200 once everything is kept for good. */
export async function answerFeedback(
  request: Request,
  response: Response,
  dependencies: FeedbackDependencies,
): Promise<void> {
  const started = performance.now();
  const { definitions, logger, patientHash } = dependencies;
  const service = definitions.service.services.find(({ id }) => id === request.params.id);
  if (service === undefined) throw new HttpProblem(404, [{ code: 'not-found', text: 'There is no such CDS Service' }]);
  const events = parseFeedback(request.body, service.id, patientHash);
  const receipt = await keep(events, dependencies);
  const ms = Math.round((performance.now() - started) * 10) / 10;
  const accepted = events.filter(({ outcome }) => outcome === 'accepted').length;
  const counts = { events: events.length, accepted, overridden: events.length - accepted, ...receipt };
  const client = callerOf(response)?.client.registration.name;
  logger.info({ service: service.id, ms, ...counts, ...(client && { client }) }, 'feedback received');
  response.json({});
}

/** @throws HttpProblem 503: what is not kept is not acknowledged, the client may send it again */
async function keep(
  events: readonly FeedbackEvent[],
  { store, logger }: FeedbackDependencies,
): Promise<FeedbackReceipt> {
  if (events.length === 0) return { repeated: 0, unknown: 0 };
  try {
    return await store.keepFeedback(events);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    logger.warn({ reason: error.reason, events: events.length }, 'feedback could not be kept');
    const text = 'Feedback cannot be kept at the moment. Send it again later; what is sent twice counts once';
    throw new HttpProblem(503, [{ code: 'transient', text }], { 'Retry-After': '30' });
  }
}
