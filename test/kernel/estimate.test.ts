import {
  between,
  type Estimate,
  exactly,
  hull,
  intersection,
  isAbove,
  isAtLeast,
  isExact,
  isWithin,
  lessThan,
  moreThan,
  negated,
  rising,
  stepwise,
  sum,
  unknown,
} from '../../src/kernel/estimate.ts';
import type { Truth } from '../../src/kernel/truth.ts';

const openBetween = (low: number, high: number): Estimate => ({ low, high, lowOpen: true, highOpen: true });

describe('comparison with the limit 5', () => {
  it.each<[name: string, estimate: Estimate, atLeast: Truth, above: Truth]>([
    ['4.9', exactly(4.9), 'false', 'false'],
    ['5', exactly(5), 'true', 'false'],
    ['5.1', exactly(5.1), 'true', 'true'],
    ['<5', lessThan(5), 'false', 'false'],
    ['≤5', between(-Infinity, 5), 'undetermined', 'false'],
    ['<5.1', lessThan(5.1), 'undetermined', 'undetermined'],
    ['>5', moreThan(5), 'true', 'true'],
    ['≥5', between(5, Infinity), 'true', 'undetermined'],
    ['>4.9', moreThan(4.9), 'undetermined', 'undetermined'],
    ['4 to 5', between(4, 5), 'undetermined', 'false'],
    ['4 to 6', between(4, 6), 'undetermined', 'undetermined'],
    ['5 to 6', between(5, 6), 'true', 'undetermined'],
    ['between 4 and 5, neither', openBetween(4, 5), 'false', 'false'],
    ['between 5 and 6, neither', openBetween(5, 6), 'true', 'true'],
    ['unknown', unknown, 'undetermined', 'undetermined'],
  ])('%s', (_name, estimate, atLeast, above) => {
    expect(isAtLeast(estimate, 5)).toBe(atLeast);
    expect(isAbove(estimate, 5)).toBe(above);
  });
});

describe('isExact', () => {
  it('holds for a point only: a range is not exact, however narrow', () => {
    expect([exactly(3), between(3, 3)].map(isExact)).toEqual([true, true]);
    expect([between(3, 3.0001), lessThan(3), moreThan(3), unknown].map(isExact)).toEqual([false, false, false, false]);
  });
});

describe('isWithin', () => {
  it.each<[string, Estimate, Estimate, boolean]>([
    ['a point in a range', exactly(2), between(1, 3), true],
    ['a range in itself', openBetween(1, 3), openBetween(1, 3), true],
    ['an open range in the closed one', openBetween(1, 3), between(1, 3), true],
    ['a closed range in the open one: its ends are left out', between(1, 3), openBetween(1, 3), false],
    ['<5 in ≤5', lessThan(5), between(-Infinity, 5), true],
    ['≤5 in <5: 5 itself is left out', between(-Infinity, 5), lessThan(5), false],
    ['a range that begins earlier', between(0, 2), between(1, 3), false],
    ['a range that ends later', between(2, 4), between(1, 3), false],
    ['anything in the unknown', moreThan(5), unknown, true],
    ['the unknown in anything', unknown, moreThan(5), false],
  ])('%s', (_name, inner, outer, expected) => {
    expect(isWithin(inner, outer)).toBe(expected);
  });

  it('does not care how an infinite end is marked: no value lies there', () => {
    const unbounded = openBetween(-Infinity, Infinity);
    expect(isWithin(unknown, unbounded)).toBe(true);
    expect(isWithin(unbounded, unknown)).toBe(true);
  });
});

describe('hull', () => {
  it('is unknown for no estimates: nothing narrows it', () => {
    expect(hull([])).toEqual(unknown);
  });

  it.each<[string, Estimate[], Estimate]>([
    ['one estimate is its own hull', [lessThan(5)], lessThan(5)],
    ['of two points reaches from one to the other', [exactly(1), exactly(4)], between(1, 4)],
    ['of <1 and >4 has no bound', [lessThan(1), moreThan(4)], unknown],
    ['keeps an end open where both leave it out', [openBetween(1, 3), openBetween(1, 2)], openBetween(1, 3)],
    ['closes an end that one of them holds', [openBetween(1, 3), between(1, 3)], between(1, 3)],
    ['keeps the outer end open though the inner is closed', [openBetween(1, 4), between(2, 3)], openBetween(1, 4)],
  ])('%s', (_name, estimates, expected) => {
    expect(hull(estimates)).toEqual(expected);
  });
});

describe('intersection', () => {
  it.each<[string, Estimate, Estimate, Estimate | undefined]>([
    ['of ranges that overlap', between(1, 3), between(2, 4), between(2, 3)],
    ['with the unknown is the other', lessThan(5), unknown, lessThan(5)],
    ['is open where one leaves the end out', between(1, 3), openBetween(1, 3), openBetween(1, 3)],
    ['of ranges that touch is the point', between(1, 2), between(2, 3), exactly(2)],
    ['of ranges apart does not exist', between(1, 2), between(3, 4), undefined],
    ['of ≤2 and >2 does not exist', between(-Infinity, 2), moreThan(2), undefined],
    ['of <2 and ≥2 does not exist', lessThan(2), between(2, Infinity), undefined],
    ['of <0.2 and >0.1 lies between, without both ends', lessThan(0.2), moreThan(0.1), openBetween(0.1, 0.2)],
  ])('%s', (_name, a, b, expected) => {
    expect(intersection(a, b)).toEqual(expected);
    expect(intersection(b, a)).toEqual(expected);
  });
});

describe('sum', () => {
  it('of nothing is exactly 0', () => {
    expect(sum([])).toEqual(exactly(0));
  });

  it.each<[string, Estimate[], Estimate]>([
    ['adds points', [exactly(1), exactly(2), exactly(3)], exactly(6)],
    ['adds the ends of ranges', [between(1, 3), between(1, 2), exactly(1)], between(3, 6)],
    ['leaves an end out when one part leaves it out', [openBetween(1, 3), between(1, 2)], openBetween(2, 5)],
    ['has no bound where a part has none', [lessThan(1), exactly(2)], lessThan(3)],
    ['is unknown when a part is', [unknown, between(1, 3)], unknown],
  ])('%s', (_name, estimates, expected) => {
    expect(sum(estimates)).toEqual(expected);
  });
});

describe('negated', () => {
  it.each<[string, Estimate, Estimate]>([
    ['a point', exactly(2), exactly(-2)],
    ['a range', between(1, 3), between(-3, -1)],
    ['<5 becomes >-5', lessThan(5), moreThan(-5)],
    ['>5 becomes <-5', moreThan(5), lessThan(-5)],
    ['the unknown', unknown, unknown],
  ])('%s: low and high change places with their openness', (_name, estimate, expected) => {
    expect(negated(estimate)).toEqual(expected);
  });
});

describe('rising', () => {
  it('moves both ends and leaves them open or closed as they were', () => {
    expect(rising(between(1, 2), (v) => v * 10)).toEqual(between(10, 20));
    expect(rising(lessThan(0.2), (v) => v * 10)).toEqual(lessThan(2));
    expect(rising(moreThan(2), Math.sqrt)).toEqual(moreThan(Math.SQRT2));
  });
});

describe('stepwise', () => {
  const points = (estimate: Estimate) =>
    stepwise(estimate, 1, [
      [2, (e) => isAtLeast(e, 2)],
      [3, (e) => isAbove(e, 3)],
    ]);

  it.each<[string, Estimate, Estimate]>([
    ['below the first step', exactly(1.99), exactly(1)],
    ['at a step that holds its limit', exactly(2), exactly(2)],
    ['at a step that leaves its limit out', exactly(3), exactly(2)],
    ['above every step', exactly(3.01), exactly(3)],
    ['across one limit', between(1, 2), between(1, 2)],
    ['across both limits', between(1, 4), between(1, 3)],
    ['<2: open at the limit, so the step is not reached', lessThan(2), exactly(1)],
    ['>3: open at the limit, so the step is reached', moreThan(3), exactly(3)],
    ['≥2: at least the second step', between(2, Infinity), between(2, 3)],
    ['unknown: any step', unknown, between(1, 3)],
  ])('%s', (_name, estimate, expected) => {
    expect(points(estimate)).toEqual(expected);
  });

  it('is the first value everywhere when there are no steps', () => {
    expect(stepwise(unknown, 7, [])).toEqual(exactly(7));
  });
});
