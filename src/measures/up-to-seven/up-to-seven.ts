import { type Estimate, intersection, isExact, moreThan, rising, sum } from '../../kernel/estimate.ts';
import { estimateOf, type Fact, unitOf } from '../../kernel/fact.ts';
import type { Measure, Measurement } from '../measure.ts';

const anyDiameter = moreThan(0);
const anyNumber: Estimate = { ...moreThan(1), lowOpen: false };

/**
 * Tumour load by the up-to-seven criterion: the largest diameter in centimetres plus the number of tumours. At most 7
 * is "within"; beyond 11 is "beyond up-to-eleven". What is not known leaves a range: there is at least one tumour, and
 * it has a diameter.
 *
 * @param diameter largest diameter [cm], > 0
 * @param number of tumours [1], at least 1
 * @returns load [1], > 1; exact when both are. Rises with both
 * @see Mazzaferro 2009, as in published tables (evidence key `up-to-seven`)
 * @example tumourLoad(exactly(6.5), exactly(1)) // 7.5, beyond
 */
export function tumourLoad(diameter: Estimate, number: Estimate): Estimate {
  return sum([intersection(diameter, anyDiameter) ?? anyDiameter, intersection(number, anyNumber) ?? anyNumber]);
}

export const upToSeven: Measure = {
  id: 'up-to-seven',
  title: 'Tumour load (up-to-seven)',
  longestLabel: 'more than 12.3',
  unit: '1',
  inputs: { 'tumour-diameter': ['cm', 'mm'], 'tumour-count': ['1'] },
  evidence: ['up-to-seven'],
  compute(fact): Measurement {
    const value = tumourLoad(inCentimetres(fact('tumour-diameter')), estimateOf(fact('tumour-count')));
    const inputs = ['tumour-diameter', 'tumour-count'];
    return {
      value,
      label: label(value),
      inputs,
      open: inputs.filter((id) => !isExact(estimateOf(fact(id)))),
      notes: [],
    };
  },
};

/** Divided, not multiplied: 69 mm is 6.9 cm, not 6.900000000000001. */
function inCentimetres(fact: Fact): Estimate {
  const value = estimateOf(fact);
  return unitOf(fact) === 'mm' ? rising(value, (end) => end / 10) : value;
}

function label({ low, high, lowOpen }: Estimate): string {
  const [from, to] = [low, high].map((end) => String(Number(end.toPrecision(4))));
  if (low === high) return `${from}`;
  if (high === Infinity) return `${lowOpen ? 'more than' : 'at least'} ${from}`;
  return `${from} to ${to}`;
}
