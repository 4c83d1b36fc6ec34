import { unavailable } from '../../src/fhir/read-result.ts';
import { daysAgo, factOf, type Loose, lab, quantity, said, snomed } from './records.ts';

const loinc = (code: string, display?: string) => ({
  coding: [{ system: 'http://loinc.org', code, ...(display !== undefined && { display }) }],
});
const ecog = (changes: Loose, code: unknown = '89247-1') => said(factOf('ecog', { assessments: [lab(code, changes)] }));
const karnofsky = (changes: Loose, code: unknown = '89243-0') =>
  said(factOf('karnofsky', { assessments: [lab(code, changes)] }));
const childPugh = (changes: Loose, code: unknown = '98153-0') =>
  said(factOf('recorded-child-pugh', { assessments: [lab(code, changes)] }));

describe('ECOG, in every form in which records hold it', () => {
  it.each<[string, Loose, string]>([
    ['an integer', { valueInteger: 1 }, '1'],
    ['zero', { valueInteger: 0 }, '0'],
    ['an integer with its answer as interpretation', { valueInteger: 2, interpretation: [loinc('LA9624-3')] }, '2'],
    ['a decimal', { valueDecimal: 3 }, '3'],
    ['a quantity', quantity(2, '{score}'), '2'],
    ['a LOINC answer', { valueCodeableConcept: loinc('LA9623-5') }, '1'],
    ['a LOINC answer as interpretation only', { interpretation: [loinc('LA9625-0')] }, '3'],
    ['an interpretation that is sent as an object', { interpretation: loinc('LA9625-0') }, '3'],
    ['a SNOMED CT finding', { valueCodeableConcept: snomed('422894000') }, '2'],
    [
      'a SNOMED CT description id, of which only the display can be read',
      { valueCodeableConcept: snomed('2644680013', 'ECOG 1') },
      '1',
    ],
    [
      'a full display beside a code that says nothing',
      { valueCodeableConcept: snomed('2644681012', 'Eastern Cooperative Oncology Group performance status - grade 2') },
      '2',
    ],
    ['the text "1"', { valueString: '1' }, '1'],
    ['the text "ECOG 1."', { valueString: 'ECOG 1.' }, '1'],
    ['the text "1."', { valueString: '1.' }, '1'],
    ['the text "ECOG 1"', { valueString: 'ECOG 1' }, '1'],
    ['the text "ECOG PS: 2"', { valueString: 'ECOG PS: 2' }, '2'],
    [
      'a flowsheet answer with its explanation',
      { valueString: '1 - Restricted in physically strenuous activity' },
      '1',
    ],
    ['a range', { valueString: 'ECOG 1-2' }, '[1, 2]'],
    ['a range in words', { valueString: '0 to 1' }, '[0, 1]'],
    ['the text of a concept', { valueCodeableConcept: { text: 'ECOG 3' } }, '3'],
  ])('%s', (_name, value, expected) => {
    expect(ecog(value)).toBe(expected);
  });

  it.each([
    ['LOINC of the interpretation', '89262-0'],
    ['SNOMED CT of the scale', snomed('423740007')],
    [
      'the text of a flowsheet row with a local code',
      {
        coding: [{ system: 'urn:oid:1.2.840.114350.1.13.0.1.7.2.707679', code: '9' }],
        text: 'ECOG Performance Status',
      },
    ],
    ['Zubrod, its other name', { text: 'Zubrod score' }],
  ])('asked by %s', (_name, code) => {
    expect(ecog({ valueInteger: 1 }, code)).toBe('1');
  });

  it('as a component of a performance assessment', () => {
    const component = [
      { code: snomed('761869008'), valueInteger: 80 },
      { code: snomed('423740007'), valueInteger: 1 },
    ];
    expect(ecog({ component }, snomed('423690003'))).toBe('1');
    expect(karnofsky({ component }, snomed('423690003'))).toBe('80');
  });

  it.each<[string, Loose]>([
    ['a grade that the scale does not have', { valueInteger: 6 }],
    ['a negative grade', { valueInteger: -1 }],
    ['a text without a grade', { valueString: 'fully active' }],
    ['a text that begins with a longer number', { valueString: '2026-11-01' }],
    ['a falling range', { valueString: '2-1' }],
    ['a code that nobody knows', { valueCodeableConcept: snomed('123456789') }],
  ])('%s is unusable', (_name, value) => {
    expect(ecog(value)).toBe('unusable');
  });

  it('counts for 90 days', () => {
    expect(ecog({ valueInteger: 1, effectiveDateTime: daysAgo(90) })).toBe('1');
    expect(ecog({ valueInteger: 1, effectiveDateTime: daysAgo(91) })).toBe('stale');
    expect(ecog({ valueInteger: 1, effectiveDateTime: undefined })).toBe('stale');
    expect(ecog({ valueInteger: 1, effectiveDateTime: daysAgo(-3) })).toBe('unusable');
  });

  it('is the newest one', () => {
    const assessments = [
      lab('89247-1', { id: 'a', valueInteger: 1, effectiveDateTime: daysAgo(40) }),
      lab('89247-1', { id: 'b', valueInteger: 3, effectiveDateTime: daysAgo(4) }),
    ];
    expect(said(factOf('ecog', { assessments }))).toBe('3');
  });

  it('is absent when nothing is recorded, and unavailable when nothing could be read', () => {
    expect(said(factOf('ecog', {}))).toBe('absent');
    expect(said(factOf('ecog', { assessments: unavailable('the server refused') }))).toBe('unavailable');
  });
});

describe('Karnofsky', () => {
  it.each<[string, Loose, string]>([
    ['an integer', { valueInteger: 80 }, '80'],
    ['a quantity in per cent', quantity(90, '%'), '90'],
    ['a LOINC answer', { valueCodeableConcept: loinc('LA29178-3') }, '70'],
    ['the text "KPS 70"', { valueString: 'KPS 70' }, '70'],
    ['the text "90%"', { valueString: '90%' }, '90'],
    ['the text "100 - Normal; no complaints"', { valueString: '100 - Normal; no complaints' }, '100'],
    ['a number above the scale', { valueInteger: 110 }, 'unusable'],
  ])('%s', (_name, value, expected) => {
    expect(karnofsky(value)).toBe(expected);
  });

  it('is not taken for ECOG, nor ECOG for it', () => {
    expect(ecog({ valueInteger: 80 }, '89243-0')).toBe('absent');
    expect(ecog({ valueInteger: 80 }, { text: 'Karnofsky performance status (ECOG equivalent)' })).toBe('absent');
    expect(karnofsky({ valueInteger: 1 })).toBe('1');
    expect(karnofsky({ valueInteger: 1 }, '89247-1')).toBe('absent');
  });
});

describe('a recorded Child-Pugh', () => {
  it.each<[string, Loose, string]>([
    ['the score', { valueInteger: 7 }, '7'],
    ['the score as quantity', quantity(8, '{score}'), '8'],
    ['class and score', { valueString: 'B7' }, '7'],
    ['class and score with a blank', { valueString: 'B 7' }, '7'],
    ['class and score with the name', { valueString: 'Child-Pugh B (7)' }, '[7, 9]'],
    ['A5', { valueString: 'A5' }, '5'],
    ['C10', { valueString: 'C10' }, '10'],
    ['the class alone, as Taiwan sends it', { valueString: 'A' }, '[5, 6]'],
    ['class B', { valueString: 'Class B' }, '[7, 9]'],
    ['class C', { valueString: 'Child-Pugh class C' }, '[10, 15]'],
    ['the score as text', { valueString: '6' }, '6'],
    ['a class whose score does not fit it', { valueString: 'A8' }, '[5, 6]'],
    ['SNOMED CT class A', { valueCodeableConcept: snomed('710065009') }, '[5, 6]'],
    ['SNOMED CT class B', { valueCodeableConcept: snomed('710066005') }, '[7, 9]'],
    ['SNOMED CT class C', { valueCodeableConcept: snomed('710067001') }, '[10, 15]'],
    [
      'the NCI class',
      {
        valueCodeableConcept: {
          coding: [{ system: 'http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl', code: 'C113692' }],
        },
      },
      '[7, 9]',
    ],
    ['the text of a concept', { valueCodeableConcept: { text: 'Child-Pugh A6' } }, '6'],
    ['a score that there is not', { valueInteger: 4 }, 'unusable'],
    ['a class that there is not', { valueString: 'D' }, 'unusable'],
  ])('%s', (_name, value, expected) => {
    expect(childPugh(value)).toBe(expected);
  });

  it('counts for 30 days, like the tests it is made of', () => {
    expect(childPugh({ valueInteger: 7, effectiveDateTime: daysAgo(30) })).toBe('7');
    expect(childPugh({ valueInteger: 7, effectiveDateTime: daysAgo(31) })).toBe('stale');
  });

  it('is nothing when the panel only holds its parts: they are results of their own', () => {
    expect(childPugh({ component: [{ code: { text: 'Ascites' }, valueString: 'none' }] })).toBe('absent');
    expect(childPugh({ hasMember: [{ reference: 'Observation/1' }] })).toBe('absent');
  });

  it('is found in a component of its panel', () => {
    expect(childPugh({ component: [{ code: { text: 'Child-Pugh score' }, valueInteger: 8 }] })).toBe('8');
  });
});

describe('ECOG at the time of the last systemic therapy', () => {
  const before = (reads: Loose) => said(factOf('ecog-before', { assessments: [], ...reads } as never));
  const given = {
    resourceType: 'MedicationAdministration',
    id: 'g',
    status: 'completed',
    medicationCodeableConcept: { text: 'durvalumab' },
    effectiveDateTime: daysAgo(21),
  };
  const assessments = [
    lab('89247-1', { id: 'now', valueInteger: 2, effectiveDateTime: daysAgo(1) }),
    lab('89247-1', { id: 'then', valueInteger: 1, effectiveDateTime: daysAgo(22) }),
    lab('89247-1', { id: 'long-ago', valueInteger: 0, effectiveDateTime: daysAgo(200) }),
  ];

  it('is the newest one of that day or before', () => {
    expect(before({ assessments, administrations: [given] })).toBe('1');
  });

  it('is nothing when there was no systemic therapy', () => {
    expect(before({ assessments })).toBe('absent');
  });

  it('is not known when it cannot be known whether there was one', () => {
    expect(before({ assessments, medications: unavailable('no answer') })).toBe('unavailable');
  });
});
