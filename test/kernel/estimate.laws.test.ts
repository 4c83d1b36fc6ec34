import fc from 'fast-check';
import {
  type Estimate,
  exactly,
  hull,
  intersection,
  isAbove,
  isAtLeast,
  isWithin,
  negated,
  rising,
  stepwise,
  sum,
} from '../../src/kernel/estimate.ts';
import { estimateAndPoint, estimateAndWider, estimates, grid, holds } from './estimates.ts';

const limits = fc.integer({ min: -5, max: 5 });
const cube = (value: number) => value ** 3;
const comparisons = [isAtLeast, isAbove];
const steps = (estimate: Estimate) =>
  stepwise(estimate, 1, [
    [2, (e) => isAtLeast(e, -1)],
    [3, (e) => isAbove(e, 2)],
  ]);

describe('a comparison', () => {
  it('is never contradicted by a number that the estimate holds', () => {
    fc.assert(
      fc.property(estimateAndPoint, limits, ([estimate, value], limit) => {
        expect([value >= limit ? 'true' : 'false', 'undetermined']).toContain(isAtLeast(estimate, limit));
        expect([value > limit ? 'true' : 'false', 'undetermined']).toContain(isAbove(estimate, limit));
      }),
    );
  });

  it('is undetermined only where the estimate holds numbers on both sides', () => {
    fc.assert(
      fc.property(estimates, limits, (estimate, limit) => {
        const values = grid.filter((value) => holds(estimate, value));
        if (isAtLeast(estimate, limit) === 'undetermined')
          expect(new Set(values.map((value) => value >= limit)).size).toBe(2);
        if (isAbove(estimate, limit) === 'undetermined')
          expect(new Set(values.map((value) => value > limit)).size).toBe(2);
      }),
    );
  });

  it('stays the same or becomes undetermined when less is known', () => {
    fc.assert(
      fc.property(estimateAndWider, limits, ([inner, outer], limit) => {
        for (const compare of comparisons)
          expect([compare(inner, limit), 'undetermined']).toContain(compare(outer, limit));
      }),
    );
  });
});

describe('isWithin', () => {
  it('says that every number held by one is held by the other', () => {
    fc.assert(
      fc.property(estimates, estimates, (a, b) => {
        expect(isWithin(a, b)).toBe(grid.every((value) => !holds(a, value) || holds(b, value)));
      }),
    );
  });

  it('is a partial order: reflexive, transitive, and mutual only between estimates that hold the same', () => {
    fc.assert(
      fc.property(estimates, estimates, estimates, (a, b, c) => {
        expect(isWithin(a, a)).toBe(true);
        if (isWithin(a, b) && isWithin(b, c)) expect(isWithin(a, c)).toBe(true);
        if (isWithin(a, b) && isWithin(b, a))
          expect(grid.filter((value) => holds(a, value))).toEqual(grid.filter((value) => holds(b, value)));
      }),
    );
  });
});

describe('hull and intersection', () => {
  it('hull is the least estimate that both are within', () => {
    fc.assert(
      fc.property(estimates, estimates, estimates, (a, b, other) => {
        const both = hull([a, b]);
        expect(isWithin(a, both) && isWithin(b, both)).toBe(true);
        if (isWithin(a, other) && isWithin(b, other)) expect(isWithin(both, other)).toBe(true);
      }),
    );
  });

  it('intersection holds exactly what both hold, and does not exist when that is nothing', () => {
    fc.assert(
      fc.property(estimates, estimates, (a, b) => {
        const common = intersection(a, b);
        for (const value of grid)
          expect(common !== undefined && holds(common, value)).toBe(holds(a, value) && holds(b, value));
      }),
    );
  });

  it('one estimate is within another exactly when the hull adds nothing and the intersection takes nothing', () => {
    fc.assert(
      fc.property(estimates, estimates, (a, b) => {
        const common = intersection(a, b);
        expect(isWithin(hull([a, b]), b)).toBe(isWithin(a, b));
        expect(common !== undefined && isWithin(a, common)).toBe(isWithin(a, b));
      }),
    );
  });
});

describe('arithmetic', () => {
  it('holds the result of every number that the estimates hold', () => {
    fc.assert(
      fc.property(estimateAndPoint, estimateAndPoint, ([a, p], [b, q]) => {
        expect(holds(sum([a, b]), p + q)).toBe(true);
        expect(holds(negated(a), -p)).toBe(true);
        expect(holds(rising(a, cube), cube(p))).toBe(true);
        expect(isWithin(steps(exactly(p)), steps(a))).toBe(true);
      }),
    );
  });

  it('knows at most as much when its inputs know less', () => {
    fc.assert(
      fc.property(estimateAndWider, estimateAndWider, ([a, widerA], [b, widerB]) => {
        expect(isWithin(sum([a, b]), sum([widerA, widerB]))).toBe(true);
        expect(isWithin(negated(a), negated(widerA))).toBe(true);
        expect(isWithin(rising(a, cube), rising(widerA, cube))).toBe(true);
        expect(isWithin(steps(a), steps(widerA))).toBe(true);
      }),
    );
  });

  it('gives back the estimate when negated twice', () => {
    fc.assert(fc.property(estimates, (a) => expect(isWithin(a, negated(negated(a)))).toBe(true)));
    fc.assert(fc.property(estimates, (a) => expect(isWithin(negated(negated(a)), a)).toBe(true)));
  });
});
