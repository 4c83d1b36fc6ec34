import { parseFhirDate } from '../../fhir/fhir-date.ts';

/**
 * Where a record is drawn: at the time that the clock showed where it was made, on the day that the service prints.
 *
 * @returns [ms since 1970, as if that clock had shown UTC]; undefined for what is no date
 * @example clockTime('2026-09-02T22:30:00-05:00') // Date.parse('2026-09-02T22:30:00Z')
 */
export function clockTime(recorded: unknown): number | undefined {
  if (typeof recorded !== 'string') return undefined;
  return parseFhirDate(recorded.replace(/(T.*?)(?:Z|[+-]\d{2}:?\d{2})$/, '$1'))?.from;
}
