import { between, exactly } from '../../src/kernel/estimate.ts';
import {
  type Assessment,
  coursesOf,
  latestResponse,
  nonResponsesInARow,
  type Session,
  sessionCount,
} from '../../src/measures/treatment-course/treatment-course.ts';

const limits = { session: 3, course: 56 };
const [complete, partial, stable, progressive] = [1, 2, 3, 4].map(exactly);

const done = (...days: readonly number[]): readonly Session[] =>
  days.map((day) => ({ days: exactly(day), certain: true }));
const assessed = (...all: readonly (readonly [day: number, response?: Assessment['response']])[]) =>
  all.map(([day, response]): Assessment => ({ days: exactly(day), ...(response && { response }) }));

function courses(sessions: readonly Session[], assessments: readonly Assessment[] = []) {
  const found = coursesOf(sessions, assessments, limits);
  if (found === undefined) throw new Error('the courses cannot be told');
  return found;
}

const daysOf = (...days: readonly number[]) => courses(done(...days)).map((course) => course.days);

describe('courses of a treatment', () => {
  it('are told newest first, whatever the order of the record', () => {
    expect(daysOf(10, 200, 100)).toEqual([10, 100, 200]);
  });

  it('are joined while sessions are 56 days apart or less: lobes treated in stages', () => {
    expect(daysOf(156, 100)).toEqual([100]);
    expect(daysOf(157, 100)).toEqual([100, 157]);
  });

  it('are apart where an assessment lies between the sessions', () => {
    const found = courses(done(60, 30), assessed([45, stable]));
    expect(found.map(({ days, assessments }) => [days, assessments.length])).toEqual([
      [30, 0],
      [60, 1],
    ]);
  });

  it('are one session within three days, even with an assessment between', () => {
    expect(courses(done(63, 60), assessed([61, stable]))).toHaveLength(1);
    expect(courses(done(64, 60), assessed([61, stable]))).toHaveLength(2);
  });

  it('own the assessments after them, on the day of the next session at the latest', () => {
    const [newer, older] = courses(done(100, 30), assessed([100, partial], [99, stable], [30, stable], [29, partial]));
    expect(older?.assessments.map(({ days }) => days.low)).toEqual([99, 30]);
    expect(newer?.assessments.map(({ days }) => days.low)).toEqual([29]);
  });

  const stableIn = (low: number, high: number): Assessment => ({ days: between(low, high), response: exactly(3) });

  it('share an assessment of which only the month is known, where a session lies in it', () => {
    const [newer, older] = courses(done(160, 60), [stableIn(50, 79), stableIn(80, 100)]);
    expect([newer?.assessments.length, newer?.perhaps.length]).toEqual([0, 1]);
    expect([older?.assessments.length, older?.perhaps.length]).toEqual([1, 1]);
  });

  it('cannot be told when an assessment may or may not part two sessions', () => {
    expect(coursesOf(done(96, 51), [stableIn(36, 65)], limits)).toBeUndefined();
    expect(coursesOf(done(96, 51), [stableIn(36, 65), ...assessed([69, stable])], limits)).toHaveLength(2);
    expect(coursesOf(done(96, 51), [stableIn(20, 40)], limits)).toHaveLength(1);
    expect(coursesOf(done(54, 51), [stableIn(36, 65)], limits)).toHaveLength(1);
  });

  it('cannot be told when a session is not certain, or not dated to the day', () => {
    expect(coursesOf([{ days: exactly(10), certain: false }], [], limits)).toBeUndefined();
    expect(coursesOf([{ days: between(5, 35), certain: true }], [], limits)).toBeUndefined();
  });
});

describe('courses in a row without response', () => {
  it.each([
    ['a response that may be of either leaves both open', 2, between(0, 2)],
    ['no response, whichever it belongs to', 3, exactly(2)],
  ])('%s', (_name, response, expected) => {
    const perhaps: Assessment = { days: between(36, 65), response: exactly(response) };
    const all = [...assessed([69, stable], [16, stable]), perhaps];
    expect(nonResponsesInARow(courses(done(96, 51), all))).toEqual(expected);
  });

  it.each([
    ['stable, stable', assessed([150, stable], [50, stable]), exactly(2)],
    ['stable, progressive', assessed([150, stable], [50, progressive]), exactly(2)],
    ['stable, partial', assessed([150, stable], [50, partial]), exactly(0)],
    ['complete, stable', assessed([150, complete], [50, stable]), exactly(1)],
    ['partial, progressive', assessed([150, partial], [50, progressive]), exactly(1)],
    [
      'partial, then progressive before the next: it had responded',
      assessed([180, partial], [110, progressive], [50, stable]),
      exactly(1),
    ],
    ['not assessed, stable', assessed([50, stable]), between(1, 2)],
    ['stable, not assessed', assessed([150, stable]), between(0, 2)],
    ['stable, assessed without a response that can be read', assessed([150, stable], [50]), between(0, 2)],
    ['stable, stable or progressive', assessed([150, stable], [50, between(3, 4)]), exactly(2)],
    ['stable, perhaps partial', assessed([150, stable], [50, between(2, 3)]), between(0, 2)],
    ['nothing assessed', [], between(0, 2)],
  ])('%s', (_name, assessments, expected) => {
    expect(nonResponsesInARow(courses(done(200, 100), assessments))).toEqual(expected);
  });

  it('are none without a course', () => {
    expect(nonResponsesInARow([])).toEqual(exactly(0));
  });
});

describe('the latest response', () => {
  it('is the newest since the last course', () => {
    expect(latestResponse(courses(done(100), assessed([60, partial], [20, progressive])))).toEqual(progressive);
  });

  it('is not one from before the last course', () => {
    expect(latestResponse(courses(done(100, 10), assessed([60, progressive])))).toBeUndefined();
  });

  it('passes over an assessment that does not say it', () => {
    expect(latestResponse(courses(done(100), assessed([60, partial], [20])))).toEqual(partial);
  });

  it('is any of those of one day', () => {
    expect(latestResponse(courses(done(100), assessed([20, partial], [20, progressive])))).toEqual(between(2, 4));
  });

  it('is not there without a course', () => {
    expect(latestResponse([])).toBeUndefined();
  });
});

describe('the number of sessions', () => {
  it('counts treatments within three days once', () => {
    expect(sessionCount(done(100, 97, 40), 3)).toEqual(exactly(2));
    expect(sessionCount(done(100, 96, 40), 3)).toEqual(exactly(3));
    expect(sessionCount([], 3)).toEqual(exactly(0));
  });

  it('is a range where one may have been another treatment, or has no day', () => {
    expect(sessionCount([...done(100), { days: exactly(10), certain: false }], 3)).toEqual(between(1, 2));
    expect(sessionCount([{ days: exactly(10), certain: false }], 3)).toEqual(between(0, 1));
    expect(sessionCount([{ days: between(5, 35), certain: true }, ...done(20)], 3)).toEqual(between(1, 2));
  });
});
