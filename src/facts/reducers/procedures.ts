import type { Appointment, Period, Procedure, ServiceRequest } from 'fhir/r4.js';
import { asArray } from '../../fhir/codeable-concept.ts';
import { type DateInterval, parseFhirDate } from '../../fhir/fhir-date.ts';
import { between, type Estimate, exactly, isAbove } from '../../kernel/estimate.ts';
import { estimateOf, type Fact } from '../../kernel/fact.ts';
import { not } from '../../kernel/truth.ts';
import { matchConcept } from '../../terminology/match-concept.ts';
import { type ReducerContext, resourcesOf, thresholdOf } from '../patient-record.ts';
import { provenanceOf } from '../provenance.ts';
import { dated, daysAgo } from './dated.ts';
import { notFound, type Reducer } from './reducer.ts';
import { meaning, sessionsOf, wasDone } from './sessions.ts';

/**
 * Days since the last session of a procedure. A session coded so that it may have been something else makes a range:
 * from that session to the last certain one.
 */
export const lastProcedure: Reducer<'last-procedure'> = ({ definition }, context) => {
  const { past, ahead, missing } = sessionsOf(definition, context);
  const [latest] = past;
  if (latest === undefined && ahead !== undefined) {
    const provenance = provenanceOf(ahead.resource, ahead.order.label, ahead.recorded);
    return { state: 'unusable', reason: 'its date lies in the future', provenance };
  }
  if (latest === undefined) return notFound(missing);
  const [lastCertain] = past.filter(({ certain }) => certain).sort((a, b) => a.days.high - b.days.high);
  const high = lastCertain?.days.high ?? Number.POSITIVE_INFINITY;
  const low = missing === undefined ? Math.min(...past.map(({ days }) => days.low)) : 0;
  const { resource, recorded, order } = lastCertain ?? latest;
  return {
    state: 'found',
    value: between(Math.min(low, high), high),
    unit: 'd',
    orders: [order],
    provenance: provenanceOf(resource, order.label, recorded),
  };
};

/** Whether a procedure of the list was ever done. */
export const procedureEver: Reducer<'procedure-ever'> = ({ definition, concept }, { record }) => {
  const { resources, missing } = resourcesOf<Procedure>(record, definition.from, 'Procedure');
  const found = resources.find(
    ({ status, code }) => wasDone(status) && matchConcept(code, concept, { negation: 'statement' }),
  );
  if (found)
    return {
      state: 'found',
      value: exactly(1),
      unit: '1',
      provenance: provenanceOf(found, 'done', found.performedDateTime),
    };
  return notFound(missing);
};

/**
 * Whether a procedure is planned: an active order or a booked appointment within the days ahead; an order without date
 * when it was written recently and the procedure has not been done since.
 */
export const plannedProcedure: Reducer<'planned-procedure'> = ({ definition }, context) => {
  const { record } = context;
  const requests = resourcesOf<ServiceRequest>(record, definition.from, 'ServiceRequest');
  const appointments = resourcesOf<Appointment>(record, definition.from, 'Appointment');
  const matchers = context.orders(definition.order);
  const session = requests.resources.map(({ code }) => code);
  const plans = [
    ...requests.resources
      .filter(
        ({ status, intent, doNotPerform }) =>
          status === 'active' && doNotPerform !== true && intent !== 'proposal' && intent !== 'option',
      )
      .flatMap((request) => {
        const found = meaning(request.code, matchers, session, 'order');
        return found ? [{ resource: request, ...found, planned: plannedByRequest(request, definition, context) }] : [];
      }),
    ...appointments.resources
      .filter(({ status }) => status === 'booked' || status === 'arrived' || status === 'checked-in')
      .flatMap((appointment) => {
        const concepts = [
          ...asArray(appointment.serviceType),
          appointment.appointmentType,
          ...asArray(appointment.reasonCode),
          { text: appointment.description },
        ];
        const found = concepts
          .map((concept) => meaning(concept, matchers, [], 'order'))
          .find((one) => one !== undefined);
        return found
          ? [
              {
                resource: appointment,
                ...found,
                planned: isAhead(parseFhirDate(appointment.start), definition, context),
              },
            ]
          : [];
      }),
  ].map((plan) => ({ ...plan, planned: plan.certain ? plan.planned : { ...plan.planned, low: 0 } }));
  const [first] = [...plans].sort((a, b) => b.planned.low - a.planned.low || b.planned.high - a.planned.high);
  if (first !== undefined && first.planned.high > 0) {
    const { resource, order, planned } = first;
    const when =
      resource.resourceType === 'Appointment' ? resource.start : (resource.occurrenceDateTime ?? resource.authoredOn);
    return {
      state: 'found',
      value: planned,
      unit: '1',
      orders: [order],
      provenance: provenanceOf(resource, `${order.label} planned`, when),
    };
  }
  const { missing } = requests;
  return notFound(missing, 'not planned');
};

type Planned = Parameters<Reducer<'planned-procedure'>>[0]['definition'];

function plannedByRequest(request: ServiceRequest, definition: Planned, context: ReducerContext): Estimate {
  const occurrences = occurrencesOf(request, context.record.now);
  if (occurrences.length > 0) return likeliest(occurrences.map((one) => isAhead(one, definition, context)));
  const { date } = dated(request, [request.authoredOn]);
  if (date === undefined) return between(0, 1);
  const written = daysAgo(date, context.record.now);
  if (written.min > thresholdOf(context, definition.authored)) return exactly(0);
  const last: Fact | undefined = context.facts.get(definition.last);
  const doneSince = not(isAbove(last ? estimateOf(last) : between(0, Number.POSITIVE_INFINITY), written.max));
  if (doneSince === 'true') return exactly(0);
  return doneSince === 'false' && written.max <= thresholdOf(context, definition.authored) ? exactly(1) : between(0, 1);
}

/** When it is to happen: on a day, in a period, or at the times of a schedule. */
function occurrencesOf(request: ServiceRequest, now: Date): readonly DateInterval[] {
  const { occurrenceDateTime, occurrencePeriod, occurrenceTiming } = request;
  const events = asArray(occurrenceTiming?.event).map(parseFhirDate);
  const periods = [occurrencePeriod, occurrenceTiming?.repeat?.boundsPeriod].map((one) => rest(one, now));
  return [parseFhirDate(occurrenceDateTime), ...events, ...periods].filter((one) => one !== undefined);
}

/** Of a period that has begun only the rest is ahead. */
function rest(period: Period | undefined, now: Date): DateInterval | undefined {
  const [start, end] = [period?.start, period?.end].map(parseFhirDate);
  if (start === undefined || end === undefined) return start ?? end;
  const from = end.to > now.getTime() ? Math.max(start.from, now.getTime()) : start.from;
  return { from, to: end.to, precision: 'day' };
}

/** One of them is enough. */
function likeliest(plans: readonly Estimate[]): Estimate {
  return between(Math.max(...plans.map(({ low }) => low)), Math.max(...plans.map(({ high }) => high)));
}

function isAhead(date: DateInterval | undefined, { ahead }: Planned, context: ReducerContext): Estimate {
  if (date === undefined) return between(0, 1);
  const { min, max } = daysAgo(date, context.record.now);
  const limit = thresholdOf(context, ahead);
  if (max <= 0 && -min <= limit) return exactly(1);
  return min > 0 || -max > limit ? exactly(0) : between(0, 1);
}
