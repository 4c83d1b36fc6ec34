import type { Condition, Resource } from 'fhir/r4.js';
import type { PatientRecord } from '../../facts/patient-record.ts';
import { parseFhirDate } from '../../fhir/fhir-date.ts';
import type { ReadResult } from '../../fhir/read-result.ts';

/** Results are often taken before the visit at which the patient is seen: what is recorded so soon belongs to them. */
const visitMs = 3 * 86_400_000;

/** The record as it could have been read at an earlier time, with the problems that were recorded at the visit. */
export function recordAsOf(record: PatientRecord, now: Date): PatientRecord {
  const reads = [...record.reads].map(([key, read]): [string, ReadResult] => [key, readAsOf(read, now)]);
  return { ...record, now, reads: new Map(reads) };
}

function readAsOf(read: ReadResult, now: Date): ReadResult {
  if (read.state === 'unavailable') return read;
  return { ...read, resources: read.resources.flatMap((resource) => resourceAsOf(resource, now)) };
}

/** What began later is not there yet; a problem that ended later is still active. */
function resourceAsOf(resource: Resource, now: Date): readonly Resource[] {
  const began = beganAt(resource);
  const isProblem = resource.resourceType === 'Condition';
  if (began !== undefined && began > now.getTime() + (isProblem ? visitMs : 0)) return [];
  if (!isProblem) return [resource];
  const { abatementDateTime, ...condition } = resource as Condition;
  const ended = parseFhirDate(abatementDateTime);
  if (ended === undefined || ended.from <= now.getTime()) return [resource];
  return [{ ...condition, clinicalStatus: { coding: [{ code: 'active' }] } } as Condition];
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
    const date = parseFhirDate(value);
    if (date !== undefined) return date.from;
  }
  return undefined;
}
