import fc from 'fast-check';
import { between, type Estimate, exactly, isWithin } from '../../src/kernel/estimate.ts';
import type { Fact } from '../../src/kernel/fact.ts';
import { albi } from '../../src/measures/albi/albi.ts';
import { childPughScore } from '../../src/measures/child-pugh/child-pugh.ts';
import { childPughLaboratoryPoints } from '../../src/measures/child-pugh/laboratory-points.ts';
import { ecog, ecogFromKarnofsky } from '../../src/measures/ecog/ecog.ts';
import type { Measure } from '../../src/measures/measure.ts';
import { upToSeven } from '../../src/measures/up-to-seven/up-to-seven.ts';
import { found, none, nothingRecorded, patient, stale, unavailable, unusable } from '../measures/facts.ts';

type Facts = Readonly<Record<string, Fact>>;

/**
 * Two records of one patient, of which the second says less. What is recorded is true: a recorded score holds the
 * real one. Where records contradict each other there is no real one to compare with.
 */
interface Records {
  readonly more: Facts;
  readonly less: Facts;
}

const unknowns = fc.constantFrom(nothingRecorded, stale, unusable, unavailable);

/** A range that holds the real value, and a wider one, or none. */
function twice(real: number, step: number, unit: string): fc.Arbitrary<readonly [Fact, Fact]> {
  const widths = fc.record({ below: fc.nat({ max: 2 }), above: fc.nat({ max: 2 }), open: fc.boolean() });
  return fc.tuple(widths, widths, fc.option(unknowns, { freq: 3 })).map(([first, more, missing]) => {
    const narrow: Estimate = {
      low: real - first.below * step,
      high: real + first.above * step,
      lowOpen: first.open && first.below > 0,
      highOpen: first.open && first.above > 0,
    };
    const wide: Estimate = {
      low: narrow.low - more.below * step,
      high: narrow.high + more.above * step,
      lowOpen: more.below > 0 ? more.open : narrow.lowOpen,
      highOpen: more.above > 0 ? more.open : narrow.highOpen,
    };
    return [found(narrow, unit), missing ?? found(wide, unit)];
  });
}

function recordsOf(pairs: Readonly<Record<string, readonly [Fact, Fact]>>): Records {
  const entries = Object.entries(pairs);
  return {
    more: Object.fromEntries(entries.map(([id, [more]]) => [id, more])),
    less: Object.fromEntries(entries.map(([id, [, less]]) => [id, less])),
  };
}

const anticoagulants = fc.constantFrom<readonly [Fact, Fact]>(
  [none, none],
  [none, unavailable],
  [found(0), found(between(0, 1))],
  [found(1), found(1)],
  [found(1), unavailable],
  [unavailable, unavailable],
);

const liver: fc.Arbitrary<Records> = fc
  .record({
    bilirubin: fc.oneof(
      fc.record({ value: fc.integer({ min: 5, max: 80 }), step: fc.constant(5), unit: fc.constant('umol/L') }),
      fc.record({ value: fc.integer({ min: 1, max: 10 }), step: fc.constant(0.5), unit: fc.constant('mg/dL') }),
    ),
    albumin: fc.oneof(
      fc.record({ value: fc.integer({ min: 20, max: 50 }), step: fc.constant(2), unit: fc.constant('g/L') }),
      fc.record({ value: fc.integer({ min: 2, max: 5 }), step: fc.constant(0.3), unit: fc.constant('g/dL') }),
    ),
    inr: fc.integer({ min: 9, max: 30 }).map((value) => value / 10),
    ascites: fc.nat({ max: 3 }),
    encephalopathy: fc.nat({ max: 4 }),
  })
  .chain(({ bilirubin, albumin, inr, ascites, encephalopathy }) => {
    const real = childPughScore.compute(
      patient({
        bilirubin: found(bilirubin.value, bilirubin.unit),
        albumin: found(albumin.value, albumin.unit),
        inr: found(inr, '{INR}'),
        ascites: found(ascites),
        encephalopathy: found(encephalopathy),
        anticoagulant: none,
        'cholestatic-liver-disease': none,
      }),
    );
    return fc.record({
      bilirubin: twice(bilirubin.value, bilirubin.step, bilirubin.unit),
      albumin: twice(albumin.value, albumin.step, albumin.unit),
      inr: twice(inr, 0.4, '{INR}'),
      ascites: twice(ascites, 1, '1'),
      encephalopathy: twice(encephalopathy, 1, '1'),
      anticoagulant: anticoagulants,
      'recorded-child-pugh': fc.oneof(twice(real.value.low, 1, '1'), fc.constant([stale, unavailable] as const)),
    });
  })
  .map(recordsOf);

/** A recorded ECOG, and a Karnofsky score that agrees with it. */
const performance: fc.Arbitrary<Records> = fc
  .record({ karnofsky: fc.nat({ max: 20 }).map((value) => value * 5), lower: fc.boolean() })
  .chain(({ karnofsky, lower }) => {
    const { low, high } = ecogFromKarnofsky(exactly(karnofsky));
    const recorded = found(lower ? low : high);
    return fc.record({
      ecog: fc.oneof(
        fc.constant([recorded, recorded] as const),
        unknowns.map((unknown) => [recorded, unknown] as const),
        fc.constant([nothingRecorded, nothingRecorded] as const),
      ),
      karnofsky: twice(karnofsky, 5, '1'),
    });
  })
  .map(recordsOf);

/** Size and number of tumours. */
const tumours: fc.Arbitrary<Records> = fc
  .record({
    size: fc.oneof(
      fc.record({ value: fc.integer({ min: 5, max: 15 }), step: fc.constant(1), unit: fc.constant('cm') }),
      fc.record({ value: fc.integer({ min: 20, max: 150 }), step: fc.constant(5), unit: fc.constant('mm') }),
    ),
    number: fc.integer({ min: 3, max: 12 }),
  })
  .chain(({ size, number }) =>
    fc.record({
      'tumour-diameter': twice(size.value, size.step, size.unit),
      'tumour-count': twice(number, 1, '1'),
    }),
  )
  .map(recordsOf);

describe('a record that says less', () => {
  it.each<[measure: Measure, records: fc.Arbitrary<Records>]>([
    [childPughScore, liver],
    [childPughLaboratoryPoints, liver],
    [albi, liver],
    [ecog, performance],
    [upToSeven, tumours],
  ])('$id then gives a range that holds the earlier one: a verdict on it is not overturned', (measure, records) => {
    fc.assert(
      fc.property(records, ({ more, less }) => {
        const [earlier, later] = [measure.compute(patient(more)).value, measure.compute(patient(less)).value];
        expect(isWithin(earlier, later)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    [childPughScore, liver],
    [albi, liver],
    [ecog, performance],
    [upToSeven, tumours],
  ])('$id names an open input whenever its result is not exact and one could still be measured', (measure, records) => {
    fc.assert(
      fc.property(records, ({ less }) => {
        const measurement = measure.compute(
          patient({ ...less, anticoagulant: none, 'cholestatic-liver-disease': none }),
        );
        const exact = measurement.value.low === measurement.value.high;
        expect(measurement.open.length > 0).toBe(!exact);
      }),
    );
  });
});
