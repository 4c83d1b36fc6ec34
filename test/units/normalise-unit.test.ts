import { normaliseUnit } from '../../src/units/normalise-unit.ts';
import { isKnownUnit } from '../../src/units/ucum.ts';
import { unitBySpelling } from '../../src/units/unit-spellings.ts';

describe('normaliseUnit', () => {
  it('reads what is counted, in braces, as a pure number where one is expected', () => {
    expect(normaliseUnit('{lesions}', '1')).toBe('1');
    expect(normaliseUnit('{lesions}')).toBeUndefined();
    expect(normaliseUnit('lesions', '1')).toBeUndefined();
  });

  it.each([
    ['µmol/L', 'umol/L'],
    ['μmol/L', 'umol/L'],
    ['umol/l', 'umol/L'],
    ['UMOL/L', 'umol/L'],
    ['mcmol/L', 'umol/L'],
    ['MG/DL', 'mg/dL'],
    ['mg/dl', 'mg/dL'],
    [' mg / dL ', 'mg/dL'],
    ['mg/dL{calc}', 'mg/dL'],
    ['g/l', 'g/L'],
    ['gm/dL', 'g/dL'],
    ['G/DL', 'g/dL'],
    ['IU/L', '[IU]/L'],
    ['mmHg', 'mm[Hg]'],
    ['mm[Hg]', 'mm[Hg]'],
    ['INR', '{INR}'],
    ['{INR}', '{INR}'],
    ['sec', 's'],
    ['seconds', 's'],
    ['x10E3/uL', '10*3/uL'],
    ['10E3/uL', '10*3/uL'],
    ['K/uL', '10*3/uL'],
    ['K/µL', '10*3/uL'],
    ['k/mcL', '10*3/uL'],
    ['x10(3)/mcL', '10*3/uL'],
    ['10^9/L', '10*9/L'],
    ['10⁹/L', '10*9/L'],
    ['×10^9/L', '10*9/L'],
    ['10*9/L', '10*9/L'],
    ['10*9/L{cells}', '10*9/L'],
    ['mg/24.h', 'mg/(24.h)'],
    ['mg/24h', 'mg/(24.h)'],
    ['g/(24.h)', 'g/(24.h)'],
    ['mL/min/1.73m2', 'mL/min/{1.73_m2}'],
    ['mL/min/1.73 m²', 'mL/min/{1.73_m2}'],
    ['mL/min/1.73.m2', 'mL/min/{1.73_m2}'],
    ['mL/min/{1.73_m2}', 'mL/min/{1.73_m2}'],
    ['mg/g{creat}', 'mg/g'],
    ['ng/mL', 'ng/mL'],
    ['ug/dL', 'ug/dL'],
  ])('reads %j as %s', (written, unit) => {
    expect(normaliseUnit(written)).toBe(unit);
  });

  it.each([
    '',
    '   ',
    'G/L',
    'N/A',
    'see note',
    'mg/dL/x',
    'M/uL',
    '109/L',
    'mg/dL (low)',
    'toString',
    'constructor',
    'x'.repeat(100_000),
  ])('does not trust %.20j: nobody mapped it, or UCUM does not know it', (written) => {
    expect(normaliseUnit(written)).toBeUndefined();
  });

  it('has no unit when none is recorded', () => {
    expect(normaliseUnit(undefined)).toBeUndefined();
    expect(normaliseUnit(undefined, 'mg/dL')).toBeUndefined();
    expect(normaliseUnit('', 'umol/L')).toBeUndefined();
  });

  it.each([undefined, '', 'ratio', '{ratio}', '1', 'INR', '{INR}'])(
    'takes %j for a pure number where one is expected',
    (written) => {
      expect(normaliseUnit(written, '{INR}')).toBe('{INR}');
    },
  );

  it('does not take seconds for a ratio: such a row is mislabelled', () => {
    expect(normaliseUnit('sec', '{INR}')).toBe('s');
  });

  it('reads G/L by what is expected: giga per litre for counts, grams per litre for mass', () => {
    expect(normaliseUnit('G/L', '10*9/L')).toBe('10*9/L');
    expect(normaliseUnit('G/l', '10*3/uL')).toBe('10*9/L');
    expect(normaliseUnit('G/L', 'g/dL')).toBe('g/L');
    expect(normaliseUnit('G/L', 'umol/L')).toBeUndefined();
  });

  it('maps spellings only to units that UCUM knows', () => {
    for (const unit of new Set(unitBySpelling.values())) expect([unit, isKnownUnit(unit)]).toEqual([unit, true]);
  });

  it('knows fewer units than the UCUM grammar allows: kelvin per microlitre is not one', () => {
    expect(['K/uL', 'mg/24.h', '10^9/L', 'mg/dl'].filter(isKnownUnit)).toEqual([]);
  });
});
