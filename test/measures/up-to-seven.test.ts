import { between, exactly, isAbove, lessThan, moreThan, unknown } from '../../src/kernel/estimate.ts';
import { tumourLoad, upToSeven } from '../../src/measures/up-to-seven/up-to-seven.ts';
import { found, nothingRecorded, patient, stale, unavailable } from './facts.ts';
import { type TumourLoadVector, tumourLoadVectors } from './up-to-seven.vectors.ts';

const compute = (diameter: unknown, number: unknown) =>
  upToSeven.compute(patient({ 'tumour-diameter': diameter, 'tumour-count': number } as never));

const groupOf = (load: ReturnType<typeof tumourLoad>): TumourLoadVector['group'] => {
  if (isAbove(load, 11) === 'true') return 'beyond 11';
  return isAbove(load, 7) === 'true' ? '7 to 11' : 'within 7';
};

describe('the tumour load', () => {
  it.each(tumourLoadVectors)('$diameter and $number: $load, $group ($source)', ({ diameter, number, load, group }) => {
    const { value, open } = compute(found(...diameter), found(number));
    expect(value.low).toBeCloseTo(load, 9);
    expect(value.high).toBe(value.low);
    expect(groupOf(value)).toBe(group);
    expect(open).toEqual([]);
  });

  it('of an unknown number is that of at least one tumour', () => {
    expect(tumourLoad(exactly(6.5), unknown)).toEqual({ low: 7.5, high: Infinity, lowOpen: false, highOpen: false });
    expect(compute(found(6.5, 'cm'), nothingRecorded)).toMatchObject({ label: 'at least 7.5', open: ['tumour-count'] });
  });

  it('of an unknown size is more than the number: a tumour has a size', () => {
    expect(tumourLoad(unknown, exactly(7))).toEqual({ low: 7, high: Infinity, lowOpen: true, highOpen: false });
    expect(isAbove(tumourLoad(unknown, exactly(7)), 7)).toBe('true');
    expect(isAbove(tumourLoad(unknown, exactly(6)), 7)).toBe('undetermined');
    expect(compute(stale, found(7))).toMatchObject({ label: 'more than 7', open: ['tumour-diameter'] });
  });

  it('of which nothing is known is more than one', () => {
    expect(compute(unavailable, nothingRecorded)).toMatchObject({
      label: 'more than 1',
      open: ['tumour-diameter', 'tumour-count'],
    });
  });

  it('keeps ranges half open', () => {
    expect(tumourLoad(lessThan(1), exactly(6))).toEqual({ low: 6, high: 7, lowOpen: true, highOpen: true });
    expect(isAbove(tumourLoad(lessThan(1), exactly(6)), 7)).toBe('false');
    expect(tumourLoad(exactly(2), moreThan(5))).toMatchObject({ low: 7, lowOpen: true, high: Infinity });
    expect(compute(found(between(2, 3), 'cm'), found(3)).label).toBe('5 to 6');
  });

  it('does not count what cannot be: fewer than one tumour, no size', () => {
    expect(tumourLoad(exactly(3), exactly(0))).toEqual(tumourLoad(exactly(3), unknown));
    expect(tumourLoad(exactly(-1), exactly(2))).toEqual(tumourLoad(unknown, exactly(2)));
  });
});
