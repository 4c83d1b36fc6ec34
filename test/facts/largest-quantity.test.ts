import { daysAgo, factOf, type Loose, lab, quantity, said } from './records.ts';

const largest = (...assessments: readonly Loose[]) => said(factOf('tumour-diameter', { assessments }));
const size = (value: number, changes: Loose = {}, unit = 'cm') =>
  lab('21889-1', { ...quantity(value, unit), ...changes });
const part = (code: string, value: number, unit = 'cm') => ({
  code: { coding: [{ system: 'http://loinc.org', code }] },
  ...quantity(value, unit),
});

describe('the largest of several results', () => {
  it('is that of the newest day, however many were measured', () => {
    const results = [
      size(2.1, { id: 'a' }),
      size(4.2, { id: 'b' }),
      size(3, { id: 'c' }),
      size(9, { id: 'old', effectiveDateTime: daysAgo(40) }),
    ];
    expect(largest(...results)).toBe('4.2 cm');
    expect(largest(...[...results].reverse())).toBe('4.2 cm');
  });

  it('takes an examination of one day together, to the minute or not', () => {
    const at = (time: string) => ({ effectiveDateTime: `${daysAgo(3)}T${time}Z` });
    expect(largest(size(5, { id: 'a', ...at('10:00:00') }), size(2, { id: 'b', ...at('10:20:00') }))).toBe('5 cm');
  });

  it('looks at every component: the first need not be the largest', () => {
    const component = [part('33729-5', 2), part('33728-7', 3.5)];
    expect(largest(lab('21889-1', { component }))).toBe('3.5 cm');
  });

  it('is compared in one unit', () => {
    expect(largest(size(31, { id: 'a' }, 'mm'), size(2.8, { id: 'b' }, 'mm'))).toBe('31 mm');
    expect(largest(size(2.5, { id: 'a' }), size(31, { id: 'b' }, 'mm'))).toBe('3.1 cm');
  });

  it('reported as less than a limit is a range', () => {
    const less = lab('21889-1', { id: 'a', valueQuantity: { value: 1, comparator: '<', unit: 'cm' } });
    expect(largest(less)).toBe('[-Infinity, 1) cm');
    expect(largest(less, size(2, { id: 'b' }))).toBe('2 cm');
    expect(largest(less, size(0.5, { id: 'b' }))).toBe('[0.5, 1) cm');
  });

  it('is at least that, where another of the day cannot be used', () => {
    expect(largest(size(3, { id: 'a' }), size(5, { id: 'b' }, 'furlongs'))).toBe('[3, Infinity] cm');
    expect(largest(size(400, {}, 'cm'))).toBe('unusable');
    expect(largest(size(3, { valueQuantity: { value: 3 } }))).toBe('unusable');
  });

  it('too old is stale, without date as well, and nothing is nothing', () => {
    expect(largest(size(3, { effectiveDateTime: daysAgo(90) }))).toBe('3 cm');
    expect(largest(size(3, { effectiveDateTime: daysAgo(91) }))).toBe('stale');
    expect(largest(size(3, { effectiveDateTime: undefined }))).toBe('stale');
    expect(largest()).toBe('absent');
  });

  it('is recognised by name, unless a code says that it is something else', () => {
    expect(largest(lab({ text: 'Largest nodule' }, quantity(4, 'cm')))).toBe('4 cm');
    expect(largest(lab({ text: 'Lymph node, largest lesion' }, quantity(4, 'cm')))).toBe('absent');
  });
});

describe('the number of tumours', () => {
  const count = (changes: Loose) =>
    said(
      factOf('tumour-count', {
        assessments: [lab({ coding: [{ system: 'http://snomed.info/sct', code: '246206008' }] }, changes)],
      }),
    );

  it.each([
    [{ valueInteger: 3 }, '3'],
    [quantity(3), '3'],
    [quantity(3, '1'), '3'],
    [quantity(3, '{lesions}'), '3'],
    [{ valueString: '>5' }, '(5, Infinity]'],
    [{ valueString: 'multiple' }, 'unusable'],
    [quantity(0), 'unusable'],
  ])('%j is read as %s', (value, expected) => {
    expect(count(value)).toBe(expected);
  });
});
