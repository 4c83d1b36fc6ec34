/** The time a FHIR date or dateTime stands for [ms since 1970 UTC]; `to` is exclusive, except that an instant has from = to. */
export interface DateInterval {
  readonly from: number;
  readonly to: number;
  readonly precision: 'instant' | 'day' | 'month' | 'year';
}

const DAY = 86_400_000;
const MINUTE = 60_000;

const DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;
const DATE_TIME =
  /^(\d{4})-(\d{2})-(\d{2})T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d|60)(\.\d+)?)?(?:Z|([+-])(\d{2}):?([0-5]\d))?$/;

/**
 * Parses a FHIR date, dateTime or instant.
 *
 * A date is the whole UTC day, `YYYY-MM` and `YYYY` are the whole month and year. A time without a zone, which FHIR
 * forbids and servers send, is read as UTC.
 *
 * @returns undefined for anything that is not a date of the calendar
 * @see https://hl7.org/fhir/R4/datatypes.html#dateTime
 * @example parseFhirDate('2026-02') // 1 February to 1 March, precision 'month'
 */
export function parseFhirDate(value: unknown): DateInterval | undefined {
  if (typeof value !== 'string') return undefined;
  const date = DATE.exec(value);
  if (date) return parseDate(date);
  const dateTime = DATE_TIME.exec(value);
  return dateTime ? parseDateTime(dateTime) : undefined;
}

/**
 * How many days ago a date was; negative when it lies ahead.
 *
 * @returns whole days [d]. Of an instant the whole 24 hours passed since; of a date the calendar days up to today
 *          (UTC); of a month or year the days since its last and since its first day
 * @example daysBefore(day 2026-11-01, 2026-11-05T09:00Z) // { min: 4, max: 4 }
 */
export function daysBefore({ from, to, precision }: DateInterval, now: Date): { min: number; max: number } {
  if (precision === 'instant') {
    const days = Math.floor((now.getTime() - from) / DAY);
    return { min: days, max: days };
  }
  const tomorrow = (Math.floor(now.getTime() / DAY) + 1) * DAY;
  return { min: (tomorrow - to) / DAY, max: (tomorrow - DAY - from) / DAY };
}

function parseDate([, year, month, day]: RegExpExecArray): DateInterval | undefined {
  const y = Number(year);
  if (month === undefined) return interval(startOfDay(y, 1, 1), startOfDay(y + 1, 1, 1), 'year');
  const m = Number(month);
  if (day === undefined) {
    const next = m === 12 ? startOfDay(y + 1, 1, 1) : startOfDay(y, m + 1, 1);
    return interval(startOfDay(y, m, 1), next, 'month');
  }
  const start = startOfDay(y, m, Number(day));
  return interval(start, start === undefined ? undefined : start + DAY, 'day');
}

function parseDateTime(match: RegExpExecArray): DateInterval | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const [fraction = 0, , offsetHours = 0, offsetMinutes = 0] = match.slice(7).map((part) => Number(part ?? 0));
  const start = startOfDay(year, month, day);
  if (start === undefined || offsetHours > 14) return undefined;
  const offset = (match[8] === '-' ? -1 : 1) * (offsetHours * 60 + offsetMinutes) * MINUTE;
  const time = start + (hour * 60 + minute) * MINUTE + second * 1000 + Math.floor(fraction * 1000) - offset;
  return { from: time, to: time, precision: 'instant' };
}

function interval(from: number | undefined, to: number | undefined, precision: DateInterval['precision']) {
  return from === undefined || to === undefined ? undefined : { from, to, precision };
}

/** Midnight UTC of a day of the calendar; undefined for one that does not exist, such as 30 February. */
function startOfDay(year: number, month: number, day: number): number | undefined {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day); // Date.UTC would take the year 26 for 1926.
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? date.getTime() : undefined;
}
