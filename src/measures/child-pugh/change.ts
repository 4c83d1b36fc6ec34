import { between, type Estimate, negated, sum } from '../../kernel/estimate.ts';
import type { Fact } from '../../kernel/fact.ts';
import type { Measure, Measurement } from '../measure.ts';
import { childPughClass, childPughScore } from './child-pugh.ts';
import { childPughLaboratoryPoints, laboratory } from './laboratory-points.ts';

type Facts = (id: string) => Fact;

const before = named('before-tace', [...laboratory, 'ascites', 'encephalopathy']);
/** Ascites and encephalopathy are taken as they are now; laboratory values only when they are old enough to count. */
const after = named('after-tace', laboratory);
/** A recorded score and the prothrombin time are left out. */
const notCompared: Fact = { state: 'absent', reason: 'not compared' };

function named(suffix: string, ids: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(ids.map((id) => [id, `${id}-${suffix}`]));
}

const laboratoryUnits = { bilirubin: ['mg/dL', 'umol/L'], albumin: ['g/dL', 'g/L'], inr: ['{INR}'] } as const;
const laboratoryInputs = Object.fromEntries(
  laboratory.flatMap((id) => [
    [`${id}-before-tace`, laboratoryUnits[id]],
    [`${id}-after-tace`, laboratoryUnits[id]],
  ]),
);
const lasting = { anticoagulant: ['1'], 'cholestatic-liver-disease': ['1'] } as const;
const inputs = {
  ...laboratoryInputs,
  ...lasting,
  'ascites-before-tace': ['1'],
  'encephalopathy-before-tace': ['1'],
  ascites: ['1'],
  encephalopathy: ['1'],
};

/** The measure as it was then, or as it is now: the same formula over other facts. */
function at(measure: Measure, facts: Readonly<Record<string, string>>, fact: Facts): Measurement {
  const factThen = (id: string) => {
    const its = facts[id] ?? (id in inputs ? id : undefined);
    return its === undefined ? notCompared : fact(its);
  };
  const measured = measure.compute(factThen);
  return { ...measured, open: measured.open.map((id) => facts[id] ?? id) };
}

function change(
  measure: Measure,
  fact: Facts,
  difference: (before: Estimate, after: Estimate) => Estimate,
): Measurement {
  const [then, now] = [at(measure, before, fact), at(measure, after, fact)];
  return {
    value: difference(then.value, now.value),
    label: `${then.label} → ${now.label}`,
    inputs: laboratory.flatMap((id) => [`${id}-before-tace`, `${id}-after-tace`]),
    open: [...new Set([...then.open, ...now.open])],
    notes: [],
  };
}

/**
 * Rise of the Child-Pugh score from before the last TACE to now.
 *
 * @returns points [1], -10 to 10; positive is worse
 * @example A5 before, B7 now: 2
 */
export const childPughRise: Measure = {
  id: 'child-pugh-rise',
  title: 'Change of Child-Pugh since the last TACE',
  longestLabel: 'A5 to B7 → B8 to C15',
  unit: '1',
  range: [-10, 10],
  inputs,
  evidence: ['child-pugh-1973'],
  compute: (fact) => change(childPughScore, fact, (then, now) => sum([now, negated(then)])),
};

/** Classes by which Child-Pugh has become worse since the last TACE [1]: A to B is 1, A to C is 2. */
export const childPughClassRise: Measure = {
  id: 'child-pugh-class-rise',
  title: 'Change of Child-Pugh class since the last TACE',
  longestLabel: 'A5 to B7 → B8 to C15',
  unit: '1',
  range: [-2, 2],
  inputs,
  evidence: ['child-pugh-1973'],
  compute: (fact) => change(childPughScore, fact, (then, now) => sum([classes(now), negated(classes(then))])),
};

function classes({ low, high }: Estimate): Estimate {
  return between('ABC'.indexOf(childPughClass(low)), 'ABC'.indexOf(childPughClass(high)));
}

/** Rise of the laboratory part of Child-Pugh since the last TACE [1], -6 to 6 points. */
export const childPughLaboratoryRise: Measure = {
  id: 'child-pugh-laboratory-rise',
  title: 'Change of the Child-Pugh points of bilirubin, albumin and INR since the last TACE',
  longestLabel: '3 to 5 → 5 to 9',
  unit: '1',
  range: [-6, 6],
  inputs: { ...laboratoryInputs, ...lasting },
  evidence: ['child-pugh-1973'],
  compute: (fact) => change(childPughLaboratoryPoints, fact, (then, now) => sum([now, negated(then)])),
};
