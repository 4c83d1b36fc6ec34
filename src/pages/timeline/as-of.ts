import type { Condition, Resource } from 'fhir/r4.js';
import type { PatientRecord } from '../../facts/patient-record.ts';
import { sayingOf } from '../../facts/reducers/problem-statements.ts';
import { parseFhirDate } from '../../fhir/fhir-date.ts';
import type { ReadResult } from '../../fhir/read-result.ts';
import { clockTime } from './clock-time.ts';

/** Results are often taken before the visit at which the patient is seen: what is recorded so soon belongs to them. */
const visitMs = 3 * 86_400_000;

/**
 * The record as it could have been read on an earlier day, with the problems that were recorded at the visit.
 *
 * @param evening the end of that day by the clocks of those who recorded (`clockTime`)
 * @param now the instant to which times are counted
 */
export function recordAsOf(record: PatientRecord, evening: number, now: Date): PatientRecord {
  const reads = [...record.reads].map(([key, read]): [string, ReadResult] => [
    key,
    readAsOf(read, evening, record.now),
  ]);
  return { ...record, now, reads: new Map(reads) };
}

function readAsOf(read: ReadResult, evening: number, today: Date): ReadResult {
  if (read.state === 'unavailable') return read;
  return { ...read, resources: read.resources.flatMap((resource) => resourceAsOf(resource, evening, today)) };
}

/** What began later is not there yet; a problem that ended later is still active. */
function resourceAsOf(resource: Resource, evening: number, today: Date): readonly Resource[] {
  const began = beganAt(resource);
  const isProblem = resource.resourceType === 'Condition';
  if (began !== undefined && began > evening + (isProblem ? visitMs : 0)) return [];
  return [isProblem ? problemAsOf(resource as Condition, evening, today) : resource];
}

/** As long as nobody knows whether it had ended by then, it was perhaps there. */
function problemAsOf(problem: Condition, evening: number, today: Date): Condition {
  if (sayingOf(problem, today) === 'refuted') return problem;
  const isOver = sayingOf(problem, today) === 'resolved';
  const { abatementDateTime, abatementPeriod, abatementAge, abatementRange, abatementString, ...rest } = problem;
  const end = endOf(problem);
  if (end === undefined ? !isOver : end.latest <= evening) return problem;
  const active: Condition = { ...rest, clinicalStatus: { coding: [{ code: 'active' }] } };
  if (end !== undefined && end.earliest > evening) return active;
  return { ...active, verificationStatus: { coding: [{ code: 'unconfirmed' }] } };
}

/** Between when and when a problem ended, as far as its dates tell [ms]; undefined when they tell nothing. */
function endOf({ abatementDateTime, abatementPeriod }: Condition) {
  const [first, last] = abatementDateTime
    ? [parseFhirDate(abatementDateTime), parseFhirDate(abatementDateTime)]
    : [parseFhirDate(abatementPeriod?.start), parseFhirDate(abatementPeriod?.end)];
  if (first === undefined && last === undefined) return undefined;
  // On the day it ended, a problem is over.
  const latest = last?.precision === 'day' ? last.from : last?.to;
  return { earliest: first?.from ?? Number.NEGATIVE_INFINITY, latest: latest ?? Number.POSITIVE_INFINITY };
}

const dates = [
  ...['recordedDate', 'onsetDateTime', 'effectiveDateTime', 'effectiveInstant', 'issued', 'performedDateTime'],
  ...['authoredOn', 'whenHandedOver', 'whenPrepared', 'dateAsserted'],
] as const;

/** When a resource began to say something; undefined when it has no date. */
function beganAt(resource: Resource): number | undefined {
  const fields: Readonly<Record<string, unknown>> = { ...resource };
  const periods = ['effectivePeriod', 'performedPeriod', 'onsetPeriod'].map(
    (name) => (fields[name] as { start?: unknown } | undefined)?.start,
  );
  for (const value of [...dates.map((name) => fields[name]), ...periods]) {
    const time = clockTime(value);
    if (time !== undefined) return time;
  }
  return undefined;
}
