import { rowsOf } from '../../src/pages/timeline/browser/table-rows.ts';
import type { Course } from '../../src/pages/timeline/course.ts';
import { courseSince, isRange, rangesOf } from '../../src/pages/timeline/course-range.ts';
import { rangeIn, withRange } from '../../src/pages/timeline-address.ts';

const day = (text: string) => Date.parse(`${text}T08:00:00Z`);
const result = (text: string) => ({ time: day(text), instant: day(text), asRecorded: '1 mg/dL' });
const drug = (label: string, start: string, end: string) => ({
  ...{ label, start: day(start), end: day(end), running: false, openEnd: false },
});

const course: Course = {
  ...{ now: day('2026-11-16'), validDays: 30, unread: [], cutOff: [], isUnread: false },
  scores: [
    {
      ...{ id: 'child-pugh-score', title: 'Child-Pugh', isTooOld: false },
      points: ['2025-01-10', '2026-11-16'].map((text) => ({
        ...{ time: Date.parse(`${text}T12:00:00Z`), label: 'A5', parts: [], notes: [] },
        value: { low: 5, high: 5, lowOpen: false, highOpen: false },
      })),
    },
  ],
  results: [
    {
      ...{ id: 'bilirubin', title: 'Bilirubin', unit: 'mg/dL', notes: [] },
      points: [result('2025-01-10'), result('2026-08-15'), result('2026-08-16'), result('2026-11-16')],
    },
  ],
  sessions: [
    { time: day('2025-02-01'), label: 'TACE', certain: true, number: 1 },
    { time: day('2026-09-01'), label: 'TACE', certain: true, number: 2 },
  ],
  therapies: [drug('sorafenib', '2025-03-01', '2025-06-01'), drug('lenvatinib', '2025-07-01', '2026-09-20')],
  responses: [{ time: day('2025-04-01'), label: 'PR', asRecorded: 'Partial response' }],
};

describe('a part of the course', () => {
  it('is what was recorded in the months up to today, the first day included', () => {
    const { course: part, outside } = courseSince(course, '3');
    expect(part.results[0]?.points.map(({ time }) => time)).toEqual(['2026-08-16', '2026-11-16'].map(day));
    expect(part.scores[0]?.points).toHaveLength(1);
    expect(part.sessions.map(({ number }) => number)).toEqual([2]);
    expect(part.responses).toEqual([]);
    expect(outside).toBe(5);
  });

  it('keeps a drug that was still taken, and says nothing of days before', () => {
    const { course: part } = courseSince(course, '3');
    expect(part.therapies.map(({ label }) => label)).toEqual(['lenvatinib']);
    expect(rowsOf(part, []).map((row) => row.day)).toEqual(['2026-11-16', '2026-09-20', '2026-09-01', '2026-08-16']);
    expect(rowsOf(part, []).at(-1)?.events).toEqual(['lenvatinib, begun on 2025-07-01']);
  });

  it('has a row for a drug that runs since before, though nothing else was recorded that day', () => {
    const [, lenvatinib] = course.therapies;
    const running = { ...course, therapies: lenvatinib ? [{ ...lenvatinib, end: course.now, running: true }] : [] };
    const rows = rowsOf(courseSince({ ...running, now: day('2026-11-17') }, '3').course, []);
    expect(rows.at(-1)).toMatchObject({ day: '2026-08-17', events: ['lenvatinib, begun on 2025-07-01'] });
  });

  it('is all of it where everything is asked for, and where nothing is older', () => {
    expect(courseSince(course, 'all')).toEqual({ course, outside: 0 });
    expect(courseSince(course, '12').outside).toBe(4);
    const empty = { ...course, scores: [], results: [], sessions: [], therapies: [], responses: [] };
    expect(courseSince(empty, '3').outside).toBe(0);
  });

  it('is offered where it leaves something out, and not everything', () => {
    expect(rangesOf(course)).toEqual(['all', '12', '3']);
    expect(rangesOf({ ...course, now: day('2027-06-01') })).toEqual(['all', '12']);
    expect(rangesOf({ ...course, now: day('2029-01-01') })).toEqual(['all']);
  });

  it('is kept behind the # of the address, beside who is meant', () => {
    const address = '#iss=https%3A%2F%2Ffhir.example&patient=1&draft=TACE';
    const kept = withRange(address, '3');
    expect(rangeIn(kept)).toBe('3');
    expect(new URLSearchParams(kept.slice(1)).get('patient')).toBe('1');
    expect(rangeIn(withRange(kept, 'all'))).toBe('all');
    expect(withRange(kept, 'all')).toBe(address);
    expect(rangeIn('#range=7')).toBe('all');
    expect([isRange('12'), isRange(null)]).toEqual([true, false]);
  });
});
