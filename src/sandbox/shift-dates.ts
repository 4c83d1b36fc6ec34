import type { Bundle } from 'fhir/r4.js';

/** The day every story is written for: "today" in its bundle. */
export const AUTHORED_ON = '2026-11-22';

const minutesPerDay = 1440;
const millisecondsPerMinute = 60_000;
const millisecondsPerDay = minutesPerDay * millisecondsPerMinute;

/** The hour of the day the stories are written for. */
const authoredAt = Date.parse(`${AUTHORED_ON}T12:00:00Z`);

/** A full date, alone or with a time of day; the whole value, so that a sentence with a date in it is left alone. */
const dateOrDateTime = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})((?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?))?$/;

/** Elements that are text, codes or identifiers in R4, even where they look like a date. */
const notDates: ReadonlySet<string> = new Set([
  'code',
  'description',
  'display',
  'id',
  'name',
  'text',
  'title',
  'value',
  'valueCode',
  'valueId',
  'valueMarkdown',
  'valueString',
  'valueUri',
  'version',
  'versionId',
]);

/** A person's own dates: moving them would change an age or bring someone back to life. */
const ownDates: ReadonlySet<string> = new Set(['birthDate', '_birthDate', 'deceasedDateTime', '_deceasedDateTime']);

/**
 * Moves every date, dateTime, instant and period of a bundle; precision, seconds and offset stay. What has a time of day
 * moves to the minute, so that the time elapsed since is the same at every hour; what has none moves by whole days. Both
 * stay on one day: a time that would leave it stops at its first or last minute, up to twelve hours off.
 * Values without a day (`2026`, `2026-11`), dates of birth and death, and dates inside text are left as they are.
 *
 * @param days negative to move into the past; may be a fraction
 * @returns a new bundle; the given one is untouched
 * @example shiftDates(bundle, 7) // '2026-11-20T08:30:00+01:00' → '2026-11-27T08:30:00+01:00'
 */
export function shiftDates(bundle: Bundle, days: number): Bundle {
  return shiftObject(bundle, days) as Bundle;
}

/** Days from noon (UTC) of the day the stories are written for to `now`. */
export function daysSinceAuthored(now: Date): number {
  return (now.getTime() - authoredAt) / millisecondsPerDay;
}

function shiftObject(value: object, days: number): object {
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [
      key,
      notDates.has(key) && typeof child === 'string' ? child : ownDates.has(key) ? child : shiftValue(child, days),
    ]),
  );
}

function shiftValue(value: unknown, days: number): unknown {
  if (typeof value === 'string') return shiftText(value, days);
  if (Array.isArray(value)) return value.map((item) => shiftValue(item, days));
  return typeof value === 'object' && value !== null ? shiftObject(value, days) : value;
}

function shiftText(text: string, days: number): string {
  const [, date, time, rest = ''] = dateOrDateTime.exec(text) ?? [];
  if (date === undefined || !isDay(date)) return text;
  const midnight = Date.parse(date) + Math.round(days) * millisecondsPerDay;
  if (time === undefined) return isoMinute(midnight).slice(0, 10);
  const moved = Date.parse(`${date}T${time}Z`) + Math.round(days * minutesPerDay) * millisecondsPerMinute;
  const lastMinute = midnight + millisecondsPerDay - millisecondsPerMinute;
  return Number.isNaN(moved) ? text : isoMinute(Math.min(Math.max(moved, midnight), lastMinute)) + rest;
}

function isDay(date: string): boolean {
  const midnight = Date.parse(date);
  return !Number.isNaN(midnight) && isoMinute(midnight).startsWith(date);
}

/** '2026-11-22T08:30' */
function isoMinute(instant: number): string {
  return new Date(instant).toISOString().slice(0, 16);
}
