import { gatherFacts } from '../../facts/gather-facts.ts';
import { nothingRead, type PatientRecord } from '../../facts/patient-record.ts';
import { type CourseKnowledge, drawnResults, readCourseKnowledge, validDaysOf } from './course-knowledge.ts';
import { type ResultSeries, resultSeries } from './results.ts';
import { type ScoreDay, type ScoreSeries, scoreSeries } from './scores.ts';
import { tooOldText } from './too-old.ts';
import { type Treatments, treatmentsOf } from './treatments.ts';

const dayMs = 86_400_000;

/** The course of a patient's liver function, and of the treatment beside it. */
export interface Course extends Treatments {
  readonly now: number;
  /** Midnight of the first day, where only a part is shown. */
  readonly from?: number;
  readonly scores: readonly ScoreSeries[];
  readonly results: readonly ResultSeries[];
  /** A value counts for so many days; points that are further apart are not joined. */
  readonly validDays: number;
  /** What has no result that counts today, and what is left of the score, in the words of the service's cards. */
  readonly tooOld?: string;
  /** The reads that failed, by their titles. */
  readonly unread: readonly string[];
  /** Those that went on after the last page that was read. */
  readonly cutOff: readonly string[];
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
  const titlesOf = (some: readonly string[]) => [...new Set(some.map((key) => knowledge.titles[key] ?? key))];
  const failed = keys.filter((key) => reads.get(key)?.state !== 'found');
  const cut = keys.filter((key) => {
    const read = reads.get(key);
    return read?.state === 'found' && !read.complete;
  });
  const tooOld = tooOldText(today, reading);
  return {
    now: now.getTime(),
    scores: scoreSeries(daysOf(results), reading, record, today),
    results,
    ...treatmentsOf(reading, record),
    validDays: validDaysOf(reading),
    ...(tooOld !== undefined && { tooOld }),
    unread: titlesOf(failed),
    cutOff: titlesOf(cut),
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
