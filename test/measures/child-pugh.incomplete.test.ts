import { between, type Estimate, exactly, lessThan, moreThan } from '../../src/kernel/estimate.ts';
import type { Fact } from '../../src/kernel/fact.ts';
import { childPughScore } from '../../src/measures/child-pugh/child-pugh.ts';
import { childPughLaboratoryPoints } from '../../src/measures/child-pugh/laboratory-points.ts';
import { childPughWith } from './child-pugh-patient.ts';
import { found, none, nothingRecorded, patient, stale, unavailable, unusable } from './facts.ts';

/** One patient with a different number of points in most parts: 2 + 3 + 1 + 2 + 1 = 9. */
const points = { bilirubin: 2, albumin: 3, inr: 1, ascites: 2, encephalopathy: 1 } as const;
const known: Readonly<Record<string, Fact>> = {
  bilirubin: found(2.5, 'mg/dL'),
  albumin: found(25, 'g/L'),
  inr: found(1.2, '{INR}'),
  ascites: found(1),
  encephalopathy: found(0),
  anticoagulant: none,
  'cholestatic-liver-disease': none,
};
const parts = ['bilirubin', 'albumin', 'inr', 'ascites', 'encephalopathy'] as const;
const pairs = parts.flatMap((a, index) => parts.slice(index + 1).map((b) => [a, b] as const));

function without(missing: readonly (keyof typeof points)[], state: Fact) {
  const measurement = childPughScore.compute(
    patient({ ...known, ...Object.fromEntries(missing.map((id) => [id, state])) }),
  );
  const rest = 9 - missing.reduce((total, id) => total + points[id], 0);
  return { measurement, narrowest: between(rest + missing.length, rest + 3 * missing.length) };
}

describe('Child-Pugh of an incomplete record', () => {
  it('is 9 while everything is known', () => {
    expect(without([], nothingRecorded).measurement.value).toEqual(exactly(9));
  });

  it.each(parts)('without %s is the narrowest range that holds the score: one part leaves 1 to 3 points', (part) => {
    const { measurement, narrowest } = without([part], nothingRecorded);
    expect(measurement.value).toEqual(narrowest);
    expect(measurement.open).toEqual([part]);
  });

  it.each(pairs)('without %s and %s is the narrowest range that holds the score', (a, b) => {
    const { measurement, narrowest } = without([a, b], nothingRecorded);
    expect(measurement.value).toEqual(narrowest);
    expect(measurement.open).toEqual([a, b]);
  });

  it.each([stale, unusable, unavailable])('takes a $state value for unknown, never for normal', (state) => {
    for (const part of parts) {
      const { measurement, narrowest } = without([part], state);
      expect(measurement.value).toEqual(narrowest);
    }
  });

  it('is 5 to 15 when nothing is known: the whole scale', () => {
    const nothing = childPughScore.compute(patient({}));
    expect(nothing.value).toEqual(between(5, 15));
    expect(nothing.label).toBe('A5 to C15');
    expect(nothing.open).toEqual([
      ...['bilirubin', 'cholestatic-liver-disease', 'albumin', 'inr', 'anticoagulant', 'ascites', 'encephalopathy'],
    ]);
  });

  it('is A or B when three normal laboratory values stand alone: ascites and encephalopathy are not assumed absent', () => {
    const score = childPughWith({ ascites: nothingRecorded, encephalopathy: nothingRecorded });
    expect(score).toMatchObject({
      value: between(5, 9),
      label: 'A5 to B9',
      open: ['ascites', 'encephalopathy'],
      notes: [],
    });
  });

  it('is class C whatever is missing when the laboratory alone gives 9 points', () => {
    const score = childPughWith({
      bilirubin: found(5, 'mg/dL'),
      albumin: found(2, 'g/dL'),
      inr: found(3, '{INR}'),
      ascites: nothingRecorded,
      encephalopathy: nothingRecorded,
    });
    expect(score.label).toBe('C11 to C15');
  });
});

describe('Child-Pugh of values that are ranges', () => {
  it.each<[name: string, part: string, value: Estimate, unit: string, expected: Estimate, open: readonly string[]]>([
    ['bilirubin <0.2 mg/dL is 1 point', 'bilirubin', lessThan(0.2), 'mg/dL', exactly(5), []],
    ['bilirubin <20 umol/L is 1 point', 'bilirubin', lessThan(20), 'umol/L', exactly(5), []],
    ['bilirubin <2.5 mg/dL is 1 or 2', 'bilirubin', lessThan(2.5), 'mg/dL', between(5, 6), ['bilirubin']],
    ['bilirubin >30 mg/dL is 3 points', 'bilirubin', moreThan(30), 'mg/dL', exactly(7), []],
    ['albumin <1.5 g/dL is 3 points', 'albumin', lessThan(1.5), 'g/dL', exactly(7), []],
    ['albumin >3.6 g/dL is 1 point', 'albumin', moreThan(3.6), 'g/dL', exactly(5), []],
    ['albumin 27 to 36 g/L is 1 to 3', 'albumin', between(27, 36), 'g/L', between(5, 7), ['albumin']],
    ['INR <1 is 1 point', 'inr', lessThan(1), '{INR}', exactly(5), []],
    ['INR >8 is 3 points', 'inr', moreThan(8), '{INR}', exactly(7), []],
    ['ascites present, ungraded, is 2 or 3', 'ascites', between(1, 3), '1', between(6, 7), ['ascites']],
    ['ascites perhaps controlled is 1 or 2', 'ascites', between(0, 1), '1', between(5, 6), ['ascites']],
    ['moderate or severe ascites is 3 points', 'ascites', between(2, 3), '1', exactly(7), []],
    ['encephalopathy of grade 1 or 2 is 2 points', 'encephalopathy', between(1, 2), '1', exactly(6), []],
    ['moderate encephalopathy is 2 or 3', 'encephalopathy', between(2, 3), '1', between(6, 7), ['encephalopathy']],
    ['severe encephalopathy is 3 points', 'encephalopathy', between(3, 4), '1', exactly(7), []],
  ])('%s', (_name, part, value, unit, expected, open) => {
    const score = childPughWith({ [part]: found(value, unit) });
    expect(score.value).toEqual(expected);
    expect(score.open).toEqual(open);
  });
});

describe('Child-Pugh laboratory points of an incomplete record', () => {
  it('are 3 to 9 when no laboratory value is known', () => {
    const nothing = childPughLaboratoryPoints.compute(
      patient({ anticoagulant: none, 'cholestatic-liver-disease': none }),
    );
    expect(nothing).toMatchObject({
      value: between(3, 9),
      label: '3 to 9',
      open: ['bilirubin', 'albumin', 'inr'],
      notes: [],
    });
  });
});
