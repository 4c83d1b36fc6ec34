import fc from 'fast-check';
import { exactly, isWithin } from '../../src/kernel/estimate.ts';
import { albi, albiGrade } from '../../src/measures/albi/albi.ts';
import { childPughScore } from '../../src/measures/child-pugh/child-pugh.ts';
import { childPughLaboratoryPoints } from '../../src/measures/child-pugh/laboratory-points.ts';
import { ecog, ecogFromKarnofsky } from '../../src/measures/ecog/ecog.ts';
import type { Measurement } from '../../src/measures/measure.ts';
import { tumourLoad } from '../../src/measures/up-to-seven/up-to-seven.ts';
import { found, none, patient } from '../measures/facts.ts';

interface Values {
  readonly bilirubinUmolPerL: number;
  readonly albuminGPerL: number;
  readonly inr: number;
  readonly ascites: number;
  readonly encephalopathy: number;
}

/** Tenths, as laboratories report them: limits are met often. */
const tenths = (min: number, max: number) => fc.integer({ min: min * 10, max: max * 10 }).map((value) => value / 10);
const bilirubins = fc.oneof(tenths(1, 80), tenths(1, 800), fc.double({ min: 30, max: 55, noNaN: true }));

const patients: fc.Arbitrary<Values> = fc.record({
  bilirubinUmolPerL: bilirubins,
  albuminGPerL: fc.oneof(tenths(10, 65), fc.integer({ min: 25, max: 37 })),
  inr: fc.oneof(
    tenths(1, 8),
    fc.integer({ min: 160, max: 240 }).map((value) => value / 100),
  ),
  ascites: fc.nat({ max: 3 }),
  encephalopathy: fc.nat({ max: 4 }),
});

function factsOf(values: Values, units: 'conventional' | 'SI') {
  const { bilirubinUmolPerL, albuminGPerL, inr, ascites, encephalopathy } = values;
  const si = units === 'SI';
  return patient({
    bilirubin: si ? found(bilirubinUmolPerL, 'umol/L') : found(bilirubinUmolPerL / 17.104, 'mg/dL'),
    albumin: si ? found(albuminGPerL, 'g/L') : found(albuminGPerL / 10, 'g/dL'),
    inr: found(inr, '{INR}'),
    ascites: found(ascites),
    encephalopathy: found(encephalopathy),
    anticoagulant: none,
    'cholestatic-liver-disease': none,
  });
}

/** 34.0-34.2 and 50.0-51.3 umol/L, exactly: 2 and 3 mg/dL are 34.208 and 51.312. */
const tablesDiffer = (umolPerL: number) =>
  (umolPerL >= 34 && umolPerL < 2 * 17.104) || (umolPerL > 50 && umolPerL <= 3 * 17.104);
/** So near to a limit that rounding decides. */
const atALimit = (umolPerL: number) =>
  [34, 2 * 17.104, 50, 3 * 17.104].some((limit) => umolPerL !== limit && Math.abs(umolPerL - limit) < 1e-6);

const point = ({ value }: Measurement): number => {
  expect(value.high).toBe(value.low);
  return value.low;
};

describe('the unit in which a laboratory reports', () => {
  const apart = patients.filter(({ bilirubinUmolPerL: bilirubin }) => !atALimit(bilirubin));

  it('does not change Child-Pugh outside the two bands where the tables differ', () => {
    fc.assert(
      fc.property(apart, (values) => {
        fc.pre(!tablesDiffer(values.bilirubinUmolPerL));
        for (const measure of [childPughScore, childPughLaboratoryPoints]) {
          const [conventional, si] = [factsOf(values, 'conventional'), factsOf(values, 'SI')];
          expect(measure.compute(conventional).value).toEqual(measure.compute(si).value);
        }
      }),
    );
  });

  it('changes Child-Pugh by one point inside them, and it is said there and nowhere else', () => {
    fc.assert(
      fc.property(apart, (values) => {
        const measurements = (['conventional', 'SI'] as const).map((units) =>
          childPughScore.compute(factsOf(values, units)),
        );
        const [conventional = Number.NaN, si = Number.NaN] = measurements.map(point);
        const differ = tablesDiffer(values.bilirubinUmolPerL);
        expect(si - conventional).toBe(differ ? 1 : 0);
        for (const { notes } of measurements)
          expect(notes.some((note) => note.startsWith('Bilirubin is borderline'))).toBe(differ);
      }),
      { numRuns: 500 },
    );
  });

  it('does not change ALBI anywhere', () => {
    fc.assert(
      fc.property(patients, (values) => {
        const conventional = point(albi.compute(factsOf(values, 'conventional')));
        const si = point(albi.compute(factsOf(values, 'SI')));
        expect(conventional).toBeCloseTo(si, 9);
        fc.pre([-2.6, -1.39].every((limit) => Math.abs(si - limit) > 1e-8));
        expect(albiGrade(exactly(conventional))).toEqual(albiGrade(exactly(si)));
      }),
    );
  });
});

describe('a patient who is worse in one input', () => {
  const worsened = fc
    .record({
      values: patients,
      part: fc.constantFrom<keyof Values>('bilirubinUmolPerL', 'albuminGPerL', 'inr', 'ascites', 'encephalopathy'),
      by: fc.oneof(tenths(0, 2), tenths(0, 60)),
    })
    .map(({ values, part, by }) => {
      const worse = part === 'albuminGPerL' ? values[part] - Math.min(by, values[part] - 1) : values[part] + by;
      return { values, worse: { ...values, [part]: worse } };
    });
  const units = fc.constantFrom('conventional' as const, 'SI' as const);

  it('never has a lower Child-Pugh: it rises with bilirubin, INR, ascites, encephalopathy, and as albumin falls', () => {
    fc.assert(
      fc.property(worsened, units, ({ values, worse }, unit) => {
        for (const measure of [childPughScore, childPughLaboratoryPoints]) {
          const [before, after] = [measure.compute(factsOf(values, unit)), measure.compute(factsOf(worse, unit))];
          expect(point(after)).toBeGreaterThanOrEqual(point(before));
        }
      }),
    );
  });

  it('never has a lower ALBI score or grade', () => {
    fc.assert(
      fc.property(worsened, units, ({ values, worse }, unit) => {
        const [before, after] = [values, worse].map((each) => albi.compute(factsOf(each, unit)).value);
        if (before === undefined || after === undefined) throw new Error('two patients were computed');
        expect(after.low).toBeGreaterThanOrEqual(before.low);
        expect(albiGrade(after).low).toBeGreaterThanOrEqual(albiGrade(before).low);
      }),
    );
  });

  it('never has a better ECOG from a lower Karnofsky score', () => {
    fc.assert(
      fc.property(fc.nat({ max: 100 }), fc.nat({ max: 100 }), (a, b) => {
        const better = ecogFromKarnofsky(exactly(Math.max(a, b)));
        const worse = ecogFromKarnofsky(exactly(Math.min(a, b)));
        expect(worse.low).toBeGreaterThanOrEqual(better.low);
        expect(worse.high).toBeGreaterThanOrEqual(better.high);
      }),
    );
  });

  it('never has an ECOG outside 0 to 5', () => {
    fc.assert(
      fc.property(fc.integer({ min: -10, max: 110 }), (karnofsky) => {
        const { value } = ecog.compute(patient({ karnofsky: found(karnofsky) }));
        expect(isWithin(value, { low: 0, high: 5, lowOpen: false, highOpen: false })).toBe(true);
      }),
    );
  });
});

describe('the tumour load', () => {
  it('rises with size and with number', () => {
    fc.assert(
      fc.property(
        tenths(1, 20),
        tenths(0, 5),
        fc.integer({ min: 1, max: 20 }),
        fc.nat(5),
        (size, wider, number, more) => {
          const { low } = tumourLoad(exactly(size), exactly(number));
          expect(tumourLoad(exactly(size + wider), exactly(number)).low).toBeGreaterThanOrEqual(low);
          expect(tumourLoad(exactly(size), exactly(number + more)).low).toBeGreaterThanOrEqual(low);
        },
      ),
    );
  });
});
