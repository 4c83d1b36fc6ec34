import { between, exactly, lessThan } from '../../src/kernel/estimate.ts';
import type { Fact } from '../../src/kernel/fact.ts';
import { bilirubinNote } from '../../src/measures/child-pugh/borderline.ts';
import { childPughLaboratoryPoints } from '../../src/measures/child-pugh/laboratory-points.ts';
import { childPughWith, wellPatient } from './child-pugh-patient.ts';
import { found, none, nothingRecorded, patient, stale, unavailable } from './facts.ts';

describe('bilirubin where the tables of the two units differ', () => {
  const inUmol = (here: number, there: number) =>
    `Bilirubin is borderline: ${here} points by the µmol/L table used here, ${there} by the mg/dL table.`;
  const inMg = (here: number, there: number) =>
    `Bilirubin is borderline: ${here} points by the mg/dL table used here, ${there} by the µmol/L table.`;

  it.each([
    [33.9, 'umol/L', 5, []],
    [34.0, 'umol/L', 6, [inUmol(2, 1)]],
    [34.2, 'umol/L', 6, [inUmol(2, 1)]],
    [34.3, 'umol/L', 6, []],
    [50.0, 'umol/L', 6, []],
    [50.1, 'umol/L', 7, [inUmol(3, 2)]],
    [51.3, 'umol/L', 7, [inUmol(3, 2)]],
    [51.4, 'umol/L', 7, []],
    [1.987, 'mg/dL', 5, []],
    [1.99, 'mg/dL', 5, [inMg(1, 2)]],
    [2.0, 'mg/dL', 6, []],
    [2.92, 'mg/dL', 6, []],
    [2.93, 'mg/dL', 6, [inMg(2, 3)]],
    [3.0, 'mg/dL', 6, [inMg(2, 3)]],
    [3.01, 'mg/dL', 7, []],
  ])(
    '%d %s scores %d by the table of its own unit and says so where the other differs',
    (value, unit, score, notes) => {
      const measurement = childPughWith({ bilirubin: found(value, unit) });
      expect(measurement.value).toEqual(exactly(score));
      expect(measurement.notes).toEqual(notes);
    },
  );

  it('is said of the laboratory points as well', () => {
    const facts = { ...wellPatient, bilirubin: found(50.5, 'umol/L') };
    expect(childPughLaboratoryPoints.compute(patient(facts)).notes).toEqual([inUmol(3, 2)]);
  });

  it('is not said of a range: it has no side', () => {
    expect(bilirubinNote(lessThan(34.1), 'umol/L')).toBeUndefined();
  });
});

describe('another published table', () => {
  const note = (score: string) =>
    `By another published table (albumin limit 3.0 g/dL, INR limit 2.2) the score would be ${score}.`;

  it.each<[what: string, facts: Readonly<Record<string, Fact>>, label: string, notes: readonly string[]]>([
    ['albumin 2.9 g/dL', { albumin: found(2.9, 'g/dL') }, 'A6', [note('B7')]],
    ['albumin 29 g/L', { albumin: found(29, 'g/L') }, 'A6', [note('B7')]],
    ['albumin 3.0 g/dL: 2 points by both', { albumin: found(3, 'g/dL') }, 'A6', []],
    ['albumin 2.7 g/dL: 3 points by both', { albumin: found(2.7, 'g/dL') }, 'B7', []],
    ['INR 2.25', { inr: found(2.25, '{INR}') }, 'A6', [note('B7')]],
    ['INR 2.2: 2 points by both', { inr: found(2.2, '{INR}') }, 'A6', []],
    ['INR 2.4: 3 points by both', { inr: found(2.4, '{INR}') }, 'B7', []],
    ['albumin 2.9 and moderate ascites', { albumin: found(2.9, 'g/dL'), ascites: found(2) }, 'B8', []],
    [
      'albumin 2.9, INR 2.25 and bilirubin 2.5: both limits together',
      { albumin: found(2.9, 'g/dL'), inr: found(2.25, '{INR}'), bilirubin: found(2.5, 'mg/dL') },
      'B8',
      [note('C10')],
    ],
    ['albumin 2.85 to 3.1: on both sides of 3.0', { albumin: found(between(2.85, 3.1), 'g/dL') }, 'A6', []],
  ])('is mentioned only when it changes the class: %s', (_what, facts, label, notes) => {
    const score = childPughWith(facts);
    expect(score.label).toBe(label);
    expect(score.notes).toEqual(notes);
  });

  it('is not looked at when the score is a range: its class is open anyway', () => {
    expect(childPughWith({ albumin: found(2.9, 'g/dL'), ascites: nothingRecorded }).notes).toEqual([]);
  });

  it('is not looked at when no albumin was measured', () => {
    const readAsNormal: Fact = { state: 'absent', reason: 'none', readsAs: exactly(2.9), unit: 'g/dL' };
    expect(childPughWith({ albumin: readAsNormal }).notes).toEqual([]);
  });
});

describe('INR and anticoagulants', () => {
  const onAnticoagulant = 'INR on an anticoagulant: not interpretable, taken as 1 to 3 points.';
  const notChecked = 'Whether the patient takes an anticoagulant is not known; INR taken as 1 to 3 points.';

  it('is left open on an anticoagulant and never asked for: a new value could not be interpreted either', () => {
    const score = childPughWith({ inr: found(2.5, '{INR}'), anticoagulant: found(1) });
    expect(score).toMatchObject({ value: between(5, 7), label: 'A5 to B7', open: [], notes: [onAnticoagulant] });
  });

  it('is not asked for on an anticoagulant when it is missing, and there is nothing to explain', () => {
    const score = childPughWith({ inr: nothingRecorded, anticoagulant: found(1) });
    expect(score).toMatchObject({ value: between(5, 7), open: [], notes: [] });
  });

  it.each([unavailable, stale, nothingRecorded])(
    'is left open when the medications are $state: whether they hold an anticoagulant is not known',
    (anticoagulant) => {
      const score = childPughWith({ inr: found(1.0, '{INR}'), anticoagulant });
      expect(score).toMatchObject({ value: between(5, 7), notes: [notChecked] });
      expect(score.open).toContain('anticoagulant');
    },
  );

  it('is left open when an anticoagulant is possible: only its absence makes the INR count', () => {
    const score = childPughWith({ inr: found(1.0, '{INR}'), anticoagulant: found(between(0, 1)) });
    expect(score.value).toEqual(between(5, 7));
  });

  it.each([none, found(0)])('counts when the absence of an anticoagulant is known (row %#)', (anticoagulant) => {
    expect(childPughWith({ inr: found(2.5, '{INR}'), anticoagulant })).toMatchObject({
      value: exactly(7),
      open: [],
      notes: [],
    });
  });

  it('is asked for when it is missing and no anticoagulant stands in the way', () => {
    expect(childPughWith({ inr: nothingRecorded })).toMatchObject({ value: between(5, 7), open: ['inr'], notes: [] });
  });
});
