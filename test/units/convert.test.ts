import { commensurable, convert } from '../../src/units/convert.ts';

describe('convert', () => {
  it.each([
    [3.5, 'g/dL', 'g/L', 35],
    [35, 'g/L', 'g/dL', 3.5],
    [2.8, 'g/dL', 'g/L', 28],
    [75, 'mg/dL', 'g/L', 0.75],
    [34, 'umol/L', 'mmol/L', 0.034],
    [150, '10*3/uL', '10*9/L', 150],
    [150, '10*9/L', '10*3/uL', 150],
    [400, 'ng/mL', 'ug/L', 400],
    [5, 'cm', 'mm', 50],
    [1500, 'mg/(24.h)', 'g/(24.h)', 1.5],
    [1.2, '{INR}', '1', 1.2],
    [0, 'mg/dL', 'g/L', 0],
    [-1, 'g/dL', 'g/L', -10],
  ])('%d %s is %s: no floating-point noise is left', (value, from, to, expected) => {
    expect(convert(value, from, to)).toBe(expected);
  });

  it('leaves a value alone in its own unit', () => {
    expect(convert(1.23456789012345, 'mg/dL', 'mg/dL')).toBe(1.23456789012345);
  });

  it.each([
    ['mg/dL', 'umol/L'],
    ['umol/L', 'mg/dL'],
    ['umol/L', '10*9/L'],
    ['[IU]/mL', 'ng/mL'],
    ['[IU]/L', '[IU]/mL'],
    ['U/L', '[IU]/L'],
    ['mL/min/{1.73_m2}', 'mL/min'],
    ['{INR}', '%'],
    ['{INR}', '{score}'],
    ['s', '{INR}'],
    ['K/uL', '10*9/L'],
    ['mg/dl', 'g/L'],
    ['', 'g/L'],
    ['g/L', 'nonsense'],
    ['toString', '1'],
  ])('refuses %s to %s: not the same kind of quantity, or not a trusted unit', (from, to) => {
    expect(convert(1, from, to)).toBeUndefined();
    expect(commensurable(from, to)).toBe(false);
  });

  it('refuses what is not a finite number', () => {
    expect([Number.NaN, Number.POSITIVE_INFINITY].map((value) => convert(value, 'g/dL', 'g/L'))).toEqual([
      undefined,
      undefined,
    ]);
    expect(convert(Number.MAX_VALUE, 'g/dL', 'mg/L')).toBeUndefined();
  });

  it('is symmetrical', () => {
    expect(commensurable('g/dL', 'g/L')).toBe(true);
    expect(commensurable('g/L', 'g/dL')).toBe(true);
  });
});
