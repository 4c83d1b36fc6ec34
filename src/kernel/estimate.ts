import type { Truth } from './truth.ts';

/**
 * What is known of a number: it lies between `low` and `high`. A plain laboratory value is a point, `<0.2` is
 * half-open, a missing value is unbounded, a score with a missing part is a range. Coded facts use it too:
 * a statement of presence is 1, of absence 0, "perhaps" [0, 1].
 */
export interface Estimate {
  readonly low: number;
  readonly high: number;
  /** The low end itself is not possible (`>5`). */
  readonly lowOpen: boolean;
  /** The high end itself is not possible (`<0.2`). */
  readonly highOpen: boolean;
}

/** Nothing is known. */
export const unknown: Estimate = { low: -Infinity, high: Infinity, lowOpen: false, highOpen: false };

export function exactly(value: number): Estimate {
  return { low: value, high: value, lowOpen: false, highOpen: false };
}

/** From `low` to `high`, both possible. */
export function between(low: number, high: number): Estimate {
  return { low, high, lowOpen: false, highOpen: false };
}

export function lessThan(value: number): Estimate {
  return { low: -Infinity, high: value, lowOpen: false, highOpen: true };
}

export function moreThan(value: number): Estimate {
  return { low: value, high: Infinity, lowOpen: true, highOpen: false };
}

export function isExact(estimate: Estimate): boolean {
  return estimate.low === estimate.high;
}

/**
 * True if `inner` leaves no possibility that `outer` does not leave: `outer` knows at most as much. No number lies at an
 * infinite end, so it does not matter whether that is marked open.
 */
export function isWithin(inner: Estimate, outer: Estimate): boolean {
  const lowHeld = inner.lowOpen || !outer.lowOpen || inner.low === -Infinity;
  const highHeld = inner.highOpen || !outer.highOpen || inner.high === Infinity;
  const low = inner.low > outer.low || (inner.low === outer.low && lowHeld);
  const high = inner.high < outer.high || (inner.high === outer.high && highHeld);
  return low && high;
}

export function isAtLeast(estimate: Estimate, limit: number): Truth {
  if (estimate.low >= limit) return 'true';
  return estimate.high < limit || (estimate.high === limit && estimate.highOpen) ? 'false' : 'undetermined';
}

export function isAbove(estimate: Estimate, limit: number): Truth {
  if (estimate.low > limit || (estimate.low === limit && estimate.lowOpen)) return 'true';
  return estimate.high <= limit ? 'false' : 'undetermined';
}

/** The smallest estimate that holds every possibility of all of them. `hull([])` is `unknown`. */
export function hull(estimates: readonly Estimate[]): Estimate {
  const [first, ...rest] = estimates;
  if (first === undefined) return unknown;
  return rest.reduce((a, b) => {
    const low = Math.min(a.low, b.low);
    const high = Math.max(a.high, b.high);
    return {
      low,
      high,
      lowOpen: [a, b].every((e) => e.low > low || e.lowOpen),
      highOpen: [a, b].every((e) => e.high < high || e.highOpen),
    };
  }, first);
}

/** What both leave possible, or undefined when they contradict each other. */
export function intersection(a: Estimate, b: Estimate): Estimate | undefined {
  const low = Math.max(a.low, b.low);
  const high = Math.min(a.high, b.high);
  const lowOpen = [a, b].some((e) => e.low === low && e.lowOpen);
  const highOpen = [a, b].some((e) => e.high === high && e.highOpen);
  if (low > high || (low === high && (lowOpen || highOpen))) return undefined;
  return { low, high, lowOpen, highOpen };
}

/** The sum of independent estimates. `sum([])` is exactly 0. */
export function sum(estimates: readonly Estimate[]): Estimate {
  return estimates.reduce(
    (a, b) => ({
      low: a.low + b.low,
      high: a.high + b.high,
      lowOpen: a.lowOpen || b.lowOpen,
      highOpen: a.highOpen || b.highOpen,
    }),
    exactly(0),
  );
}

/** The estimate multiplied by -1: low and high change places. */
export function negated({ low, high, lowOpen, highOpen }: Estimate): Estimate {
  return { low: -high, high: -low, lowOpen: highOpen, highOpen: lowOpen };
}

/** The image under a continuous, strictly rising function. */
export function rising(estimate: Estimate, f: (value: number) => number): Estimate {
  return { ...estimate, low: f(estimate.low), high: f(estimate.high) };
}

/**
 * The image under a rising step function, given by the lower limits of its steps.
 *
 * @param first the value when no step is reached
 * @param steps each step's value and the condition that reaches it, lowest first
 * @example stepwise(between(1, 2), 1, [[2, (e) => isAtLeast(e, 2)]]) // between(1, 2)
 */
export function stepwise(
  estimate: Estimate,
  first: number,
  steps: readonly (readonly [value: number, reached: (estimate: Estimate) => Truth])[],
): Estimate {
  let low = first;
  let high = first;
  for (const [value, reached] of steps) {
    const truth = reached(estimate);
    if (truth === 'true') low = value;
    if (truth !== 'false') high = value;
  }
  return between(low, high);
}
