import { type Estimate, exactly } from '../../src/kernel/estimate.ts';
import { childPughClass, childPughScore } from '../../src/measures/child-pugh/child-pugh.ts';
import { childPughLaboratoryPoints } from '../../src/measures/child-pugh/laboratory-points.ts';
import {
  albuminPoints,
  ascitesPoints,
  bilirubinPoints,
  encephalopathyPoints,
  inrPoints,
} from '../../src/measures/child-pugh/points.ts';
import { type ComponentVector, childPughVectors, componentVectors } from './child-pugh.vectors.ts';
import { childPughWith, factsOf, wellPatient } from './child-pugh-patient.ts';
import { found, patient } from './facts.ts';

describe('Child-Pugh score', () => {
  it.each(childPughVectors)(
    'is $expected for bilirubin $bilirubinMgPerDl, albumin $albuminGPerDl, INR $inr, ascites $ascites, encephalopathy $encephalopathy ($source)',
    (vector) => {
      const score = childPughScore.compute(patient(factsOf(vector, 'conventional')));
      expect(score.label).toBe(vector.expected);
      expect(score.value).toEqual(exactly(Number(vector.expected.slice(1))));
      expect(score.open).toEqual([]);
    },
  );

  it.each(childPughVectors)('is $expected from SI units as well ($source)', (vector) => {
    expect(childPughScore.compute(patient(factsOf(vector, 'SI'))).label).toBe(vector.expected);
  });

  it('is 8 for the example in its own documentation', () => {
    const facts = {
      bilirubin: found(2.5, 'mg/dL'),
      albumin: found(3.0, 'g/dL'),
      inr: found(1.8, '{INR}'),
    };
    expect(childPughWith(facts).value).toEqual(exactly(8));
  });

  it('names the five parts it is made of, and its publication', () => {
    expect(childPughWith({}).inputs).toEqual(['bilirubin', 'albumin', 'inr', 'ascites', 'encephalopathy']);
    expect(childPughScore.evidence).toEqual(['child-pugh-1973', 'child-pugh-cholestatic']);
  });
});

describe('Child-Pugh points', () => {
  it.each(componentVectors)('$part $value $unit: $points ($source)', (vector) => {
    expect(pointsOf(vector)).toEqual(exactly(vector.points));
  });

  it.each(componentVectors)('$part $value $unit moves the score to 4 + $points, its part of the whole', (vector) => {
    const score = childPughWith({ [vector.part]: found(vector.value, vector.unit) });
    expect(score.value).toEqual(exactly(4 + vector.points));
  });

  it.each([
    [bilirubinPoints(exactly(2 - 1e-12), 'mg/dL'), 2],
    [bilirubinPoints(exactly(3 + 1e-12), 'mg/dL'), 2],
    [albuminPoints(exactly(3.5 + 1e-12), 'g/dL'), 2],
    [albuminPoints(exactly(2.8 - 1e-12), 'g/dL'), 2],
    [inrPoints(exactly(1.7 - 1e-12)), 2],
    [inrPoints(exactly(2.3 + 1e-12)), 2],
  ])('take a value that differs from a limit by rounding noise for the limit (row %#)', (points, expected) => {
    expect(points).toEqual(exactly(expected));
  });

  it('take a table other than the pinned one when it is given: a borderline value is judged by both', () => {
    expect(inrPoints(exactly(2.25), { two: 1.7, three: 2.2 })).toEqual(exactly(3));
    expect(albuminPoints(exactly(2.9), 'g/dL', { two: 3.5, three: 3 })).toEqual(exactly(3));
    expect(bilirubinPoints(exactly(5), 'mg/dL', { two: 4, three: 10 })).toEqual(exactly(2));
  });
});

describe('Child-Pugh class', () => {
  it.each([
    [5, 'A'],
    [6, 'A'],
    [7, 'B'],
    [9, 'B'],
    [10, 'C'],
    [15, 'C'],
  ])('of %d points is %s', (score, expected) => {
    expect(childPughClass(score)).toBe(expected);
  });
});

describe('Child-Pugh laboratory points', () => {
  it.each([
    ['0.8 mg/dL, 4.2 g/dL, 1.0', wellPatient, 3],
    [
      '2 mg/dL, 3.5 g/dL, 1.7',
      { ...wellPatient, bilirubin: found(2, 'mg/dL'), albumin: found(3.5, 'g/dL'), inr: found(1.7, '{INR}') },
      6,
    ],
    [
      '52 umol/L, 27 g/L, 2.4',
      { ...wellPatient, bilirubin: found(52, 'umol/L'), albumin: found(27, 'g/L'), inr: found(2.4, '{INR}') },
      9,
    ],
  ])('of %s do not depend on ascites or encephalopathy', (_labs, facts, expected) => {
    const { ascites: _ascites, encephalopathy: _encephalopathy, ...laboratory } = facts;
    const points = childPughLaboratoryPoints.compute(patient(laboratory));
    expect(points).toMatchObject({
      value: exactly(expected),
      label: String(expected),
      inputs: ['bilirubin', 'albumin', 'inr'],
      open: [],
    });
  });
});

function pointsOf({ part, value, unit }: ComponentVector): Estimate {
  switch (part) {
    case 'bilirubin':
      return bilirubinPoints(exactly(value), unit === 'umol/L' ? unit : 'mg/dL');
    case 'albumin':
      return albuminPoints(exactly(value), unit === 'g/L' ? unit : 'g/dL');
    case 'inr':
      return inrPoints(exactly(value));
    case 'ascites':
      return ascitesPoints(exactly(value));
    case 'encephalopathy':
      return encephalopathyPoints(exactly(value));
  }
}
