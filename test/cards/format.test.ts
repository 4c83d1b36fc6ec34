import {
  capitalised,
  formatDate,
  formatDaysAgo,
  formatList,
  formatQuantity,
  visibleLength,
} from '../../src/cards/format.ts';
import { between, exactly, lessThan, moreThan, unknown } from '../../src/kernel/estimate.ts';

describe('a quantity', () => {
  it.each([
    [exactly(2.1), 'mg/dL', '2.1 mg/dL'],
    [exactly(34), 'umol/L', '34 µmol/L'],
    [exactly(1.3), '{INR}', '1.3'],
    [exactly(7), '{score}', '7'],
    [exactly(2), '1', '2'],
    [exactly(27), 'mL/min/{1.73_m2}', '27 mL/min/1.73 m²'],
    [exactly(42), 'd', '42 days'],
    [exactly(18), 'a', '18 years'],
    [lessThan(0.2), 'mg/dL', '<0.2 mg/dL'],
    [{ ...lessThan(0.2), highOpen: false }, 'mg/dL', '≤0.2 mg/dL'],
    [moreThan(20), 'mg/dL', '>20 mg/dL'],
    [{ ...moreThan(20), lowOpen: false }, 'mg/dL', '≥20 mg/dL'],
    [between(1.9, 2.1), 'mg/dL', '1.9 to 2.1 mg/dL'],
    [between(1, 2), '1', '1 to 2'],
    [exactly(0), '1', '0'],
    [exactly(75.00000000000001), 'umol/L', '75 µmol/L'],
    [exactly(1.98784), 'mg/dL', '1.98784 mg/dL'],
  ])('%j in %s', (value, unit, expected) => {
    expect(formatQuantity(value, unit)).toBe(expected);
  });

  it('of which nothing is known is not known', () => {
    expect(formatQuantity(unknown, '1')).toBe('not known');
  });
});

describe('days ago', () => {
  it.each([
    [exactly(0), 'today'],
    [exactly(1), 'yesterday'],
    [exactly(41), '41 days ago'],
    [between(0, 200), 'at most 200 days ago'],
    [between(0, Number.POSITIVE_INFINITY), 'date not known'],
    [exactly(Number.POSITIVE_INFINITY), 'never'],
  ])('%j', (days, expected) => {
    expect(formatDaysAgo(days)).toBe(expected);
  });
});

describe('a date', () => {
  it.each([
    ['2026-11-04T08:00:00+08:00', '2026-11-04'],
    ['2026-11-04', '2026-11-04'],
    ['2026-11', '2026-11'],
    ['2026', '2026'],
    ['last week', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%p is shown as the record has it, to the day: %p', (recorded, expected) => {
    expect(formatDate(recorded)).toBe(expected);
  });
});

describe('the beginning of a sentence', () => {
  it.each([
    ['bilirubin 2', 'Bilirubin 2'],
    ['eGFR 27', 'eGFR 27'],
    ['INR', 'INR'],
  ])('%p becomes %p', (text, expected) => {
    expect(capitalised(text)).toBe(expected);
  });
});

describe('a list', () => {
  it.each([
    [[], ''],
    [['a'], 'a'],
    [['a', 'b'], 'a and b'],
    [['a', 'b', 'c'], 'a, b and c'],
  ])('%j', (items, expected) => {
    expect(formatList(items)).toBe(expected);
  });
});

describe('the visible length of Markdown', () => {
  it.each([
    ['plain', 5],
    ['**bold**', 4],
    ['- one\n- two', 7],
    ['[EMERALD-1](https://doi.org/10.1016/S0140-6736(24)02551-0) 15.0', 14],
    ['4\\.1 \\[g\\/dL\\]', 10],
  ])('%j is %i characters', (markdown, length) => {
    expect(visibleLength(markdown)).toBe(length);
  });
});
