import { factOf, icd10cm, type Loose, problem, procedure, said, snomed, status } from './records.ts';

const recipient = (...conditions: readonly Loose[]) => said(factOf('organ-transplant', { conditions }));
const operated = (...procedures: readonly Loose[]) => said(factOf('organ-transplantation', { procedures }));
const listed = (...conditions: readonly Loose[]) => said(factOf('transplant-listed', { conditions }));

describe('a transplant recipient', () => {
  it('is recognised by code', () => {
    expect(recipient(problem(icd10cm('Z94.4')))).toBe('1');
    expect(recipient(problem(icd10cm('T86.40')))).toBe('1');
    expect(recipient(problem(snomed('161671001')))).toBe('1');
    expect(operated(procedure(snomed('18027006'), '2019-05-03'))).toBe('1');
  });

  it.each([
    'History of liver transplant',
    'Liver transplantation 2019',
    'S/P orthotopic liver transplant',
    'Kidney transplant recipient',
    'Renal transplant status',
    'Heart transplant',
    'Transplanted kidney',
    'Rejection of liver transplant',
    'Liver transplant, possible rejection',
    'Liver transplant for HCC, indication cirrhosis',
    'Prior liver transplant',
    'Liver transplant 2019, immunosuppression discussed',
    'Needs tacrolimus level; liver transplant 2019',
    'OLT',
  ])('is recognised in "%s"', (text) => {
    expect(recipient(problem(text))).toBe('1');
    expect(operated(procedure(text, '2019'))).toBe('1');
  });

  it.each([
    'Liver transplant candidate',
    'Evaluation for liver transplant',
    'On the waiting list for liver transplantation',
    'Living liver donor',
    'Bone marrow transplant',
    'Stem cell transplant for lymphoma',
    'Declined for liver transplant',
    'No liver transplant',
    'Family history of kidney transplant',
    'Corneal transplant',
    'Contraindication to liver transplant',
    'Need for liver transplant',
    'Liver transplant considered',
    'Considering liver transplant',
    'Pre liver transplant',
    'Pre-liver transplant status',
    'Pretransplant work: liver transplant',
    'Liver transplant surgery counseling',
    'Discussion of liver transplantation',
    'Bridge to liver transplant',
    'Potential liver transplant recipient',
    'Indication for liver transplantation',
    'Liver transplant not indicated for HCC',
    'Liver transplantation is not an option',
    'Awaiting liver transplant',
    'HCC beyond liver transplant criteria',
  ])('is not "%s"', (text) => {
    expect(recipient(problem(text))).toBe('absent');
    expect(operated(procedure(text, '2019'))).toBe('absent');
  });

  it('stays one when the problem is called inactive, and was none when it is refuted', () => {
    expect(recipient(problem('Liver transplant', { clinicalStatus: status('inactive') }))).toBe('1');
    expect(recipient(problem('Liver transplant', { verificationStatus: status('refuted') }))).toBe('absent');
  });

  it('is none by an operation that was not done', () => {
    expect(operated(procedure('Liver transplantation', undefined, { status: 'not-done' }))).toBe('absent');
    expect(operated(procedure('Liver transplantation', undefined, { status: 'preparation' }))).toBe('absent');
  });
});

describe('a patient listed for transplantation', () => {
  it.each([
    'Listed for liver transplantation',
    'Liver transplant candidate',
    'On waiting list for liver transplant',
    'Awaiting liver transplantation',
    'Liver transplant, listed',
  ])('is recognised in "%s"', (text) => {
    expect(listed(problem(text))).toBe('1');
  });

  it.each([
    'Liver transplant',
    'Removed from liver transplant list',
    'Not listed for transplant',
    'Kidney donor, listed',
  ])('is not "%s"', (text) => {
    expect(listed(problem(text))).toBe('absent');
  });

  it('is none any more when that is over', () => {
    expect(listed(problem('Listed for liver transplantation', { clinicalStatus: status('inactive') }))).toBe('0');
  });
});
