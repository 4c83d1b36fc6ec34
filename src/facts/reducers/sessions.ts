import type { Procedure, Resource, ServiceRequest } from 'fhir/r4.js';
import type { OrderMatcher } from '../../definitions/definitions.ts';
import { type DateInterval, parseFhirDate } from '../../fhir/fhir-date.ts';
import { between, type Estimate } from '../../kernel/estimate.ts';
import type { OrderName } from '../../kernel/fact.ts';
import { labelOf, matchProbable } from '../../orders/recognise-orders.ts';
import { matchConcept } from '../../terminology/match-concept.ts';
import type { NegationMode } from '../../terminology/negation.ts';
import { type PatientRecord, type ReducerContext, resourcesOf } from '../patient-record.ts';
import { type Dated, dated, daysAgo, isFuture, newestFirst, periodDates } from './dated.ts';
import type { Source } from './reducer.ts';

/** One session of a procedure that was done. */
export interface DoneSession extends Dated<Procedure | ServiceRequest> {
  readonly days: Estimate;
  /** False when its code may mean another procedure. */
  readonly certain: boolean;
  readonly order: OrderName;
}

export interface Sessions {
  /** Newest first. */
  readonly past: readonly DoneSession[];
  /** One that is recorded as done on a day that has not come. */
  readonly ahead?: DoneSession;
  /** Why there may be more of them. */
  readonly missing?: string;
}

const done: ReadonlySet<unknown> = new Set(['completed', 'in-progress', undefined]);

/** A procedure of this status has happened. */
export function wasDone(status: unknown): boolean {
  return done.has(status);
}

/** Whether a concept is one of these procedures: certainly, or by a code that may mean another one. */
export function meaning(
  concept: unknown,
  matchers: readonly OrderMatcher[],
  session: readonly unknown[],
  negation: NegationMode,
): { certain: boolean; order: OrderName } | undefined {
  for (const matcher of matchers) {
    const { name } = matcher;
    if (matchConcept(concept, matcher.concept, { negation }))
      return { certain: true, order: { name, label: labelOf(concept, matcher) } };
    const probable = matchProbable(concept, matcher, session);
    if (probable) return { certain: probable.note === undefined, order: { name, label: probable.label } };
  }
  return undefined;
}

/** The sessions that another fact speaks of. */
export function sessionsNamed(id: string, context: ReducerContext): Sessions {
  const source = context.source(id) as Source<'last-procedure'>;
  return sessionsOf(source.definition, context);
}

/** Collected once for all the facts that speak of them. */
const collected = new WeakMap<PatientRecord, Map<string, Sessions>>();

/**
 * The sessions of a procedure: its Procedures, and its orders that are marked as completed where there was no Procedure
 * within three days of them.
 */
export function sessionsOf(
  { from, order }: { readonly from: readonly string[]; readonly order: string },
  context: ReducerContext,
): Sessions {
  const ofRecord = collected.get(context.record) ?? new Map<string, Sessions>();
  collected.set(context.record, ofRecord);
  const name = `${order} ${from.join()}`;
  const found = ofRecord.get(name) ?? collect(from, order, context);
  ofRecord.set(name, found);
  return found;
}

function collect(from: readonly string[], order: string, { record, orders }: ReducerContext): Sessions {
  const procedures = resourcesOf<Procedure>(record, from, 'Procedure');
  const recorded = among(
    procedures.resources
      .filter(({ status }) => done.has(status))
      .map((one) => dated(one, [one.performedDateTime, ...periodDates(one.performedPeriod)])),
    orders(order),
    record.now,
  );
  const { resources } = resourcesOf<ServiceRequest>(record, from, 'ServiceRequest');
  const completed = among(
    resources.filter(({ status, doNotPerform }) => status === 'completed' && doNotPerform !== true).map(carriedOut),
    orders(order),
    record.now,
  );
  const all = newestFirst([
    ...recorded,
    ...completed.filter((one) => !recorded.some(isSameSession(one))),
  ]) as readonly DoneSession[];
  const isAhead = ({ date }: DoneSession) => date !== undefined && isFuture(date, record.now);
  const ahead = all.find(isAhead);
  return {
    past: all.filter((one) => !isAhead(one)),
    ...(ahead && { ahead }),
    ...(procedures.missing === undefined ? {} : { missing: procedures.missing }),
  };
}

/** Whether a Procedure may be what the order was carried out as: within three days of it, or at any time since it was written. */
function isSameSession(order: DoneSession): (procedure: DoneSession) => boolean {
  const written = parseFhirDate(order.recorded);
  const from = order.date?.from ?? written?.from ?? Number.NEGATIVE_INFINITY;
  const to = order.date ? lastMoment(order.date) : Number.POSITIVE_INFINITY;
  return ({ date }) => date !== undefined && lastMoment(date) >= from - sessionMs && date.from <= to + sessionMs;
}

/** The end of a day, month or year is exclusive. */
function lastMoment({ from, to }: DateInterval): number {
  return Math.max(from, to - 1);
}

/** When a completed order was carried out: on its day, else at some time since it was written. */
function carriedOut(request: ServiceRequest): Dated<ServiceRequest> {
  const { occurrenceDateTime, occurrencePeriod, authoredOn } = request;
  const known = dated(request, [occurrenceDateTime, ...periodDates(occurrencePeriod)]);
  return known.date || typeof authoredOn !== 'string' ? known : { resource: request, recorded: authoredOn };
}

function among(
  events: readonly Dated<Procedure | ServiceRequest>[],
  matchers: readonly OrderMatcher[],
  now: Date,
): readonly DoneSession[] {
  const sameTime = codesWithin(events);
  return newestFirst(events).flatMap((one): DoneSession[] => {
    const found = meaning(one.resource.code, matchers, sameTime(one.date?.from), 'statement');
    return found ? [{ ...one, ...found, days: daysSince(one, now) }] : [];
  });
}

/** Procedures within three days are one session. */
const sessionMs = 3 * 86_400_000;

/** The codes of the procedures within three days of a time, collected once for each time. */
function codesWithin(
  events: readonly Dated<Procedure | ServiceRequest>[],
): (time: number | undefined) => readonly unknown[] {
  const byTime = new Map<number | undefined, readonly unknown[]>();
  return (time) => {
    const near = ({ date }: Dated<Resource>) => time !== undefined && date && Math.abs(date.from - time) <= sessionMs;
    const codes = byTime.get(time) ?? events.filter(near).map(({ resource }) => resource.code);
    byTime.set(time, codes);
    return codes;
  };
}

function daysSince({ date, recorded }: Dated<Resource>, now: Date): Estimate {
  const written = date ?? parseFhirDate(recorded);
  if (written === undefined) return between(0, Number.POSITIVE_INFINITY);
  const { min, max } = daysAgo(written, now);
  return between(date === undefined ? 0 : Math.max(0, min), Math.max(0, max));
}
