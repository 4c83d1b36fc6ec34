import { canonicalSystem, codeSystems, normaliseCode } from '../../src/terminology/code-systems.ts';

const oid = '2.16.840.1.113883.6';

describe('canonicalSystem', () => {
  it.each([
    [`${oid}.96`, codeSystems.snomed],
    [`${oid}.1`, codeSystems.loinc],
    [`${oid}.88`, codeSystems.rxnorm],
    [`${oid}.90`, codeSystems.icd10cm],
    [`${oid}.3`, codeSystems.icd10],
    [`${oid}.4`, codeSystems.icd10pcs],
    [`${oid}.12`, codeSystems.cpt],
    [`${oid}.285`, codeSystems.hcpcs],
    [`${oid}.69`, codeSystems.ndc],
    [`${oid}.73`, codeSystems.atc],
    ['2.16.840.1.113883.3.26.1.1', codeSystems.ncit],
    [`${oid}.43.1`, codeSystems.icdO3],
    [`${oid}.256`, codeSystems.radlex],
    [`${oid}.253`, codeSystems.mddid],
    [`${oid}.68`, codeSystems.mgpi],
  ])('knows the OID %s with and without urn:oid:', (number, canonical) => {
    expect(canonicalSystem(number)).toBe(canonical);
    expect(canonicalSystem(`urn:oid:${number}`)).toBe(canonical);
  });

  it.each(Object.values(codeSystems))('accepts %s itself, with https and with one trailing slash', (canonical) => {
    expect(canonicalSystem(canonical)).toBe(canonical);
    expect(canonicalSystem(`${canonical}/`)).toBe(canonical);
    expect(canonicalSystem(canonical.replace('http:', 'https:'))).toBe(canonical);
  });

  it.each([
    ['http://terminology.hl7.org/CodeSystem/icd10CM', codeSystems.icd10cm],
    ['http://terminology.hl7.org/CodeSystem/icd10', codeSystems.icd10],
    ['http://terminology.hl7.org/CodeSystem/icd10PCS', codeSystems.icd10pcs],
    ['http://www.nlm.nih.gov/research/umls/hcpcs', codeSystems.hcpcs],
    ['https://twcore.mohw.gov.tw/ig/twcore/CodeSystem/icd-10-cm-2023-tw', codeSystems.icd10cm],
    ['https://twcore.mohw.gov.tw/ig/twcore/CodeSystem/icd-10-pcs-2023-tw', codeSystems.icd10pcs],
  ])('knows the other name %s', (name, canonical) => {
    expect(canonicalSystem(name)).toBe(canonical);
  });

  it('leaves a local system as it is, apart from the slash', () => {
    expect(canonicalSystem('https://hospital.example/codes/')).toBe('https://hospital.example/codes');
    expect(canonicalSystem('urn:oid:1.2.840.114350.1.13.0.1.7.2.768282')).toBe(
      'urn:oid:1.2.840.114350.1.13.0.1.7.2.768282',
    );
  });

  it('compares case-sensitively, as URIs are', () => {
    expect(canonicalSystem('http://LOINC.org')).toBe('http://LOINC.org');
  });

  it.each([undefined, '', '  ', '/'])('has no system in %j', (system) => {
    expect(canonicalSystem(system)).toBeUndefined();
  });
});

describe('normaliseCode', () => {
  it.each([
    [codeSystems.icd10cm, 'c220', 'C22.0'],
    [codeSystems.icd10cm, ' C22.0 ', 'C22.0'],
    [codeSystems.icd10, 'K7031', 'K70.31'],
    [codeSystems.icd10, 'I81', 'I81'],
    [codeSystems.icd10cm, 'I81.', 'I81'],
    [codeSystems.icd10cm, 'IMO0002', 'IMO0002'],
    [`urn:oid:${oid}.90`, 'c220', 'C22.0'],
    [codeSystems.icd10pcs, '04l33dz', '04L33DZ'],
    [codeSystems.hcpcs, 'j9035', 'J9035'],
    [codeSystems.atc, 'l01ff05', 'L01FF05'],
    [codeSystems.ndc, '50242-0917-01', '50242091701'],
    [codeSystems.ndc, '50242-917-01', '50242091701'],
    [codeSystems.ndc, '0003-7125-11', '00003712511'],
    [codeSystems.ndc, '00003-7125-1', '00003712501'],
    [codeSystems.ndc, '00003712511', '00003712511'],
    [codeSystems.snomed, ' 109841003 ', '109841003'],
    [undefined, ' x ', 'x'],
  ])('writes the code of %s %j as %s', (system, code, normalised) => {
    expect(normaliseCode(system, code)).toBe(normalised);
  });

  it('does not guess which part of ten NDC digits is short', () => {
    expect(normaliseCode(codeSystems.ndc, '5024291701')).toBe('5024291701');
    expect(normaliseCode(codeSystems.ndc, '1-2-3-4')).toBe('1-2-3-4');
  });
});
