import fc from 'fast-check';
import type { Estimate } from '../../src/kernel/estimate.ts';

/** Whether the number is one of the possibilities that the estimate leaves. */
export function holds({ low, high, lowOpen, highOpen }: Estimate, value: number): boolean {
  return (lowOpen ? value > low : value >= low) && (highOpen ? value < high : value <= high);
}

/** Whole numbers, so that ends meet often, and the infinities. */
const ends = fc.oneof({ weight: 3, arbitrary: fc.integer({ min: -4, max: 4 }) }, fc.constantFrom(-Infinity, Infinity));

/** Any estimate that leaves at least one possibility. */
export const estimates: fc.Arbitrary<Estimate> = fc
  .record({ a: ends, b: ends, lowOpen: fc.boolean(), highOpen: fc.boolean() })
  .map(({ a, b, lowOpen, highOpen }) => ({ low: Math.min(a, b), high: Math.max(a, b), lowOpen, highOpen }))
  .filter((estimate) => grid.some((value) => holds(estimate, value)));

/**
 * Numbers on, between and outside all ends that `estimates` makes: two such estimates that hold the same of these
 * hold the same numbers altogether.
 */
export const grid: readonly number[] = Array.from({ length: 41 }, (_, index) => (index - 20) / 2);

/** An estimate and one that knows at most as much. */
export const estimateAndWider: fc.Arbitrary<readonly [Estimate, Estimate]> = fc
  .record({ inner: estimates, low: ends, high: ends, lowOpen: fc.boolean(), highOpen: fc.boolean() })
  .map(({ inner, low, high, lowOpen, highOpen }) => [
    inner,
    {
      low: Math.min(inner.low, low),
      high: Math.max(inner.high, high),
      lowOpen: lowOpen && (low < inner.low || inner.lowOpen),
      highOpen: highOpen && (high > inner.high || inner.highOpen),
    },
  ]);

/** An estimate and a number it holds. */
export const estimateAndPoint: fc.Arbitrary<readonly [Estimate, number]> = estimates.chain((estimate) =>
  fc.constantFrom(...grid.filter((value) => holds(estimate, value))).map((value) => [estimate, value] as const),
);
