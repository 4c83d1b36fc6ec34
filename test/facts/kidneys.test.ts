import { factOf, type Loose, lab, quantity, said } from './records.ts';

const creatinine = (code: unknown, changes: Loose) => said(factOf('creatinine', { labs: [lab(code, changes)] }));
const egfr = (code: unknown, changes: Loose) => said(factOf('egfr', { labs: [lab(code, changes)] }));

describe('creatinine', () => {
  it('is kept in the unit in which it was reported', () => {
    expect(creatinine('2160-0', quantity(2.3, 'mg/dL'))).toBe('2.3 mg/dL');
    expect(creatinine('14682-9', quantity(203, 'µmol/L'))).toBe('203 umol/L');
    expect(creatinine('35203-9', quantity(203, 'umol/L'))).toBe('203 umol/L');
  });

  it('is converted to micromoles from millimoles', () => {
    expect(creatinine('14682-9', quantity(0.203, 'mmol/L'))).toBe('203 umol/L');
  });

  it.each(['Creatinine', 'S-Creatinine', 'Creatinine, serum'])('is recognised by name: %s', (text) => {
    expect(creatinine({ text }, quantity(1, 'mg/dL'))).toBe('1 mg/dL');
  });

  it.each([
    'Creatinine, urine',
    'Creatinine clearance',
    'Albumin/creatinine ratio',
    'Protein/Creatinine',
    'Creatinine kinase',
    'eGFR by creatinine',
  ])('is not %s', (text) => {
    expect(creatinine({ text }, quantity(1, 'mg/dL'))).toBe('absent');
  });

  it('in the wrong unit is not believed', () => {
    expect(creatinine('2160-0', quantity(88, 'mg/dL'))).toBe('unusable');
    expect(creatinine('14682-9', quantity(0.9, 'umol/L'))).toBe('unusable');
  });
});

describe('the eGFR', () => {
  it.each(['mL/min/{1.73_m2}', 'mL/min/1.73m2', 'ml/min/1.73m^2'])('is read in %s', (unit) => {
    expect(egfr('98979-8', quantity(27, unit))).toBe('27 mL/min/{1.73_m2}');
  });

  it('is read in the shortened unit: the code says that it is a rate for a body surface', () => {
    expect(egfr('62238-1', quantity(27, 'mL/min'))).toBe('27 mL/min');
  });

  it('reported as more than 60 is a range', () => {
    expect(egfr('98979-8', { valueQuantity: { value: 60, comparator: '>', unit: 'mL/min/1.73m2' } })).toBe(
      '(60, Infinity] mL/min/{1.73_m2}',
    );
    expect(egfr('98979-8', { valueString: '>90 mL/min/1.73m2' })).toBe('(90, Infinity] mL/min/{1.73_m2}');
  });

  it('is recognised by name', () => {
    expect(egfr({ text: 'eGFR (CKD-EPI)' }, quantity(55, 'mL/min/1.73m2'))).toBe('55 mL/min/{1.73_m2}');
  });
});
