import type { Course } from '../course.ts';
import { noonOf } from './days.ts';

const dayMs = 86_400_000;

/** What all panels share, so that they stand exactly under each other. */
export interface Frame {
  readonly width: number;
  readonly marginLeft: number;
  readonly marginRight: number;
  readonly from: Date;
  readonly to: Date;
  readonly now: Date;
  readonly sessions: readonly Date[];
  readonly validDays: number;
  /** Pixels for one day. */
  readonly perDay: number;
}

/** From the first thing that is known to today, with a little room on both sides. */
export function frameOf(
  { scores, results, sessions, therapies, responses, validDays, ...course }: Course,
  width: number,
): Frame {
  const now = noonOf(course.now);
  const times = [
    ...[...scores, ...results].flatMap(({ points }) => points.map(({ time }) => time)),
    ...sessions.map(({ time }) => time),
    ...therapies.map(({ start }) => start),
    ...responses.map(({ time }) => time),
  ];
  const first = Math.min(Math.max(course.from ?? Number.NEGATIVE_INFINITY, Math.min(...times)), now - 90 * dayMs);
  const room = Math.max((now - first) * (width < 560 ? 0.09 : 0.045), 6 * dayMs);
  const [from, to] = [first - room, now + room];
  const [marginLeft, marginRight] = [44, width < 560 ? 22 : 64];
  const perDay = (width - marginLeft - marginRight) / ((to - from) / dayMs);
  return {
    ...{ width, marginLeft, marginRight, validDays, perDay },
    ...{ from: new Date(from), to: new Date(to), now: new Date(now) },
    sessions: sessions.map(({ time }) => new Date(noonOf(time))),
  };
}
