import { between } from '../../src/kernel/estimate.ts';
import type { Fact } from '../../src/kernel/fact.ts';
import { childPughScore } from '../../src/measures/child-pugh/child-pugh.ts';
import type { Measurement } from '../../src/measures/measure.ts';
import type { ChildPughVector } from './child-pugh.vectors.ts';
import { found, none, patient } from './facts.ts';

/** The least possible score: every part is known and gives one point. */
export const wellPatient: Readonly<Record<string, Fact>> = {
  bilirubin: found(0.8, 'mg/dL'),
  albumin: found(4.2, 'g/dL'),
  inr: found(1.0, '{INR}'),
  ascites: found(0),
  encephalopathy: found(0),
  anticoagulant: none,
  'cholestatic-liver-disease': none,
};

/** Child-Pugh of `wellPatient`, but for these facts. */
export function childPughWith(facts: Readonly<Record<string, Fact>>): Measurement {
  return childPughScore.compute(patient({ ...wellPatient, ...facts }));
}

export function factsOf(vector: ChildPughVector, units: 'conventional' | 'SI'): Readonly<Record<string, Fact>> {
  const { bilirubinMgPerDl, albuminGPerDl, inr, ascites, encephalopathy } = vector;
  const si = units === 'SI';
  return {
    bilirubin: si ? found(bilirubinMgPerDl * 17.104, 'umol/L') : found(bilirubinMgPerDl, 'mg/dL'),
    albumin: si ? found(albuminGPerDl * 10, 'g/L') : found(albuminGPerDl, 'g/dL'),
    inr: found(inr, '{INR}'),
    ascites: found(ascites),
    encephalopathy: found(typeof encephalopathy === 'number' ? encephalopathy : between(...encephalopathy)),
    anticoagulant: none,
    'cholestatic-liver-disease': none,
  };
}
