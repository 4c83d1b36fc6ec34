import { resultScale } from '../../src/pages/timeline/browser/result-scale.ts';

const bilirubin = { two: 2, three: 3 };
const albumin = { two: 3.5, three: 2.8 };
const span = ({ domain: [low, high] }: ReturnType<typeof resultScale>) => high - low;

describe('the axis of a laboratory panel', () => {
  it('includes the limits of Child-Pugh with room beside them, however small a change is', () => {
    const scale = resultScale([0.8, 0.9], bilirubin);
    expect(scale.domain[0]).toBeLessThan(0.8);
    expect(scale.domain[1]).toBeGreaterThan(3.2);
    expect(0.1 / span(scale)).toBeLessThan(0.05);
  });

  it('includes the results beyond the limits with room beside them', () => {
    const [low, high] = resultScale([1.1, 2.2], albumin).domain;
    expect([low < 1.1, high > 3.6]).toEqual([true, true]);
    expect(resultScale([14], bilirubin).domain[1]).toBeGreaterThan(15);
  });

  it('names what lies between the limits by its points, and begins at zero at the lowest', () => {
    const { bands, ticks, decimals } = resultScale([0.1], bilirubin);
    expect(bands.map(({ label, tone }) => `${label} ${tone}`)).toEqual(['1 point 1', '2 points 2', '3 points 3']);
    expect(bands.map(({ from, to }) => [from, to])).toEqual([
      [0, 2],
      [2, 3],
      [3, expect.any(Number)],
    ]);
    expect([ticks, decimals]).toEqual([[2, 3], 0]);
  });

  it('has the most points below where less is worse', () => {
    const { bands, ticks, decimals } = resultScale([4], albumin);
    expect(bands.map(({ label }) => label)).toEqual(['3 points', '2 points', '1 point']);
    expect([ticks, decimals]).toEqual([[2.8, 3.5], 1]);
  });

  it('has no limits where the unit has none, and results that are not finite do not move it', () => {
    expect(resultScale([1, Number.POSITIVE_INFINITY], undefined)).toMatchObject({ bands: [], ticks: [] });
    expect(resultScale([], undefined).domain).toEqual([0, 1]);
    expect(resultScale([Number.NEGATIVE_INFINITY], bilirubin).domain).toEqual(resultScale([], bilirubin).domain);
  });
});
