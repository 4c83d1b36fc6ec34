import { factOf, icd10cm, type Loose, problem, said, snomed, status } from './records.ts';

const spread = (...conditions: readonly Loose[]) => said(factOf('extrahepatic-spread', { conditions }));

describe('extrahepatic spread', () => {
  it.each([
    ['94391008', 'lung'],
    ['94222008', 'bone'],
    ['1186612004', 'metastatic hepatocellular carcinoma'],
  ])('is recognised by code %s, %s', (code) => {
    expect(spread(problem(snomed(code)))).toBe('1');
  });

  it.each([
    'HCC metastatic to lung',
    'Metastatic hepatocellular carcinoma',
    'Bone metastases',
    'Adrenal metastasis of HCC',
    'Secondary malignant neoplasm of mediastinum',
    'Extrahepatic spread of HCC',
    'Lung mets',
    'Peritoneal carcinomatosis',
  ])('is recognised in "%s", whatever the code', (text) => {
    expect(spread(problem(text))).toBe('1');
    expect(spread(problem(icd10cm('C78.1', text)))).toBe('1');
  });

  it.each([
    'Liver metastases',
    'Intrahepatic metastasis',
    'Colon cancer metastatic to liver',
    'Colon cancer, metastatic to the liver',
    'Secondary malignant neoplasm of liver and intrahepatic bile duct',
    'History of metastatic breast cancer',
    'No metastasis',
    'HCC without extrahepatic spread',
    'Extrahepatic cholestasis',
  ])('is not "%s"', (text) => {
    expect(spread(problem(text))).toBe('absent');
  });

  it('is not a metastasis in the liver, however it is called', () => {
    expect(spread(problem(icd10cm('C78.7', 'Metastasis')))).toBe('absent');
    expect(spread(problem(snomed('94381002')))).toBe('absent');
  });

  it('that is over, refuted or only suspected is told apart', () => {
    expect(spread(problem('Lung metastasis', { clinicalStatus: status('resolved') }))).toBe('0');
    expect(spread(problem('Lung metastasis', { verificationStatus: status('refuted') }))).toBe('0');
    expect(spread(problem('Lung metastasis', { verificationStatus: status('provisional') }))).toBe('[0, 1]');
  });
});
