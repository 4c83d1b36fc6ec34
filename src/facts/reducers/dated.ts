import type { Resource } from 'fhir/r4.js';
import { type DateInterval, daysBefore, parseFhirDate } from '../../fhir/fhir-date.ts';

/** A resource with its date. */
export interface Dated<T extends Resource> {
  readonly resource: T;
  readonly recorded?: string;
  readonly date?: DateInterval;
}

/** Reads the first of these values that is a date; undated when none is. */
export function dated<T extends Resource>(resource: T, values: readonly unknown[]): Dated<T> {
  for (const value of values) {
    const date = parseFhirDate(value);
    if (date !== undefined && typeof value === 'string') return { resource, date, recorded: value };
  }
  return { resource };
}

/** Newest first, what has no date last; the id decides ties, so that the order of the answer never matters. */
export function newestFirst<T extends Resource>(all: readonly Dated<T>[]): readonly Dated<T>[] {
  const time = ({ date }: Dated<T>) => date?.to ?? Number.NEGATIVE_INFINITY;
  return [...all].sort((a, b) => compare(time(b), time(a)) || compare(a.resource.id ?? '', b.resource.id ?? ''));
}

function compare(a: number | string, b: number | string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** How long ago, in days: the range that a date leaves, narrow for an instant, wide for a month or a year. */
export function daysAgo(date: DateInterval, now: Date): { readonly min: number; readonly max: number } {
  return daysBefore(date, now);
}

/** More than a day in the future: a result or a procedure cannot be. */
export function isFuture(date: DateInterval, now: Date): boolean {
  return date.from - now.getTime() > 24 * 3_600_000;
}

/** The end of a Period, or its start when it has no end. */
export function periodDates(period: unknown): readonly unknown[] {
  if (typeof period !== 'object' || period === null) return [];
  const { start, end } = period as { start?: unknown; end?: unknown };
  return [end, start];
}
