import { compileBracketTag } from '../../src/terminology/bracket-tag.ts';
import { type ConceptMatcher, matchConcept, matchText } from '../../src/terminology/match-concept.ts';
import { compileAbbreviation, compileName } from '../../src/terminology/name-pattern.ts';
import { parseValueSet } from '../../src/terminology/value-set.ts';

const snomed = 'http://snomed.info/sct';
const icd10cm = 'http://hl7.org/fhir/sid/icd-10-cm';
const cpt = 'http://www.ama-assn.org/go/cpt';

function set(...include: readonly unknown[]) {
  return parseValueSet({ resourceType: 'ValueSet', id: 's', url: 'urn:s', compose: { include } }, 's.json');
}

const tace: ConceptMatcher = {
  valueSet: set({ system: snomed, concept: [{ code: '441525007', display: 'Chemoembolization' }] }),
  exclude: set({ system: cpt, concept: [{ code: '37244' }] }),
  names: ['tace', 'chemoemboli*', 'embol* … liver'].map(compileName),
  notNames: ['(hepatic|portal) vein', 'radioemboli*'].map(compileName),
};

const hcc: ConceptMatcher = {
  valueSet: set(
    { system: icd10cm, concept: [{ code: 'C22.0' }] },
    { system: snomed, concept: [{ code: '109841003' }] },
  ),
  names: [
    compileName('hepatocellular carcinoma'),
    compileAbbreviation({ abbreviation: 'HCC', alongside: ['liver', 'hepat*', 'BCLC'] }),
  ],
  notNames: [],
  strip: [compileBracketTag('HCC')],
  abbreviationNeedsNoForeignCode: true,
  compatible: [set({ system: icd10cm, concept: [{ code: 'C22.9' }] })],
};

describe('matchConcept', () => {
  it('matches by code over all codings, under any name of the system', () => {
    const coding = [
      { system: 'urn:oid:1.2.840.114350.1.13.0.1.7.2.696580', code: '1' },
      { system: 'urn:oid:2.16.840.1.113883.6.96', code: '441525007' },
    ];
    expect(matchConcept({ coding }, tace)).toEqual({
      by: 'code',
      system: snomed,
      code: '441525007',
      display: 'Chemoembolization',
    });
  });

  it('prefers the code to the name, whatever the text says', () => {
    const concept = { coding: [{ system: snomed, code: '441525007' }], text: 's/p TACE' };
    expect(matchConcept(concept, tace, { negation: 'order' })).toMatchObject({ by: 'code' });
  });

  it('matches names in text and in every display', () => {
    expect(matchConcept({ text: 'IR CHEMOEMBOLIZATION LIVER' }, tace)).toEqual({
      by: 'text',
      text: 'IR CHEMOEMBOLIZATION LIVER',
      name: 'chemoemboli*',
    });
    expect(matchConcept({ coding: [{ code: 'x' }, { display: 'IR TACE' }] }, tace)).toMatchObject({ name: 'tace' });
  });

  it('does not match at all beside an excluded code', () => {
    const coding = [
      { system: snomed, code: '441525007' },
      { system: cpt, code: '37244' },
    ];
    expect(matchConcept({ coding, text: 'TACE' }, tace)).toBeUndefined();
  });

  it('does not match at all when a text names something else', () => {
    const coding = [{ system: snomed, code: '441525007', display: 'Portal vein embolisation' }];
    expect(matchConcept({ coding, text: 'TACE' }, tace)).toBeUndefined();
    expect(matchText('Radioembolisation, not TACE', tace)).toBeUndefined();
  });

  it('drops denied mentions as asked, and takes another mention of the same text', () => {
    expect(matchText('s/p TACE', tace)).toBeDefined();
    expect(matchText('s/p TACE', tace, { negation: 'statement' })).toBeDefined();
    expect(matchText('s/p TACE', tace, { negation: 'order' })).toBeUndefined();
    expect(matchText('s/p TACE 2023; TACE segment 8', tace, { negation: 'order' })).toBeDefined();
  });

  it.each([
    undefined,
    null,
    42,
    'TACE',
    [],
    {},
    { coding: 'x', text: 7 },
    { coding: [null, 3, { system: 4, code: 5, display: {} }, { system: snomed, code: ' ' }] },
  ])('survives %j', (concept) => {
    expect(matchConcept(concept, tace)).toBeUndefined();
  });

  it('matches nothing without names and value set', () => {
    expect(matchConcept({ text: 'TACE' }, { names: [], notNames: [] })).toBeUndefined();
  });
});

describe('an abbreviation that US records append to ordinary diagnoses', () => {
  it.each([
    'Type 2 diabetes mellitus with nephropathy (HCC)',
    'Heart failure (CMS/HCC) (HHS-HCC)',
    'Cirrhosis of liver (CMS-HCC)',
    'Hepatic failure (HCC 27)',
    'Diabetes HCC',
  ])('is no diagnosis in %j', (text) => {
    expect(matchConcept({ text }, hcc)).toBeUndefined();
  });

  it.each(['HCC', 'HCC BCLC B', 'Hepatocellular carcinoma (HCC)', 'Liver HCC (CMS/HCC)'])('is one in %j', (text) => {
    expect(matchConcept({ text }, hcc)).toMatchObject({ by: 'text' });
  });

  it('never counts beside a diagnosis code that says something else', () => {
    const beside = (system: string, code: string) => matchConcept({ coding: [{ system, code }], text: 'HCC' }, hcc);
    expect(beside(icd10cm, 'E11.21')).toBeUndefined();
    expect(beside('http://hl7.org/fhir/sid/icd-10', 'K746')).toBeUndefined();
    expect(beside(snomed, '44054006')).toBeUndefined();
  });

  it('counts beside local codes, pseudo codes and codes declared compatible', () => {
    const beside = (system: string, code: string) => matchConcept({ coding: [{ system, code }], text: 'HCC' }, hcc);
    expect(beside('urn:hospital', 'E11.21')).toBeDefined();
    expect(beside(icd10cm, 'IMO0002')).toBeDefined();
    expect(beside(icd10cm, 'C229')).toBeDefined();
  });

  it('does not keep the full name from counting', () => {
    const coding = [{ system: icd10cm, code: 'K74.60' }];
    expect(matchConcept({ coding, text: 'Hepatocellular carcinoma in cirrhosis' }, hcc)).toBeDefined();
  });
});

describe('hostile texts', () => {
  const matcher: ConceptMatcher = {
    ...tace,
    names: ['tace', 'ta* no* … li*', '*a*a*a*ab', 'no (a|b|c) (a|b|c)', 'a b a b … b a'].map(compileName),
    strip: [compileBracketTag('HCC')],
  };

  it.each([
    'a'.repeat(100_000),
    'a '.repeat(50_000),
    'no TACE '.repeat(12_500),
    '(HCC'.repeat(25_000),
    'a b '.repeat(25_000),
    '-'.repeat(100_000),
    '\u0301'.repeat(100_000),
    '… '.repeat(50_000),
  ])('of 100 kB (%.12j) cost no more than their beginning', (text) => {
    const start = performance.now();
    matchConcept({ text, coding: [{ display: `${text} ` }] }, matcher, { negation: 'order' });
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  it('in thousands of codings cost no more than the first', () => {
    const coding = Array.from({ length: 5000 }, (_, index) => ({
      system: snomed,
      code: `${index}`,
      display: `n ${index}`,
    }));
    const start = performance.now();
    expect(matchConcept({ coding }, matcher)).toBeUndefined();
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
