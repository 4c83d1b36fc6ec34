import {
  between,
  type Estimate,
  exactly,
  hull,
  intersection,
  isExact,
  isWithin,
  negated,
  sum,
} from '../../kernel/estimate.ts';
import { dayOf, estimateOf, mayBeNewer } from '../../kernel/fact.ts';
import { type Measure, type Measurement, rangeLabel } from '../measure.ts';

/**
 * ECOG performance status from a Karnofsky score. Published tables differ at 70, which is therefore 1 to 2; a
 * score between two tens takes both.
 *
 * @param karnofsky Karnofsky performance status [%], 0 to 100
 * @returns ECOG [1], 0 to 5: 90-100 is 0, 80 is 1, 70 is 1 to 2, 50-60 is 2, 30-40 is 3, 10-20 is 4, 0 is 5
 * @see evidence key `karnofsky-ecog`
 * @example ecogFromKarnofsky(exactly(70)) // between(1, 2)
 */
export function ecogFromKarnofsky(karnofsky: Estimate): Estimate {
  return hull([ecogOfTen(Math.floor(karnofsky.low / 10) * 10), ecogOfTen(Math.ceil(karnofsky.high / 10) * 10)]);
}

function ecogOfTen(karnofsky: number): Estimate {
  if (karnofsky >= 90) return exactly(0);
  if (karnofsky >= 80) return exactly(1);
  if (karnofsky >= 70) return between(1, 2);
  if (karnofsky >= 50) return exactly(2);
  if (karnofsky >= 30) return exactly(3);
  return exactly(karnofsky >= 10 ? 4 : 5);
}

/**
 * ECOG performance status: as recorded, narrowed by or derived from Karnofsky, which is then said. Karnofsky is not used
 * where a recorded ECOG is newer, or may be.
 */
export const ecog: Measure = {
  id: 'ecog-status',
  title: 'ECOG',
  longestLabel: '1 to 2 (from Karnofsky 70)',
  unit: '1',
  range: [0, 5],
  inputs: { ecog: ['1'], karnofsky: ['1'] },
  evidence: ['ecog-1982', 'karnofsky-ecog'],
  compute(fact): Measurement {
    const scale = between(0, 5);
    const karnofsky = fact('karnofsky');
    const recorded = intersection(estimateOf(fact('ecog')), scale) ?? scale;
    const current = !mayBeNewer(fact('ecog'), dayOf(karnofsky));
    const derived = karnofsky.state === 'found' && current ? ecogFromKarnofsky(karnofsky.value) : scale;
    const value = intersection(recorded, derived) ?? recorded;
    const narrowed = !isWithin(recorded, value);
    return {
      value,
      label: `${rangeLabel(value, String)}${narrowed ? ` (from Karnofsky ${rangeLabel(estimateOf(karnofsky), String)})` : ''}`,
      inputs: [...(fact('ecog').state === 'found' || !narrowed ? ['ecog'] : []), ...(narrowed ? ['karnofsky'] : [])],
      open: isExact(value) ? [] : ['ecog'],
      notes: [],
    };
  },
};

/** Change of ECOG since systemic therapy was last ordered; positive is worse. */
export const ecogChange: Measure = {
  id: 'ecog-change',
  title: 'Change of ECOG',
  longestLabel: '-5 to 5',
  unit: '1',
  range: [-5, 5],
  inputs: { ...ecog.inputs, 'ecog-before': ['1'] },
  evidence: ['ecog-1982'],
  compute(fact): Measurement {
    const now = ecog.compute(fact);
    const before = intersection(estimateOf(fact('ecog-before')), between(0, 5)) ?? between(0, 5);
    const value = sum([now.value, negated(before)]);
    return {
      value,
      label: rangeLabel(value, String),
      inputs: [...now.inputs, 'ecog-before'],
      open: [...now.open, ...(isExact(before) ? [] : ['ecog-before'])],
      notes: now.notes,
    };
  },
};
