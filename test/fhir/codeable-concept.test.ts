import fc from 'fast-check';
import { asArray, codingsOf, textsOf } from '../../src/fhir/codeable-concept.ts';

const loinc = { system: 'http://loinc.org', code: '1975-2', display: 'Bilirubin.total' };

describe('asArray', () => {
  it('makes an array of what should have been one', () => {
    expect(asArray([1, 2])).toEqual([1, 2]);
    expect(asArray({ a: 1 })).toEqual([{ a: 1 }]);
    expect(asArray(undefined)).toEqual([]);
    expect(asArray(null)).toEqual([]);
  });
});

describe('codingsOf', () => {
  it('gives the codings in their order, without what is not theirs', () => {
    const concept = { coding: [{ ...loinc, userSelected: true }, { code: 'BILI' }], text: 'Bilirubin' };
    expect(codingsOf(concept)).toEqual([loinc, { code: 'BILI' }]);
  });

  it('takes a coding, or a concept, that is not or is in an array', () => {
    expect(codingsOf({ coding: loinc })).toEqual([loinc]);
    expect(codingsOf([{ coding: [loinc] }, { coding: [{ code: 'x' }] }])).toEqual([loinc, { code: 'x' }]);
  });

  it('passes over junk', () => {
    const junk = [null, 5, 'text', {}, { code: 7, system: [], display: '  ' }, [], loinc];
    expect(codingsOf({ coding: junk })).toEqual([loinc]);
    for (const concept of [undefined, null, 'x', 3, {}, { coding: 'x' }]) expect(codingsOf(concept)).toEqual([]);
  });
});

describe('textsOf', () => {
  it('gives the text before the displays, and no empty string', () => {
    expect(textsOf({ coding: [loinc, { display: '' }, { code: 'x' }], text: 'Bili' })).toEqual([
      'Bili',
      'Bilirubin.total',
    ]);
    expect(textsOf({ coding: [loinc], text: ' ' })).toEqual(['Bilirubin.total']);
    expect(textsOf({ text: 3 })).toEqual([]);
    expect(textsOf(undefined)).toEqual([]);
  });
});

it('reading a concept never throws, and gives only non-empty strings', () => {
  const concept = fc.oneof(fc.anything(), fc.record({ coding: fc.anything(), text: fc.anything() }));
  fc.assert(
    fc.property(concept, (junk) => {
      const strings = [...textsOf(junk), ...codingsOf(junk).flatMap((coding) => Object.values(coding))];
      expect(strings.every((text) => typeof text === 'string' && text.trim() !== '')).toBe(true);
    }),
  );
});
