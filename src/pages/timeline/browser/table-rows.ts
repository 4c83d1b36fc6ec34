import { formatQuantity } from '../../../cards/format.ts';
import type { Course } from '../course.ts';
import type { ScorePoint } from '../scores.ts';
import { dayText } from './days.ts';

export interface Row {
  readonly day: string;
  readonly events: string[];
  /** By series, in the order of their times: several where a test was done more than once. */
  readonly cells: Map<string, readonly Cell[]>;
}

export interface Cell {
  readonly text: string;
  readonly note: string;
  /** '18:30', where several were taken that day. */
  readonly clock?: string;
}

/** What a day of the course says, newest first: all that is drawn of it. */
export function rowsOf(
  { scores, results, sessions, therapies, responses, now, from = Number.NEGATIVE_INFINITY }: Course,
  drafts: readonly string[],
): readonly Row[] {
  const rows = new Map<string, Row>();
  const rowAt = (time: number): Row => {
    const day = dayText(time);
    const row = rows.get(day) ?? { day, events: [], cells: new Map() };
    rows.set(day, row);
    return row;
  };
  const add = (time: number, id: string, cell: Cell) => {
    const { cells } = rowAt(time);
    cells.set(id, [...(cells.get(id) ?? []), cell]);
  };
  for (const { id, points } of scores)
    for (const point of points) add(point.time, id, { text: point.label, note: openParts(point) });
  for (const { id, unit, points } of results)
    for (const { time, clock, value, asRecorded, reason = '' } of points) {
      const text = value ? formatQuantity(rounded(value), unit) : asRecorded;
      add(time, id, { text, note: reason, ...(clock && { clock }) });
    }
  for (const { time, label, certain } of sessions) rowAt(time).events.push(certain ? label : `${label}, perhaps`);
  for (const { time, asRecorded } of responses) rowAt(time).events.push(`Response: ${asRecorded}`);
  for (const { label, start, end, running, openEnd } of therapies) {
    if (start < from) rowAt(from).events.push(`${label}, begun on ${dayText(start)}`);
    else rowAt(start).events.push(`${label} begins`);
    if (openEnd) rowAt(Math.max(start, from)).events.push(`${label}: its end is not recorded`);
    else if (!running) rowAt(end).events.push(`${label}: last sign`);
  }
  for (const draft of drafts) rowAt(now).events.push(`${draft} drafted`);
  return [...rows.values()].sort((a, b) => b.day.localeCompare(a.day));
}

function openParts({ parts }: ScorePoint): string {
  const open = parts.filter(({ known }) => !known).map(({ title, text }) => `${title}: ${text}`);
  return open.join('; ');
}

function rounded<T extends { readonly low: number; readonly high: number }>(value: T): T {
  const round = (one: number) => Number(one.toPrecision(3));
  return { ...value, low: round(value.low), high: round(value.high) };
}
