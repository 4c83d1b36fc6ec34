import type { PointLimits } from '../../../measures/child-pugh/points.ts';

/** A grade or class, or a range of the same points, over the whole width. */
export interface Band {
  readonly from: number;
  readonly to: number;
  readonly label: string;
  /** Where there is little room. */
  readonly short: string;
  readonly tone: 1 | 2 | 3;
}

export interface Scale {
  readonly domain: readonly [number, number];
  /** None leaves them to the library. */
  readonly ticks: readonly number[];
  /** [px], with the margins */
  readonly height: number;
  /** From below, one after the other. */
  readonly bands: readonly Band[];
  /** Behind the point, at the ticks. */
  readonly decimals: number;
}

const height = 112;

/**
 * The axis of a laboratory panel: the results, and always the limits at which the points of Child-Pugh change, with
 * room on both sides. What lies between the limits is named by its points.
 *
 * @param results in the unit of the limits
 * @param limits undefined where the unit has none
 */
export function resultScale(results: readonly number[], limits: PointLimits | undefined): Scale {
  const ends = limits ? [limits.two, limits.three] : [];
  const values = [...results.filter(Number.isFinite), ...ends];
  if (values.length === 0) return { domain: [0, 1], ticks: [], height, bands: [], decimals: 1 };
  const [lowest, highest] = [Math.min(...values), Math.max(...values)];
  const room = Math.max(highest - lowest, highest * 0.2, 0.1) * 0.25;
  const [low, high] = [Math.max(0, lowest - room), highest + room];
  const scale = { domain: [low, high] as const, ticks: [...ends].sort((a, b) => a - b), height };
  const decimals = limits ? Math.max(...ends.map(decimalsOf)) : high < 10 ? 1 : 0;
  return { ...scale, decimals, bands: limits ? bandsOf(limits, low, high) : [] };
}

/** From below: the fewest points below the limits, or, where less is worse, the most. */
function bandsOf({ two, three }: PointLimits, low: number, high: number): Scale['bands'] {
  const [first, second, points] = two < three ? [two, three, [1, 2, 3] as const] : [three, two, [3, 2, 1] as const];
  const edges = [low, first, second, high];
  return points.map((tone, index) => ({
    ...{ from: edges[index] ?? low, to: edges[index + 1] ?? high, tone },
    ...{ label: tone === 1 ? '1 point' : `${tone} points`, short: String(tone) },
  }));
}

/** As many as a number is written with, three digits in all. */
export function decimalsOf(value: number): number {
  return Number.isFinite(value) ? (String(Number(value.toPrecision(3))).split('.')[1] ?? '').length : 0;
}
