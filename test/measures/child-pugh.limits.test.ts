import { exactly } from '../../src/kernel/estimate.ts';
import { laboratoryLimits, laboratoryPoints, limitNotes } from '../../src/measures/child-pugh/laboratory-points.ts';
import { wellPatient } from './child-pugh-patient.ts';
import { found, none, patient, unavailable } from './facts.ts';

const tables = [
  ['bilirubin', 'mg/dL', none],
  ['bilirubin', 'umol/L', none],
  ['bilirubin', 'mg/dL', found(1)],
  ['bilirubin', 'umol/L', found(1)],
  ['albumin', 'g/dL', none],
  ['albumin', 'g/L', none],
  ['inr', '{INR}', none],
] as const;

describe('the limits that are drawn', () => {
  it.each(tables)('are those at which the points of %s in %s change', (id, unit, cholestatic) => {
    const known = { ...wellPatient, 'cholestatic-liver-disease': cholestatic };
    const pointsAt = (value: number) => laboratoryPoints(patient({ ...known, [id]: found(value, unit) })).value;
    const limits = laboratoryLimits(id, unit, patient(known));
    if (limits === undefined) throw new Error('no limits');
    const worse = limits.three > limits.two ? 1.001 : 0.999;
    expect(pointsAt(limits.two / worse)).toEqual(exactly(3));
    expect(pointsAt(limits.two * worse)).toEqual(exactly(4));
    expect(pointsAt(limits.three / worse)).toEqual(exactly(4));
    expect(pointsAt(limits.three * worse)).toEqual(exactly(5));
  });

  it('are none in a unit for which there is no table', () => {
    expect(laboratoryLimits('bilirubin', 'g/L', patient(wellPatient))).toBeUndefined();
    expect(laboratoryLimits('albumin', 'mg/dL', patient(wellPatient))).toBeUndefined();
  });

  it('are said to be others, or of no use, where a disease or a drug makes them so', () => {
    const notes = (id: 'bilirubin' | 'albumin' | 'inr', more: object) =>
      limitNotes(id, patient({ ...wellPatient, ...more }));
    expect(notes('bilirubin', {})).toEqual([]);
    expect(notes('bilirubin', { 'cholestatic-liver-disease': found(1) })).toEqual([
      'Primary biliary or sclerosing cholangitis is recorded: bilirubin counts by its table (4 and 10 mg/dL).',
    ]);
    expect(notes('bilirubin', { bilirubin: found(70, 'umol/L'), 'cholestatic-liver-disease': found(1) })[0]).toContain(
      'by its table (68 and 171 µmol/L)',
    );
    expect(notes('bilirubin', { 'cholestatic-liver-disease': unavailable })).toEqual([
      'Primary biliary or sclerosing cholangitis may be present: bilirubin may count by its table.',
    ]);
    expect(notes('inr', {})).toEqual([]);
    expect(notes('inr', { anticoagulant: found(1) })).toEqual([expect.stringContaining('taken as 1 to 3 points')]);
    expect(notes('albumin', { anticoagulant: found(1), 'cholestatic-liver-disease': found(1) })).toEqual([]);
  });
});
