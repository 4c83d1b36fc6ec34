import type { ServiceRequest } from 'fhir/r4.js';
import type { Definitions } from '../definitions/definitions.ts';
import { type PatientRecord, resourcesOf } from '../facts/patient-record.ts';
import { daysBefore, parseFhirDate } from '../fhir/fhir-date.ts';
import type { Draft } from '../orders/draft.ts';
import type { Threshold } from '../rules/situation.ts';
import { matchConcept } from '../terminology/match-concept.ts';

/** The read that tells which tests are awaited. */
export const pendingRead = 'orders';

/** The tests that are drafted in this session, or were ordered within the last days and have no result yet. */
export function awaitedTests(
  definitions: Definitions,
  record: PatientRecord,
  drafts: readonly Draft[],
  thresholds: ReadonlyMap<string, Threshold>,
): ReadonlySet<string> {
  const drafted = drafts.filter(({ resourceType }) => resourceType === 'ServiceRequest');
  const concepts = [...drafted.map(({ concept }) => concept), ...pendingOrders(definitions, record, thresholds)];
  const tests = [...definitions.facts.values()].filter(({ definition }) => definition.asks === 'laboratory');
  return new Set(tests.filter(({ concept }) => concepts.some((one) => matchConcept(one, concept))).map(({ id }) => id));
}

/** What was ordered within the last days and is still active. */
export function pendingOrders(
  definitions: Definitions,
  record: PatientRecord,
  thresholds: ReadonlyMap<string, Threshold>,
): readonly unknown[] {
  const withinDays = thresholds.get(definitions.gaps.pending)?.values.get('d') ?? 0;
  const ordered = resourcesOf<ServiceRequest>(record, [pendingRead], 'ServiceRequest').resources.filter((request) => {
    const authored = parseFhirDate(request.authoredOn);
    return request.status === 'active' && authored !== undefined && daysBefore(authored, record.now).max <= withinDays;
  });
  return ordered.map(({ code }) => code);
}
