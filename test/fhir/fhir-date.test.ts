import fc from 'fast-check';
import { type DateInterval, daysBefore, parseFhirDate } from '../../src/fhir/fhir-date.ts';

const at = (iso: string) => Date.parse(iso);

function parsed(text: string): DateInterval {
  const interval = parseFhirDate(text);
  if (interval === undefined) throw new Error(`${text} is not a date`);
  return interval;
}

describe('parsing a FHIR date', () => {
  it.each([
    ['2026-11-01', 'day', '2026-11-01T00:00Z', '2026-11-02T00:00Z'],
    ['2024-02-29', 'day', '2024-02-29T00:00Z', '2024-03-01T00:00Z'],
    ['2026-02', 'month', '2026-02-01T00:00Z', '2026-03-01T00:00Z'],
    ['2026-12', 'month', '2026-12-01T00:00Z', '2027-01-01T00:00Z'],
    ['2026', 'year', '2026-01-01T00:00Z', '2027-01-01T00:00Z'],
  ] as const)('takes %s for the whole %s', (text, precision, from, to) => {
    expect(parseFhirDate(text)).toEqual({ from: at(from), to: at(to), precision });
  });

  it.each([
    ['2026-11-01T23:30:00-05:00', '2026-11-02T04:30:00Z'],
    ['2026-11-01T01:30:00+05:45', '2026-10-31T19:45:00Z'],
    ['2026-11-01T01:30:00+0100', '2026-11-01T00:30:00Z'],
    ['2026-11-01T12:00:00.123456Z', '2026-11-01T12:00:00.123Z'],
    ['2026-11-01T12:00Z', '2026-11-01T12:00:00Z'],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00Z'],
  ])('takes %s for an instant', (text, instant) => {
    expect(parseFhirDate(text)).toEqual({ from: at(instant), to: at(instant), precision: 'instant' });
  });

  it('reads a time without a zone as UTC', () => {
    expect(parseFhirDate('2026-11-01T12:00:00')).toEqual(parseFhirDate('2026-11-01T12:00:00Z'));
  });

  it('does not take the year 26 for 1926', () => {
    expect(new Date(parsed('0026-01-01').from).toISOString()).toBe('0026-01-01T00:00:00.000Z');
  });

  it.each([
    ...['', 'yesterday', '2026-02-30', '2025-02-29', '2026-13', '2026-00-10', '2026-04-31', '2026-1-1', '26-01-01'],
    ...['2026-11-01T', '2026-11-01T24:00:00Z', '2026-11-01T12:60:00Z', '2026-02-30T12:00:00Z', '2026-11-01T12Z'],
    ...['2026-11-01T12:00:00+15:00', ' 2026-11-01', '2026-11-01\n', '20261101', '11/01/2026', '2026-11-01 12:00:00'],
    ...[undefined, null, 20261101, {}, ['2026-11-01'], new Date(0)],
  ])('refuses %j', (value) => {
    expect(parseFhirDate(value)).toBeUndefined();
  });

  it('never throws, and never gives an interval that ends before it starts', () => {
    const dateLike = fc.stringMatching(/^\d{4}(-\d\d){0,2}(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?)?$/);
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.string(), dateLike), (value) => {
        const interval = parseFhirDate(value);
        if (interval) expect(interval.from <= interval.to && Number.isInteger(interval.from)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('reads back every instant a Date can print', () => {
    const dates = fc.date({
      min: new Date('0001-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    });
    fc.assert(fc.property(dates, (date) => expect(parsed(date.toISOString()).from).toBe(date.getTime())));
  });
});

describe('how many days ago', () => {
  const now = new Date('2026-11-05T09:00:00Z');

  it.each([
    ['2026-11-05', 0, 0, 'today'],
    ['2026-11-04', 1, 1, 'calendar days, though only 9 hours of today have passed'],
    ['2026-11-01', 4, 4, 'calendar days'],
    ['2026-11-06', -1, -1, 'tomorrow'],
    ['2026-11-05T09:00:00Z', 0, 0, 'now'],
    ['2026-11-04T09:00:00Z', 1, 1, 'exactly 24 hours'],
    ['2026-11-04T09:00:01Z', 0, 0, 'a second less than 24 hours'],
    ['2026-11-04T23:00:00-10:00', 0, 0, 'the offset counts'],
    ['2026-11-05T09:00:01Z', -1, -1, 'a second ahead'],
    ['2026-10', 5, 35, 'some day of last month'],
    ['2026-11', -25, 4, 'some day of this month'],
    ['2025', 309, 673, 'some day of last year'],
    ['2027', -421, -57, 'some day of next year'],
  ])('%s was %i to %i days ago (%s)', (text, min, max) => {
    expect(daysBefore(parsed(text), now)).toEqual({ min, max });
  });

  it('does not depend on the hour of the day for a date', () => {
    for (const hour of ['00:00:00.000', '23:59:59.999']) {
      expect(daysBefore(parsed('2026-11-01'), new Date(`2026-11-05T${hour}Z`))).toEqual({ min: 4, max: 4 });
    }
  });
});
