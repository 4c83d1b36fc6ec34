import type { Course } from './course.ts';

/** Everything, or so many months up to today. */
export const ranges = ['all', '12', '3'] as const;
export type Range = (typeof ranges)[number];

export function isRange(text: string | null): text is Range {
  return ranges.some((range) => range === text);
}

export interface CoursePart {
  readonly course: Course;
  /** How many results, sessions, responses and drugs are older. */
  readonly outside: number;
}

/** What was recorded in a range; a drug belongs to it as long as it was still taken. */
export function courseSince(course: Course, range: Range): CoursePart {
  const { scores, results, sessions, therapies, responses } = course;
  if (range === 'all') return { course, outside: 0 };
  const from = monthsBefore(course.now, Number(range));
  const isWithin = ({ time }: { readonly time: number }) => time >= from;
  const part: Course = {
    ...course,
    from,
    scores: scores.map((series) => ({ ...series, points: series.points.filter(isWithin) })),
    results: results.map((series) => ({ ...series, points: series.points.filter(isWithin) })),
    sessions: sessions.filter(isWithin),
    therapies: therapies.filter(({ end }) => end >= from),
    responses: responses.filter(isWithin),
  };
  return { course: part, outside: entriesOf(course) - entriesOf(part) };
}

/** The ranges of which there is something to choose: they leave something out, and not everything. */
export function rangesOf(course: Course): readonly Range[] {
  return ranges.filter((range) => {
    const { course: part, outside } = courseSince(course, range);
    return range === 'all' || (outside > 0 && entriesOf(part) > 0);
  });
}

/** Scores are no entries: they are made of results. */
function entriesOf({ results, sessions, therapies, responses }: Course): number {
  const tests = results.reduce((sum, { points }) => sum + points.length, 0);
  return tests + sessions.length + therapies.length + responses.length;
}

/** The beginning of the day; of a shorter month its last day. */
function monthsBefore(time: number, months: number): number {
  const day = new Date(time);
  const [year, month] = [day.getUTCFullYear(), day.getUTCMonth() - months];
  const lastOfMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(day.getUTCDate(), lastOfMonth));
}
