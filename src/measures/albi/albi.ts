import { type Estimate, isAbove, isExact, rising, stepwise, sum, unknown } from '../../kernel/estimate.ts';
import { estimateOf, type Fact, unitOf } from '../../kernel/fact.ts';
import { umolPerLPerMgPerDl } from '../bilirubin.ts';
import { type Measure, type Measurement, rangeLabel } from '../measure.ts';

const bilirubinCoefficient = 0.66;
const albuminCoefficient = -0.085;
/** Printed in many papers instead of -0.085. */
const otherAlbuminCoefficient = -0.0852;

/**
 * ALBI score: liver function in hepatocellular carcinoma from two laboratory values. Lower is better.
 *
 * @param bilirubin total bilirubin in serum [umol/L], > 0; without a positive value there is no score
 * @param albumin albumin in serum [g/L]
 * @returns score [1]; exact when both inputs are. Rises with bilirubin, falls with albumin
 * @see Johnson PJ et al. J Clin Oncol 2015;33:550 (evidence key `albi-2015`; coefficients 0.66 and -0.085)
 * @example albiScore(exactly(10), exactly(35)) // -2.315, grade 2
 */
export function albiScore(bilirubin: Estimate, albumin: Estimate, coefficient = albuminCoefficient): Estimate {
  if (bilirubin.high <= 0) return unknown;
  const fromBilirubin = rising(bilirubin, (value) => bilirubinCoefficient * Math.log10(Math.max(0, value)));
  const { low, high, lowOpen, highOpen } = albumin;
  const fromAlbumin = { low: coefficient * high, high: coefficient * low, lowOpen: highOpen, highOpen: lowOpen };
  return sum([fromBilirubin, fromAlbumin]);
}

/**
 * ALBI grade, from the unrounded score.
 *
 * @param score ALBI score [1]
 * @returns grade [1]: 1 up to and including -2.60, 2 up to and including -1.39, 3 above
 * @see Johnson PJ et al. J Clin Oncol 2015;33:550 (evidence key `albi-2015`)
 * @example albiGrade(exactly(-2.5999)) // exactly(2)
 */
export function albiGrade(score: Estimate): Estimate {
  return stepwise(score, 1, [
    [2, (e) => isAbove(e, -2.6 + 1e-9)],
    [3, (e) => isAbove(e, -1.39 + 1e-9)],
  ]);
}

export const albi: Measure = {
  id: 'albi-score',
  title: 'ALBI',
  longestLabel: '-2.61 to -1.39 (grade 1 to 3)',
  unit: '1',
  inputs: { bilirubin: ['mg/dL', 'umol/L'], albumin: ['g/dL', 'g/L'] },
  evidence: ['albi-2015'],
  compute(fact): Measurement {
    const bilirubin = inUnit(fact('bilirubin'), { 'umol/L': 1, 'mg/dL': umolPerLPerMgPerDl });
    const albumin = inUnit(fact('albumin'), { 'g/L': 1, 'g/dL': 10 });
    const value = albiScore(bilirubin, albumin);
    const [grade, otherGrade] = [albiGrade(value), albiGrade(albiScore(bilirubin, albumin, otherAlbuminCoefficient))];
    return {
      value,
      label: label(value, grade),
      inputs: ['bilirubin', 'albumin'],
      open: ['bilirubin', 'albumin'].filter((id) => !isExact(estimateOf(fact(id)))),
      notes:
        isExact(value) && grade.low !== otherGrade.low
          ? [`ALBI is borderline: with the coefficient ${otherAlbuminCoefficient} it would be grade ${otherGrade.low}.`]
          : [],
    };
  },
};

function inUnit(fact: Fact, factors: Readonly<Record<string, number>>): Estimate {
  const factor = factors[unitOf(fact) ?? ''];
  return factor === undefined ? unknown : rising(estimateOf(fact), (value) => value * factor);
}

function label(value: Estimate, grade: Estimate): string {
  const grades = `grade ${rangeLabel(grade, String)}`;
  if (value.low === -Infinity && value.high === Infinity) return 'not computable';
  if (value.low === -Infinity) return `≤ ${value.high.toFixed(2)} (${grades})`;
  if (value.high === Infinity) return `≥ ${value.low.toFixed(2)} (${grades})`;
  return `${rangeLabel(value, (v) => v.toFixed(2))} (${grades})`;
}
