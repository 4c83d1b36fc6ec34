import { compareIndicators, type Indicator, worstIndicator } from '../../src/rules/rule.ts';

describe('indicators', () => {
  it.each<[Indicator | undefined, Indicator | undefined, number]>([
    ['critical', 'warning', 1],
    ['warning', 'info', 1],
    ['info', undefined, 1],
    ['info', 'critical', -1],
    [undefined, 'info', -1],
    ['warning', 'warning', 0],
    [undefined, undefined, 0],
  ])('%s against %s: nothing, info, warning, critical, from mild to bad', (a, b, sign) => {
    expect(Math.sign(compareIndicators(a, b))).toBe(sign);
  });

  it('the worst of several decides', () => {
    expect(worstIndicator(['info', 'critical', 'warning'])).toBe('critical');
    expect(worstIndicator(['info'])).toBe('info');
  });

  it('there is no worst of none', () => {
    expect(worstIndicator([])).toBeUndefined();
  });

  it('leaves the list it is given as it is', () => {
    const indicators: Indicator[] = ['warning', 'info'];
    worstIndicator(indicators);
    expect(indicators).toEqual(['warning', 'info']);
  });
});
