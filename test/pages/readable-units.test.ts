import { readableUnits } from '../../src/pages/workbench/browser/readable-units.ts';

describe('units as people write them', () => {
  it.each([
    ['1.8 {INR}', '1.8'],
    ['<1.1 {ratio}', '<1.1'],
    ['1.8 INR', '1.8 INR'],
    ['51 umol/L', '51 µmol/L'],
    ['51 µmol/l', '51 µmol/l'],
    ['28 mL/min/{1.73_m2}', '28 mL/min/1.73 m²'],
    ['140 10*9/L', '140 10⁹/L'],
    ['140 10*3/uL', '140 10³/µL'],
    ['12 [IU]/mL', '12 IU/mL'],
    ['130 mm[Hg]', '130 mmHg'],
    ['2 g/(24.h)', '2 g/24 h'],
    ['umol/L → mg/dL', 'µmol/L → mg/dL'],
    ['1 → {INR}', '1 → no unit'],
    ['Ascites {grade 2}, the patient said', 'Ascites {grade 2}, the patient said'],
    ['present', 'present'],
  ])('%s reads %s', (recorded, shown) => {
    expect(readableUnits(recorded)).toBe(shown);
  });
});
