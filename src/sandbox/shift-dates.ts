import type { Bundle } from 'fhir/r4.js';

/** The day every story is written for: "today" in its bundle. */
export const AUTHORED_ON = '2026-11-22';

const millisecondsPerDay = 86_400_000;

/** A full date, alone or with a time of day; the whole value, so that a sentence with a date in it is left alone. */
const dateOrDateTime = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?$/;

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
 * Moves every date, dateTime, instant and period of a bundle by whole days; precision, time of day and offset stay.
 * Values without a day (`2026`, `2026-11`), dates of birth and death, and dates inside text are left as they are.
 *
 * @param days whole days, negative to move into the past
 * @returns a new bundle; the given one is untouched
 * @example shiftDates(bundle, 7) // '2026-11-20T08:30:00+01:00' → '2026-11-27T08:30:00+01:00'
 */
export function shiftDates(bundle: Bundle, days: number): Bundle {
  return shiftObject(bundle, days) as Bundle;
}

/** Whole days from the day the stories are written for to `now`, by the UTC calendar. */
export function daysSinceAuthored(now: Date): number {
  return Math.floor((now.getTime() - Date.parse(AUTHORED_ON)) / millisecondsPerDay);
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
  const [, date, time = ''] = dateOrDateTime.exec(text) ?? [];
  if (date === undefined) return text;
  const midnight = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(midnight) || !isoDate(midnight).startsWith(date)) return text;
  return isoDate(midnight + days * millisecondsPerDay) + time;
}

function isoDate(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
