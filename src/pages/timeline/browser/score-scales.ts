import type { Scale } from './result-scale.ts';

/** The axes of the scores: the classes of Child-Pugh, between whole numbers, and the grades of ALBI. */
export const scoreScales: Readonly<Record<string, Scale>> = {
  'child-pugh-score': {
    domain: [4.5, 15.5],
    ticks: [5, 7, 10, 15],
    height: 190,
    decimals: 0,
    bands: [
      { from: 4.5, to: 6.5, label: 'A', short: 'A', tone: 1 },
      { from: 6.5, to: 9.5, label: 'B', short: 'B', tone: 2 },
      { from: 9.5, to: 15.5, label: 'C', short: 'C', tone: 3 },
    ],
  },
  'albi-score': {
    domain: [-3.6, -0.4],
    ticks: [-3.5, -2.6, -1.39, -0.5],
    height: 150,
    decimals: 2,
    bands: [
      { from: -3.6, to: -2.6, label: 'grade 1', short: '1', tone: 1 },
      { from: -2.6, to: -1.39, label: 'grade 2', short: '2', tone: 2 },
      { from: -1.39, to: -0.4, label: 'grade 3', short: '3', tone: 3 },
    ],
  },
};

/** The axis, made longer where a score lies beyond its usual ends. */
export function fitted(scale: Scale, scores: readonly number[]): Scale {
  const { domain, bands } = scale;
  const ends = [...domain, ...scores.filter(Number.isFinite)];
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  return {
    ...scale,
    domain: [low, high],
    bands: bands.map((band, at) => ({
      ...band,
      from: at === 0 ? low : band.from,
      to: at === bands.length - 1 ? high : band.to,
    })),
  };
}
