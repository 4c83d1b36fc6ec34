import { gatherFacts } from '../../facts/gather-facts.ts';
import { nothingRead, type PatientRecord } from '../../facts/patient-record.ts';
import type { CourseKnowledge, CourseReading } from './course-knowledge.ts';
import { readCourseKnowledge, resultsWindow } from './course-knowledge.ts';
import { type ResultSeries, resultSeries } from './results.ts';
import { type ScoreDay, type ScoreSeries, scoreSeries } from './scores.ts';
import { type Treatments, treatmentsOf } from './treatments.ts';

const dayMs = 86_400_000;
const drawnResults = ['bilirubin', 'albumin', 'inr'] as const;

/** The course of a patient's liver function, and of the treatment beside it. */
export interface Course extends Treatments {
  readonly now: number;
  readonly scores: readonly ScoreSeries[];
  readonly results: readonly ResultSeries[];
  /** A value counts for so many days; points that are further apart are not joined. */
  readonly validDays: number;
  /** The reads that failed, by their titles. */
  readonly unread: readonly string[];
  /** Nothing at all could be read. */
  readonly isUnread: boolean;
}

/** The course of a record, read and computed as the service does. Pure. */
export function courseOf(knowledge: CourseKnowledge, record: PatientRecord): Course {
  const { reads, now } = record;
  const reading = readCourseKnowledge(knowledge);
  const today = gatherFacts(reading.definitions, record, reading.thresholds);
  const results = drawnResults.map((id) => resultSeries(id, reading, record, today));
  const keys = Object.keys(knowledge.requests);
  const failed = keys.filter((key) => {
    const read = reads.get(key);
    return read?.state !== 'found' || !read.complete;
  });
  return {
    now: now.getTime(),
    scores: scoreSeries(daysOf(results), reading, record, today),
    results,
    ...treatmentsOf(reading, record),
    validDays: windowOf(reading),
    unread: [...new Set(failed.map((key) => knowledge.titles[key] ?? key))],
    isUnread: nothingRead(record, keys),
  };
}

/** The days on which something was measured that a score is made of. */
function daysOf(results: readonly ResultSeries[]): readonly ScoreDay[] {
  const days = new Map<number, number>();
  for (const { value, time, instant } of results.flatMap(({ points }) => points)) {
    const midnight = Math.floor(time / dayMs) * dayMs;
    if (value) days.set(midnight, Math.max(days.get(midnight) ?? midnight + dayMs - 1, instant));
  }
  return [...days].map(([midnight, end]) => ({ midnight, end })).sort((a, b) => a.midnight - b.midnight);
}

function windowOf({ thresholds }: CourseReading): number {
  return thresholds.get(resultsWindow)?.values.values().next().value ?? 0;
}
