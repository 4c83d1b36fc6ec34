import { factOf, icd10cm, type Loose, problem, said, snomed, status } from './records.ts';

const disease = (...conditions: readonly Loose[]) => said(factOf('autoimmune-disease', { conditions }));

describe('an autoimmune disease', () => {
  it.each(['M05.9', 'M06.00', 'M32.14', 'K50.90', 'K51.811', 'G35', 'G35.A', 'K75.4', 'E05.00', 'M35.00'])(
    'is recognised by the form of its code: %s',
    (code) => {
      expect(disease(problem(icd10cm(code)))).toBe('1');
    },
  );

  it.each([
    'Rheumatoid arthritis',
    'Crohn\u2019s disease of the ileum',
    'Autoimmune hepatitis',
    'Psoriatic arthritis',
    'Systemic lupus erythematosus',
    'Sjögren syndrome',
    'Graves disease',
  ])('is recognised in "%s"', (text) => {
    expect(disease(problem(text))).toBe('1');
  });

  it.each([
    'Autoimmune hypothyroidism',
    'Hashimoto thyroiditis',
    'Type 1 diabetes mellitus, autoimmune disease',
    'Vitiligo',
    'Psoriasis vulgaris',
    'Cutaneous lupus erythematosus',
    'Lupus anticoagulant syndrome',
    'Family history of rheumatoid arthritis',
    'Osteoarthritis',
  ])('is not what trials allowed, and nothing else: "%s"', (text) => {
    expect(disease(problem(text))).toBe('absent');
  });

  it.each(['E06.3', 'L40.0', 'E10.9', 'M19.90'])('is not %s', (code) => {
    expect(disease(problem(icd10cm(code)))).toBe('absent');
  });

  it('is told apart when it is over or suspected', () => {
    expect(disease(problem(snomed('69896004'), { clinicalStatus: status('remission') }))).toBe('0');
    expect(disease(problem(snomed('69896004'), { verificationStatus: status('provisional') }))).toBe('[0, 1]');
  });
});
