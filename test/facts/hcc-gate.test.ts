import { found, unavailable } from '../../src/fhir/read-result.ts';
import { exactly } from '../../src/kernel/estimate.ts';
import { asResources, daysAgo, factOf, icd10cm, type Loose, problem, said, snomed, status } from './records.ts';

const hcc = (...conditions: readonly Loose[]) => said(factOf('hcc', { conditions }));
const unspecified = (code: unknown) => said(factOf('liver-cancer-unspecified', { conditions: [problem(code)] }));
const other = (code: unknown) => said(factOf('other-primary-cancer', { conditions: [problem(code)] }));

describe('hepatocellular carcinoma is recognised by', () => {
  it.each<[string, unknown]>([
    ['C22.0', icd10cm('C22.0')],
    ['C220, without the dot', icd10cm('C220')],
    ['C22.0 of the WHO', { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code: 'C22.0' }] }],
    ['ICD-10-CM under its OID', { coding: [{ system: 'urn:oid:2.16.840.1.113883.6.90', code: 'C22.0' }] }],
    ['the SNOMED CT disorder', snomed('109841003')],
    ['the SNOMED CT disorder, new', snomed('1186630006')],
    ['the SNOMED CT morphology, which occurs in the field', snomed('25370001')],
    ['its name', { text: 'Hepatocellular carcinoma, segment 6' }],
    ['its name, not resectable', { text: 'Hepatocellular carcinoma not resectable' }],
    ['its name, not treated', { text: 'Hepatocellular carcinoma not treated yet' }],
    ['its name, not confirmed by tissue', { text: 'Hepatocellular carcinoma not confirmed by biopsy' }],
    ['its name with that of no subtype', { text: 'Hepatocellular carcinoma not otherwise specified' }],
    ['the abbreviation, not amenable', { text: 'HCC of the liver not amenable to resection' }],
    ['what it is not', { text: 'Not resectable hepatocellular carcinoma' }],
    ['an older name', { text: 'Hepatoma' }],
    ['the abbreviation alone', { text: 'HCC' }],
    ['the abbreviation beside the liver', { text: 'HCC (liver)' }],
    ['the abbreviation beside BCLC', { text: 'HCC BCLC B' }],
    ['the abbreviation beside LI-RADS', { text: 'HCC, LI-RADS 5' }],
    ['the abbreviation beside TACE', { text: 'HCC for TACE' }],
    ['the abbreviation with a code of liver cancer of unspecified type', icd10cm('C22.9', 'HCC')],
    ['the abbreviation beside a pseudo-code', { coding: [{ system: 'urn:epic', code: 'IMO0002' }], text: 'HCC' }],
    ['its name with the tag of the billing category', { text: 'Hepatocellular carcinoma (HCC)' }],
  ])('%s', (_name, code) => {
    expect(hcc(problem(code))).toBe('1');
  });

  it.each<[string, unknown]>([
    ['diabetes with the tag', icd10cm('E11.9', 'Type 2 diabetes mellitus (HCC)')],
    ['the tag of CMS', { text: 'Cirrhosis of liver (CMS/HCC)' }],
    ['the tag of CMS with a hyphen', { text: 'Chronic hepatitis C (CMS-HCC)' }],
    ['the tag of HHS', { text: 'Alcoholic hepatitis (HHS-HCC)' }],
    ['the tag with a number', { text: 'Liver disease (HCC 28)' }],
    ['the abbreviation among other words', { text: 'Morbid obesity HCC' }],
    ['the abbreviation with a code outside the liver', icd10cm('E66.01', 'HCC')],
    ['bile-duct cancer', icd10cm('C22.1')],
    ['metastasis in the liver', icd10cm('C78.7')],
    ['its exclusion', { text: 'No hepatocellular carcinoma' }],
    ['its exclusion, said after it', { text: 'Hepatocellular carcinoma not seen on MRI' }],
    ['a family history', { text: 'Family history of hepatocellular carcinoma' }],
    ['a screening', { text: 'Screening for hepatocellular carcinoma' }],
    ['a question', { text: 'Rule out hepatocellular carcinoma' }],
  ])('not by %s', (_name, code) => {
    expect(hcc(problem(code))).toBe('absent');
  });
});

describe('what the statuses of the diagnosis say', () => {
  const withStatus = (changes: Loose) => hcc(problem(icd10cm('C22.0'), changes));

  it.each(['active', 'recurrence', 'relapse'])('%s is present', (code) => {
    expect(withStatus({ clinicalStatus: status(code) })).toBe('1');
  });

  it('no status is present', () => {
    expect(withStatus({ clinicalStatus: undefined })).toBe('1');
  });

  it.each(['resolved', 'inactive', 'remission'])('%s is over', (code) => {
    expect(withStatus({ clinicalStatus: status(code) })).toBe('0');
  });

  it('unconfirmed is perhaps, refuted is not', () => {
    expect(withStatus({ verificationStatus: status('unconfirmed') })).toBe('[0, 1]');
    expect(withStatus({ verificationStatus: status('refuted') })).toBe('0');
  });

  it('entered in error is as if it had never been written', () => {
    expect(withStatus({ verificationStatus: status('entered-in-error') })).toBe('absent');
  });

  it('one active diagnosis is enough beside older ones that are over', () => {
    expect(
      hcc(problem('HCC', { id: 'a', clinicalStatus: status('resolved') }), problem(icd10cm('C22.0'), { id: 'b' })),
    ).toBe('1');
  });
});

describe('several statements about one disease', () => {
  const active = problem(icd10cm('C22.0', 'HCC'), { id: 'old', recordedDate: daysAgo(900) });
  const later = (changes: Loose, code: unknown = icd10cm('C22.0')) =>
    problem(code, { id: 'new', recordedDate: daysAgo(5), ...changes });

  it('a later refutation of the same takes presence back, whatever their order', () => {
    const refuted = later({ clinicalStatus: undefined, verificationStatus: status('refuted') });
    expect([hcc(active, refuted), hcc(refuted, active)]).toEqual(['0', '0']);
    expect(hcc({ ...active, recordedDate: daysAgo(2) }, refuted)).toBe('1');
    expect(hcc({ ...active, recordedDate: daysAgo(5) }, refuted)).toBe('1');
  });

  it('one that is over beside one that is active leaves open whether there were two', () => {
    expect(hcc(active, later({ clinicalStatus: status('resolved') }))).toBe('[0, 1]');
  });

  it('refuting one thing says nothing of another of the same kind', () => {
    const spread = (...conditions: readonly Loose[]) => said(factOf('extrahepatic-spread', { conditions }));
    const lung = problem('Lung metastases', { id: 'lung', recordedDate: daysAgo(200) });
    const refuted = { clinicalStatus: undefined, verificationStatus: status('refuted') };
    expect(spread(lung, later(refuted, { text: 'Bone metastases' }))).toBe('1');
    expect(spread(lung, later(refuted, { text: 'lung metastases' }))).toBe('0');
  });

  it('holds for every ungraded problem', () => {
    const gone = (fact: string, text: string) =>
      said(
        factOf(fact, {
          conditions: [
            problem(text, { id: 'old', recordedDate: daysAgo(900) }),
            later({ clinicalStatus: undefined, verificationStatus: status('refuted') }, { text }),
          ],
        }),
      );
    expect(gone('autoimmune-disease', 'Rheumatoid arthritis')).toBe('0');
    expect(gone('biliary-obstruction', 'Biliary obstruction')).toBe('0');
    expect(gone('organ-transplant', 'Liver transplant')).toBe('absent');
    expect(gone('infiltrative-growth', 'Hepatocellular carcinoma, infiltrative')).toBe('absent');
  });
});

describe('an end without a clinical status', () => {
  const ended = (changes: Loose) => hcc(problem('Hepatoma', { clinicalStatus: undefined, ...changes }));

  it.each<[string, Loose]>([
    ['its date', { abatementDateTime: daysAgo(300) }],
    ['its period', { abatementPeriod: { start: daysAgo(300) } }],
    ['an age', { abatementAge: { value: 66, unit: 'a' } }],
    ['a text', { abatementString: 'after resection' }],
  ])('means that it is over, by %s', (_name, changes) => {
    expect(ended(changes)).toBe('0');
  });

  it('that lies ahead, or stands beside a status that says active, does not', () => {
    expect(ended({ abatementDateTime: daysAgo(-30) })).toBe('1');
    expect(ended({ abatementDateTime: daysAgo(30), clinicalStatus: status('active') })).toBe('1');
  });
});

describe('what the conditions do not say', () => {
  it('reads as no hepatocellular carcinoma where all of them were read: a clinical decision, declared with its reason', () => {
    expect(factOf('hcc', {})).toMatchObject({ state: 'absent', readsAs: exactly(0), unit: '1' });
  });

  it('is unavailable where they were not, whatever was decided about absence', () => {
    expect(said(factOf('hcc', { conditions: unavailable('no answer') }))).toBe('unavailable');
    expect(said(factOf('hcc', { conditions: found([], false) }))).toBe('unavailable');
  });

  it('is unavailable when an incomplete answer only holds a diagnosis that is over', () => {
    const over = problem('HCC', { clinicalStatus: status('resolved'), abatementDateTime: daysAgo(5) });
    expect(said(factOf('hcc', { conditions: found(asResources([over]), false) }))).toBe('unavailable');
  });

  it('is known from an incomplete answer that holds an active diagnosis', () => {
    expect(said(factOf('hcc', { conditions: found(asResources([problem('HCC')]), false) }))).toBe('1');
  });
});

describe('other cancers', () => {
  it('C22.8, C22.9 and primary liver cancer are liver cancer of unspecified type', () => {
    expect(unspecified(icd10cm('C22.8'))).toBe('1');
    expect(unspecified(icd10cm('C22.9'))).toBe('1');
    expect(unspecified({ text: 'Primary liver cancer' })).toBe('1');
    expect(hcc(problem(icd10cm('C22.9')))).toBe('absent');
  });

  it.each<[string, unknown]>([
    ['lung', icd10cm('C34.90')],
    ['bile duct', icd10cm('C22.1')],
    ['melanoma by text', { text: 'Melanoma of skin' }],
    ['lung by text', { text: 'NSCLC' }],
  ])('%s is another primary cancer', (_name, code) => {
    expect(other(code)).toBe('1');
  });

  it.each<[string, unknown]>([
    ['liver-cell carcinoma', icd10cm('C22.0', 'Liver cell carcinoma')],
    ['hepatocellular carcinoma by text', { text: 'Hepatocellular carcinoma' }],
    ['liver cancer of unspecified type', icd10cm('C22.9', 'Malignant neoplasm of liver')],
    ['metastasis in the lung', icd10cm('C78.00')],
    ['cancer in the past', { text: 'History of breast cancer' }],
    ['screening', { text: 'Screening for colon cancer' }],
  ])('%s is not', (_name, code) => {
    expect(other(code)).toBe('absent');
  });
});

describe('the reason of an order', () => {
  it('is a fact of its own, from what the drafts say', () => {
    expect(said(factOf('reason-hcc', {}, { indications: ['ours'] }))).toBe('1');
    expect(said(factOf('reason-hcc', {}, { indications: ['other', undefined] }))).toBe('absent');
    expect(said(factOf('reason-liver-cancer', {}, { indications: ['probably'] }))).toBe('1');
  });
});
