import { between, type Estimate, exactly, lessThan, moreThan, unknown } from '../../src/kernel/estimate.ts';
import type { Fact } from '../../src/kernel/fact.ts';
import { albi, albiGrade, albiScore } from '../../src/measures/albi/albi.ts';
import { type AlbiVector, albiVectors, coefficientFlips } from './albi.vectors.ts';
import { found, nothingRecorded, patient, stale, unavailable, unusable } from './facts.ts';

const compute = (bilirubin: Fact, albumin: Fact) => albi.compute(patient({ bilirubin, albumin }));
const computeVector = ({ bilirubin, albumin }: Pick<AlbiVector, 'bilirubin' | 'albumin'>) =>
  compute(found(...bilirubin), found(...albumin));

describe('ALBI', () => {
  it.each(albiVectors)('of albumin $albumin and bilirubin $bilirubin is $score, grade $grade ($source)', (vector) => {
    const measurement = computeVector(vector);
    expect(measurement.value.low).toBeCloseTo(vector.score, 3);
    expect(measurement.value.high).toBe(measurement.value.low);
    expect(measurement.label).toBe(`${measurement.value.low.toFixed(2)} (grade ${vector.grade})`);
    expect(measurement.open).toEqual([]);
    expect(albiGrade(measurement.value)).toEqual(exactly(vector.grade));
  });

  it.each(albiVectors)('is the same in the other units: $albumin and $bilirubin ($source)', (vector) => {
    const [albumin, albuminUnit] = vector.albumin;
    const [bilirubin, bilirubinUnit] = vector.bilirubin;
    const other = computeVector({
      albumin: albuminUnit === 'g/L' ? [albumin / 10, 'g/dL'] : [albumin * 10, 'g/L'],
      bilirubin: bilirubinUnit === 'umol/L' ? [bilirubin / 17.104, 'mg/dL'] : [bilirubin * 17.104, 'umol/L'],
    });
    expect(other.value.low).toBeCloseTo(computeVector(vector).value.low, 9);
    expect(albiGrade(other.value)).toEqual(exactly(vector.grade));
  });

  it('is graded on the unrounded score: -2.5999 prints as -2.60 and is grade 2', () => {
    expect(computeVector({ albumin: [38.35176470588235, 'g/L'], bilirubin: [10, 'umol/L'] }).label).toBe(
      '-2.60 (grade 2)',
    );
  });

  it('is -2.315 for the example in its own documentation', () => {
    expect(albiScore(exactly(10), exactly(35)).low).toBeCloseTo(-2.315, 9);
  });

  it('names its two inputs and its publication', () => {
    expect(compute(nothingRecorded, nothingRecorded).inputs).toEqual(['bilirubin', 'albumin']);
    expect(albi.evidence).toEqual(['albi-2015']);
  });
});

describe('ALBI grade', () => {
  it.each<[name: string, score: Estimate, grade: Estimate]>([
    ['-2.6001', exactly(-2.6001), exactly(1)],
    ['-2.60, included in grade 1', exactly(-2.6), exactly(1)],
    ['-2.5999', exactly(-2.5999), exactly(2)],
    ['-1.3901', exactly(-1.3901), exactly(2)],
    ['-1.39, included in grade 2', exactly(-1.39), exactly(2)],
    ['-1.3899', exactly(-1.3899), exactly(3)],
    ['-2.60 but for rounding noise', exactly(-2.6 + 1e-12), exactly(1)],
    ['-1.39 but for rounding noise', exactly(-1.39 + 1e-12), exactly(2)],
    ['a score below -2.60', lessThan(-2.6), exactly(1)],
    ['a score above -1.38', moreThan(-1.38), exactly(3)],
    ['-2.7 to -2.5', between(-2.7, -2.5), between(1, 2)],
    ['-3 to 0', between(-3, 0), between(1, 3)],
    ['unknown', unknown, between(1, 3)],
  ])('of %s', (_name, score, grade) => {
    expect(albiGrade(score)).toEqual(grade);
  });
});

describe('the coefficient printed in many papers, -0.0852', () => {
  it.each(coefficientFlips)(
    'of albumin $albumin and bilirubin $bilirubin: grade $grade here, $otherGrade there ($source)',
    (vector) => {
      const { value, notes } = computeVector(vector);
      expect(value.low).toBeCloseTo(vector.score, 3);
      expect(albiGrade(value)).toEqual(exactly(vector.grade));
      expect(notes).toEqual(
        vector.grade === vector.otherGrade
          ? []
          : [`ALBI is borderline: with the coefficient -0.0852 it would be grade ${vector.otherGrade}.`],
      );
    },
  );

  it('is not mentioned for a range: its grade is open anyway', () => {
    expect(compute(found(between(1.2, 1.4), 'mg/dL'), found(4.1, 'g/dL')).notes).toEqual([]);
  });
});

describe('ALBI of bilirubin reported as less than 0.2 mg/dL', () => {
  it.each([
    [4.2, '≤ -3.22 (grade 1)'],
    [4.0, '≤ -3.05 (grade 1)'],
    [3.0, '≤ -2.20 (grade 1 to 2)'],
    [1.0, '≤ -0.50 (grade 1 to 3)'],
  ])('with albumin %d g/dL is %s: half-open, not a point', (albumin, label) => {
    const measurement = compute(found(lessThan(0.2), 'mg/dL'), found(albumin, 'g/dL'));
    expect(measurement.label).toBe(label);
    expect(measurement.value).toMatchObject({ low: -Infinity, highOpen: true });
    expect(measurement.value.high).toBeCloseTo(0.66 * Math.log10(0.2 * 17.104) - 0.85 * albumin, 9);
    expect(measurement.open).toEqual(['bilirubin']);
  });
});

describe('ALBI of an incomplete record', () => {
  it.each<[name: string, bilirubin: Fact, albumin: Fact, label: string, open: readonly string[]]>([
    ['bilirubin >30 mg/dL', found(moreThan(30), 'mg/dL'), found(3, 'g/dL'), '≥ -0.76 (grade 3)', ['bilirubin']],
    ['albumin <1.6 g/dL', found(10, 'umol/L'), found(lessThan(1.6), 'g/dL'), '≥ -0.70 (grade 3)', ['albumin']],
    ['albumin >5 g/dL', found(10, 'umol/L'), found(moreThan(50), 'g/L'), '≤ -3.59 (grade 1)', ['albumin']],
    ['no bilirubin', nothingRecorded, found(40, 'g/L'), 'not computable', ['bilirubin']],
    ['no albumin', found(10, 'umol/L'), nothingRecorded, 'not computable', ['albumin']],
    ['nothing', unavailable, stale, 'not computable', ['bilirubin', 'albumin']],
    ['unusable values', unusable, unusable, 'not computable', ['bilirubin', 'albumin']],
    [
      'a range of albumin',
      found(10, 'umol/L'),
      found(between(30, 40), 'g/L'),
      '-2.74 to -1.89 (grade 1 to 2)',
      ['albumin'],
    ],
  ])('with %s is a range, never a guess', (_name, bilirubin, albumin, label, open) => {
    const measurement = compute(bilirubin, albumin);
    expect(measurement.label).toBe(label);
    expect(measurement.open).toEqual(open);
    expect(measurement.notes).toEqual([]);
  });

  it('leaves out the end that albumin leaves out: more albumin is a lower score', () => {
    const above = compute(found(10, 'umol/L'), found(moreThan(50), 'g/L')).value;
    expect(above).toMatchObject({ lowOpen: false, highOpen: true });
    const below = compute(found(10, 'umol/L'), found(lessThan(1.6), 'g/dL')).value;
    expect(below).toMatchObject({ lowOpen: true, highOpen: false });
  });

  it('does not read a value in a unit it has no factor for', () => {
    expect(compute(found(10, 'mmol/L'), found(40, 'g/L')).label).toBe('not computable');
  });
});
