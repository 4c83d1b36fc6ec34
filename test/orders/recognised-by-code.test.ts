import { coded, drug, names, procedure, recognised, system } from './drafts.ts';

describe('a drug is recognised by its code alone', () => {
  it.each([
    ['an RxNorm ingredient', system.rxnorm, '1792776', 'atezolizumab'],
    ['an RxNorm clinical drug', system.rxnorm, '2119696', 'atezolizumab'],
    ['an RxNorm clinical drug where no ingredient code is known', system.rxnorm, '2619325', 'tremelimumab'],
    ['an ATC code', system.atc, 'L01FF05', 'atezolizumab'],
    ['the ATC code that is not where one would look for it', system.atc, 'L01FX20', 'tremelimumab'],
    ['a SNOMED CT code', system.snomed, '719371003', 'atezolizumab'],
    ['a HCPCS code', system.hcpcs, 'J9022', 'atezolizumab'],
    ['an NDC with hyphens', system.ndc, '50242-0917-01', 'atezolizumab'],
    ['an NDC of eleven digits', system.ndc, '50242091701', 'atezolizumab'],
    ['an NDC of ten digits, whose hyphens say which part is short', system.ndc, '50242-917-01', 'atezolizumab'],
    ['T16 the HCPCS code of a biosimilar', system.hcpcs, 'Q5118', 'bevacizumab'],
    ['a code in lower case', system.hcpcs, 'q5126', 'bevacizumab'],
  ])('%s', (_name, codeSystem, code, name) => {
    expect(recognised(drug(coded(codeSystem, code)))).toMatchObject([{ name, by: { by: 'code' }, advised: true }]);
  });

  it.each([
    ['RxNorm', 'urn:oid:2.16.840.1.113883.6.88', '1792776'],
    ['SNOMED CT', 'urn:oid:2.16.840.1.113883.6.96', '719371003'],
    ['ATC', 'urn:oid:2.16.840.1.113883.6.73', 'L01FF05'],
    ['HCPCS', 'urn:oid:2.16.840.1.113883.6.285', 'J9022'],
    ['NDC', 'urn:oid:2.16.840.1.113883.6.69', '50242-0917-01'],
    ['HCPCS under its UMLS address', 'http://www.nlm.nih.gov/research/umls/hcpcs', 'J9022'],
    ['RxNorm with a trailing slash', `${system.rxnorm}/`, '1792776'],
  ])('%s under another name of its system', (_name, codeSystem, code) => {
    expect(names(drug(coded(codeSystem, code)))).toEqual(['atezolizumab']);
  });

  it('whatever other codings stand before it: records list local codes first', () => {
    const concept = {
      coding: [
        { system: 'urn:oid:1.2.840.114350.1.13.0.1.7.2.698288', code: '4711' },
        { system: system.rxnorm, code: '495881' },
      ],
    };
    expect(names(drug(concept))).toEqual(['sorafenib']);
  });

  it('not by the same code of another system', () => {
    expect(names(drug(coded(system.atc, '1792776')))).toEqual([]);
    expect(names(drug({ coding: [{ code: '1792776' }] }))).toEqual([]);
  });

  it('also when it is ordered as a service: some hospitals order infusions so', () => {
    expect(names(procedure(coded(system.hcpcs, 'J9022')))).toEqual(['atezolizumab']);
  });
});

describe('TACE is recognised by its code alone', () => {
  it.each([
    ['the SNOMED CT code of chemoembolisation of an artery', system.snomed, '441525007'],
    ['its SNOMED CT code under the OID', 'urn:oid:2.16.840.1.113883.6.96', '441525007'],
    ['the SNOMED CT code of liver metastases, which is the only one that names the liver', system.snomed, '314617008'],
    ['occlusion of the hepatic artery in ICD-10-PCS', system.pcs, '04L33DZ'],
    ['ICD-10-PCS under the OID', 'urn:oid:2.16.840.1.113883.6.4', '04L33DZ'],
  ])('%s', (_name, codeSystem, code) => {
    expect(recognised(procedure(coded(codeSystem, code)))).toMatchObject([{ name: 'tace', label: 'TACE' }]);
  });

  it.each([
    ['selective internal radiotherapy', system.snomed, '764677008'],
    ['embolisation of the hepatic vein', system.snomed, '432766009'],
    ['a central venous cannula, seen in the wild labelled as TACE', system.snomed, '233527006'],
    ['embolisation for bleeding', system.cpt, '37244'],
    ['coiling before radioembolisation', system.cpt, '37242'],
    ['the radioactive particles themselves', system.cpt, '79445'],
    ['intra-arterial chemotherapy without embolisation', system.cpt, '96420'],
  ])('%s is not TACE', (_name, codeSystem, code) => {
    expect(names(procedure(coded(codeSystem, code)))).toEqual([]);
  });

  it('a code that says something else wins over a text that says TACE', () => {
    expect(names(procedure(coded(system.snomed, '764677008', 'TACE or TARE')))).toEqual([]);
  });
});
