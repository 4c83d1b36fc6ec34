import fc from 'fast-check';
import type { Bundle, FhirResource, Observation } from 'fhir/r4.js';
import { daysSinceAuthored, shiftDates } from '../../src/sandbox/shift-dates.ts';
import { annaAndBen, bundleOf } from './ward.ts';

function shifted(resource: FhirResource, days: number): unknown {
  return shiftDates(bundleOf(resource), days).entry?.[0]?.resource;
}

function observation(effectiveDateTime: string): FhirResource {
  return { resourceType: 'Observation', status: 'final', code: {}, effectiveDateTime };
}

describe('shiftDates', () => {
  it.each([
    ['2026-11-22', 1, '2026-11-23'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2026-11-22T08:30:00+01:00', 40, '2027-01-01T08:30:00+01:00'],
    ['2026-11-22T23:59:59.123Z', -22, '2026-10-31T23:59:59.123Z'],
    ['2026-11-22T23:30:00-05:00', 1, '2026-11-23T23:30:00-05:00'],
    ['2026-11-22T08:30:00+01:00', 0.25, '2026-11-22T14:30:00+01:00'],
    ['2026-11-22T20:30:07.5Z', -1.25, '2026-11-21T14:30:07.5Z'],
    ['2026-11-22', 0.25, '2026-11-22'],
    ['2026-11-22', 0.75, '2026-11-23'],
  ])('%s by %d days is %s', (from, days, to) => {
    expect(shifted(observation(from), days)).toMatchObject({ effectiveDateTime: to });
  });

  it.each([0, 0.1, 0.25, 0.49, 0.503, 0.75, 0.99, 1, -0.3, -0.7])(
    'keeps on one day what was on one day, by %d days',
    (days) => {
      const times = ['', 'T00:00:00Z', 'T07:45:00Z', 'T11:20:00+01:00', 'T12:00:00Z', 'T23:59:00Z'];
      const moved = times.map((time) => shifted(observation(`2026-09-22${time}`), days)) as Observation[];
      expect(new Set(moved.map(({ effectiveDateTime }) => effectiveDateTime?.slice(0, 10))).size).toBe(1);
    },
  );

  it.each(['2026', '2026-11', '2026-02-30', 'about 2026-11-22'])('leaves %s as it is', (value) => {
    expect(shifted(observation(value), 10)).toMatchObject({ effectiveDateTime: value });
  });

  it('moves periods, instants, lists, timings and extensions', () => {
    const order: FhirResource = {
      resourceType: 'ServiceRequest',
      meta: { lastUpdated: '2026-11-01T10:00:00.000Z' },
      status: 'active',
      intent: 'order',
      subject: { reference: 'Patient/p' },
      occurrenceTiming: { event: ['2026-11-23', '2026-11-24'], repeat: { boundsPeriod: { start: '2026-11-22' } } },
      extension: [{ url: 'urn:x', valueDate: '2026-11-20' }],
    };
    expect(shifted(order, 1)).toEqual({
      ...order,
      meta: { lastUpdated: '2026-11-02T10:00:00.000Z' },
      occurrenceTiming: { event: ['2026-11-24', '2026-11-25'], repeat: { boundsPeriod: { start: '2026-11-23' } } },
      extension: [{ url: 'urn:x', valueDate: '2026-11-21' }],
    });
  });

  it('leaves birth and death, and text, codes and versions that look like dates', () => {
    const patient: FhirResource = {
      resourceType: 'Patient',
      id: '2026-11-22',
      identifier: [{ value: '2026-11-22' }],
      birthDate: '1960-01-01',
      deceasedDateTime: '2026-11-01',
      maritalStatus: { text: '2026-11-22', coding: [{ version: '2026-11-22', code: '2026-11-22' }] },
      _birthDate: { extension: [{ url: 'urn:time', valueDateTime: '1960-01-01T10:00:00Z' }] },
    };
    expect(shifted(patient, 30)).toEqual(patient);
  });

  it('does not change the bundle it is given', () => {
    const before = structuredClone(annaAndBen);
    shiftDates(annaAndBen, 100);
    expect(annaAndBen).toEqual(before);
  });

  const days = fc.integer({ min: -20_000, max: 20_000 });
  const dated = fc
    .record({
      date: fc.date({ min: new Date('1930-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }),
      time: fc.constantFrom('', 'T08:00:00Z', 'T23:59:59+14:00', 'T00:00:00.5-11:30'),
    })
    .map(({ date, time }): Bundle => bundleOf(observation(date.toISOString().slice(0, 10) + time)));

  it('by n and back by n is where it was', () => {
    fc.assert(fc.property(dated, days, (bundle, n) => expect(shiftDates(shiftDates(bundle, n), -n)).toEqual(bundle)));
  });

  it('by n and then by m is by n + m', () => {
    fc.assert(
      fc.property(dated, days, days, (bundle, n, m) =>
        expect(shiftDates(shiftDates(bundle, n), m)).toEqual(shiftDates(bundle, n + m)),
      ),
    );
  });

  it('keeps the days between any two dates', () => {
    const day = fc.integer({ min: 0, max: 40_000 }).map((n) => new Date(n * 86_400_000).toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, day, days, (a, b, n) => {
        const moved = [a, b].map(
          (d) => (shifted(observation(d), n) as { effectiveDateTime: string }).effectiveDateTime,
        );
        expect(Date.parse(moved[1] ?? '') - Date.parse(moved[0] ?? '')).toBe(Date.parse(b) - Date.parse(a));
      }),
    );
  });
});

describe('daysSinceAuthored', () => {
  it.each([
    ['2026-11-22T12:00:00Z', 0],
    ['2026-11-23T00:00:00Z', 0.5],
    ['2026-11-21T12:00:00Z', -1],
    ['2027-11-22T12:00:00Z', 365],
  ])('%s is %d', (now, expected) => {
    expect(daysSinceAuthored(new Date(now))).toBe(expected);
  });
});
