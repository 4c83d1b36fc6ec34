import { between, type Estimate, exactly, hull, isAtLeast, isExact } from '../../kernel/estimate.ts';
import { anyOf, type Truth } from '../../kernel/truth.ts';

/** One treatment, done on a day. */
export interface Session {
  /** How long ago [d]; a range when only the month or year is known. */
  readonly days: Estimate;
  /** False when the record leaves open whether it was this treatment. */
  readonly certain: boolean;
}

/** An assessment of response. */
export interface Assessment {
  /** How long ago [d]. */
  readonly days: Estimate;
  /** 1 complete response, 2 partial response, 3 stable disease, 4 progressive disease; undefined when it does not say. */
  readonly response?: Estimate;
}

/** Sessions that belong together, and the assessments after them up to the next course. */
export interface Course {
  /** How long ago the last of its sessions was [d]. */
  readonly days: number;
  readonly assessments: readonly Assessment[];
  /** Assessments of which only a month or year is known, so that they may belong to a neighbour. */
  readonly perhaps: readonly Assessment[];
}

/** How sessions are joined, in days. */
export interface CourseLimits {
  /** Treatments this many days apart, or fewer, are one session. */
  readonly session: number;
  /** Sessions this many days apart, or fewer, without an assessment between them are one course: lobes treated in stages. */
  readonly course: number;
}

const nonResponse = 3;

/**
 * The courses of a treatment, newest first.
 *
 * @returns undefined when a session is not certain or not dated to the day, or an assessment that would part two
 *          sessions may not lie between them: then nobody can say what belongs together
 * @see decisions on exposure and plans: sessions within 3 days, courses within 56 days (evidence key `project-choice`)
 * @example coursesOf([{ days: exactly(100), certain: true }], [], { session: 3, course: 56 }) // one course, 100 days ago
 */
export function coursesOf(
  sessions: readonly Session[],
  assessments: readonly Assessment[],
  limits: CourseLimits,
): readonly Course[] | undefined {
  if (sessions.some(({ days, certain }) => !certain || !isExact(days))) return undefined;
  const days = sessions.map((session) => session.days.low).sort((a, b) => b - a);
  const groups: { first: number; last: number }[] = [];
  for (const day of days) {
    const group = groups.at(-1);
    const gap = group === undefined ? Number.POSITIVE_INFINITY : group.last - day;
    const parted = anyOf(assessments.map(isBetween(group?.last ?? 0, day)));
    if (gap > limits.session && gap <= limits.course && parted === 'undetermined') return undefined;
    const joined = gap <= limits.session || (gap <= limits.course && parted === 'false');
    if (group !== undefined && joined) group.last = day;
    else groups.push({ first: day, last: day });
  }
  return groups
    .map(({ last }, index) => {
      const isIn = isBetween(last, groups[index + 1]?.first ?? Number.NEGATIVE_INFINITY);
      return {
        days: last,
        assessments: assessments.filter((one) => isIn(one) === 'true'),
        perhaps: assessments.filter((one) => isIn(one) === 'undetermined'),
      };
    })
    .reverse();
}

/** After a session, up to and including the day of the next one: images are often taken on the day of treatment. */
function isBetween(from: number, to: number): (assessment: Assessment) => Truth {
  return ({ days: { low, high } }) => {
    if (high < from && low >= to) return 'true';
    return low < from && high >= to ? 'undetermined' : 'false';
  };
}

/**
 * How many of the newest courses in a row have had no response: no complete or partial response at any assessment.
 *
 * @returns count [1]; a range where a course was not assessed, its assessments do not say, or a response may be its own
 * @example nonResponsesInARow(courses of stable, then progressive disease) // exactly(2)
 */
export function nonResponsesInARow(courses: readonly Course[]): Estimate {
  let certain = 0;
  let possible = 0;
  for (const course of courses) {
    const outcome = hadNoResponse(course);
    if (outcome === 'false') break;
    if (outcome === 'true' && certain === possible) certain += 1;
    possible += 1;
  }
  return between(certain, possible);
}

function hadNoResponse({ assessments, perhaps }: Course): Truth {
  const truths = assessments.flatMap(noResponse);
  if (truths.includes('false')) return 'false';
  const all = [...truths, ...perhaps.flatMap(noResponse)];
  return truths.length > 0 && all.every((truth) => truth === 'true') ? 'true' : 'undetermined';
}

function noResponse({ response }: Assessment): readonly Truth[] {
  return response === undefined ? [] : [isAtLeast(response, nonResponse)];
}

/**
 * The newest response since the last course; several of one day are taken together, and one that may be the newest.
 *
 * @returns 1 complete response to 4 progressive disease [1]; undefined when nothing since then says it
 */
export function latestResponse([newest]: readonly Course[]): Estimate | undefined {
  const said = (newest?.assessments ?? []).filter(({ response }) => response !== undefined);
  if (said.length === 0) return undefined;
  const last = Math.min(...said.map(({ days }) => days.high));
  const newestOnes = [...said, ...(newest?.perhaps ?? [])].filter(({ days }) => days.low <= last);
  return hull(newestOnes.flatMap(({ response }) => response ?? []));
}

/**
 * How many sessions there were.
 *
 * @returns count [1]; sessions that may have been another treatment, or are not dated to the day, make it a range
 */
export function sessionCount(sessions: readonly Session[], within: number): Estimate {
  const certain = sessions.filter((session) => session.certain);
  const dated = certain.filter(({ days }) => isExact(days)).map(({ days }) => days.low);
  const separate = separated(dated, within);
  if (certain.length === sessions.length && dated.length === sessions.length) return exactly(separate);
  return between(certain.length === 0 ? 0 : Math.max(1, separate), sessions.length);
}

function separated(days: readonly number[], within: number): number {
  const sorted = [...days].sort((a, b) => a - b);
  return sorted.filter((day, index) => index === 0 || day - (sorted[index - 1] ?? 0) > within).length;
}
