import { type Estimate, isExact, negated, sum } from '../../kernel/estimate.ts';
import type { Fact } from '../../kernel/fact.ts';
import { type Measure, type Measurement, rangeLabel } from '../measure.ts';
import { albi, albiGrade } from './albi.ts';

/**
 * Grades by which ALBI has become worse from before the last TACE to now.
 *
 * @returns grades [1], -2 to 2; positive is worse
 * @example -2.74 (grade 1) before, -2.31 (grade 2) now: 1
 */
export const albiGradeRise: Measure = {
  id: 'albi-grade-rise',
  title: 'Change of the ALBI grade since the last TACE',
  longestLabel: 'grade 1 → 2 (-2.61 → -2.59)',
  unit: '1',
  range: [-2, 2],
  inputs: {
    'bilirubin-before-tace': ['mg/dL', 'umol/L'],
    'bilirubin-after-tace': ['mg/dL', 'umol/L'],
    'albumin-before-tace': ['g/dL', 'g/L'],
    'albumin-after-tace': ['g/dL', 'g/L'],
  },
  evidence: ['albi-2015'],
  compute(fact): Measurement {
    const [then, now] = [at('before-tace', fact), at('after-tace', fact)];
    const [gradeThen, gradeNow] = [albiGrade(then.value), albiGrade(now.value)];
    return {
      value: sum([gradeNow, negated(gradeThen)]),
      label: `grade ${rangeLabel(gradeThen, String)} → ${rangeLabel(gradeNow, String)}${scores(then.value, now.value)}`,
      inputs: Object.keys(this.inputs),
      open: [...new Set([...then.open, ...now.open])],
      notes: [],
    };
  },
};

/** The scores themselves, where both are known. */
function scores(then: Estimate, now: Estimate): string {
  if (!isExact(then) || !isExact(now)) return '';
  return ` (${then.low.toFixed(2)} → ${now.low.toFixed(2)})`;
}

function at(time: string, fact: (id: string) => Fact): Measurement {
  const measured = albi.compute((id) => fact(`${id}-${time}`));
  return { ...measured, open: measured.open.map((id) => `${id}-${time}`) };
}
