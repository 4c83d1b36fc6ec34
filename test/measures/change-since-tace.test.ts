import { between, exactly } from '../../src/kernel/estimate.ts';
import type { Fact } from '../../src/kernel/fact.ts';
import { albiGradeRise } from '../../src/measures/albi/change.ts';
import { childPughClassRise, childPughLaboratoryRise, childPughRise } from '../../src/measures/child-pugh/change.ts';
import { found, none, nothingRecorded, patient } from './facts.ts';

/** Child-Pugh A5 before the last TACE and now. */
const well: Readonly<Record<string, Fact>> = {
  'bilirubin-before-tace': found(1.0, 'mg/dL'),
  'albumin-before-tace': found(4.0, 'g/dL'),
  'inr-before-tace': found(1.1, '{INR}'),
  'ascites-before-tace': found(0),
  'encephalopathy-before-tace': found(0),
  'bilirubin-after-tace': found(1.0, 'mg/dL'),
  'albumin-after-tace': found(4.0, 'g/dL'),
  'inr-after-tace': found(1.1, '{INR}'),
  ascites: found(0),
  encephalopathy: found(0),
  anticoagulant: none,
  'cholestatic-liver-disease': none,
};
const now = (changes: Readonly<Record<string, Fact>>) => patient({ ...well, ...changes });

describe('Child-Pugh since the last TACE', () => {
  it('has not changed', () => {
    expect(childPughRise.compute(now({}))).toMatchObject({ value: exactly(0), label: 'A5 → A5', open: [] });
  });

  it('has risen by the points of any part: ascites and encephalopathy as they are now', () => {
    const rise = childPughRise.compute(now({ 'albumin-after-tace': found(2.7, 'g/dL'), ascites: found(1) }));
    expect(rise).toMatchObject({ value: exactly(3), label: 'A5 → B8' });
  });

  it('has fallen when the patient is better', () => {
    expect(childPughRise.compute(now({ 'inr-before-tace': found(2.4, '{INR}') })).value).toEqual(exactly(-2));
  });

  it('is a range where a part is not known at either time, and the part is named', () => {
    const rise = childPughRise.compute(now({ 'ascites-before-tace': nothingRecorded }));
    expect(rise).toMatchObject({ value: between(-2, 0), open: ['ascites-before-tace'] });
    const nowOpen = childPughRise.compute(now({ 'inr-after-tace': nothingRecorded }));
    expect(nowOpen).toMatchObject({ value: between(0, 2), open: ['inr-after-tace'] });
  });

  it('does not count an INR on an anticoagulant', () => {
    const rise = childPughRise.compute(now({ 'inr-after-tace': found(3, '{INR}'), anticoagulant: found(1) }));
    expect(rise.value).toEqual(between(-2, 2));
  });

  it('rises by a class at the limit of the class, and not within it', () => {
    const low = found(3.5, 'g/dL');
    const a6 = { 'albumin-before-tace': low, 'albumin-after-tace': low };
    expect(childPughClassRise.compute(now(a6)).value).toEqual(exactly(0));
    expect(childPughClassRise.compute(now({ ...a6, 'inr-after-tace': found(1.7, '{INR}') })).value).toEqual(exactly(1));
    expect(childPughClassRise.compute(now({ ascites: found(3), encephalopathy: found(4), ...a6 })).value).toEqual(
      exactly(2),
    );
  });

  it('is told for the laboratory alone: nothing of ascites enters', () => {
    const worse = {
      'albumin-after-tace': found(2.7, 'g/dL'),
      'ascites-before-tace': nothingRecorded,
      ascites: nothingRecorded,
    };
    expect(childPughLaboratoryRise.compute(now(worse))).toMatchObject({ value: exactly(2), label: '3 → 5', open: [] });
  });

  it('does not read the recorded score nor the prothrombin time', () => {
    const more = {
      'recorded-child-pugh': found(12),
      'prothrombin-time': found(30, 's'),
      'prothrombin-time-control': found(12, 's'),
    };
    const open = { 'inr-after-tace': nothingRecorded };
    expect(childPughRise.compute(now({ ...more, ...open })).value).toEqual(childPughRise.compute(now(open)).value);
  });
});

describe('the ALBI grade since the last TACE', () => {
  const albumin = (before: number, after: number) => ({
    'bilirubin-before-tace': found(10, 'umol/L'),
    'bilirubin-after-tace': found(10, 'umol/L'),
    'albumin-before-tace': found(before, 'g/L'),
    'albumin-after-tace': found(after, 'g/L'),
  });

  it('rises from 1 to 2 where the score passes -2.60', () => {
    expect(albiGradeRise.compute(now(albumin(40, 38.4))).value).toEqual(exactly(0));
    expect(albiGradeRise.compute(now(albumin(40, 38.3)))).toMatchObject({
      value: exactly(1),
      label: 'grade 1 → 2 (-2.74 → -2.60)',
    });
  });

  it('falls when liver function recovers', () => {
    expect(albiGradeRise.compute(now(albumin(35, 40))).value).toEqual(exactly(-1));
  });

  it('is open where a value is missing, and names it', () => {
    const rise = albiGradeRise.compute(now({ ...albumin(40, 35), 'albumin-after-tace': nothingRecorded }));
    expect(rise).toMatchObject({ value: between(0, 2), open: ['albumin-after-tace'] });
  });
});
