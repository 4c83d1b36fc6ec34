import type { ValueSet } from 'fhir/r4.js';
import { codesOf, findCode, mergeValueSets, parseValueSet } from '../../src/terminology/value-set.ts';

const icd10cm = 'http://hl7.org/fhir/sid/icd-10-cm';
const loinc = 'http://loinc.org';

function valueSet(compose: ValueSet['compose'], more: Partial<ValueSet> = {}): ValueSet {
  return {
    resourceType: 'ValueSet',
    status: 'active',
    id: 'a',
    url: 'urn:test:a',
    ...more,
    ...(compose && { compose }),
  };
}

function faultsOf(json: unknown): string[] {
  try {
    parseValueSet(json, 'a.json');
  } catch (error) {
    return String((error as Error).message).split('\n');
  }
  return [];
}

describe('parseValueSet', () => {
  it('reads codes under any name of their system, with display and ordinal value', () => {
    const ordinal = [{ url: 'http://hl7.org/fhir/StructureDefinition/valueset-ordinalValue', valueDecimal: 2 }];
    const set = parseValueSet(
      valueSet({ include: [{ system: loinc, concept: [{ code: 'LA1-2', display: 'Two', extension: ordinal }] }] }),
      'a.json',
    );
    expect(findCode(set, 'urn:oid:2.16.840.1.113883.6.1', 'LA1-2')).toEqual({ display: 'Two', ordinal: 2 });
    expect(findCode(set, 'http://snomed.info/sct', 'LA1-2')).toBeUndefined();
    expect(set).toMatchObject({ id: 'a', url: 'urn:test:a' });
    expect(set).not.toHaveProperty('version');
  });

  it('finds codes by their form, on the whole code and with the dot optional', () => {
    const filter = [{ property: 'code', op: 'regex' as const, value: 'C5[01]|D1' }];
    const set = parseValueSet(valueSet({ include: [{ system: icd10cm, filter }] }), 'a.json');
    expect(findCode(set, icd10cm, 'c50')).toEqual({});
    expect(findCode(set, icd10cm, 'C50.1')).toBeUndefined();
    expect(findCode(set, icd10cm, 'XD1')).toBeUndefined();
    expect(codesOf(set)).toEqual([]);
  });

  it('leaves out what is excluded, by code and by form', () => {
    const set = parseValueSet(
      valueSet({
        include: [{ system: icd10cm, concept: [{ code: 'A00.1' }, { code: 'A00.2' }, { code: 'B00' }] }],
        exclude: [
          { system: icd10cm, concept: [{ code: 'A002' }] },
          { system: icd10cm, filter: [{ property: 'code', op: 'regex', value: 'B.*' }] },
        ],
      }),
      'a.json',
    );
    expect(codesOf(set)).toEqual(['A00.1']);
    expect(findCode(set, icd10cm, 'A00.2')).toBeUndefined();
  });

  it('reports every fault at once, with file and path', () => {
    const faults = faultsOf({
      resourceType: 'CodeSystem',
      id: '',
      version: 3,
      compose: {
        include: [
          { concept: [{ code: 'x' }] },
          { system: loinc },
          { system: loinc, filter: [{ property: 'concept', op: 'is-a', value: '1' }] },
          { system: loinc, concept: [{ display: 'no code' }], valueSet: ['urn:other'] },
          { system: loinc, concept: [{ code: '1', extension: [ordinalText] }] },
        ],
        exclude: {},
      },
    });
    expect(faults).toEqual([
      'a.json: resourceType: must be "ValueSet"',
      'a.json: id: must be a text',
      'a.json: url: must be a text',
      'a.json: version: must be a text',
      'a.json: compose.include[0].system: is missing',
      'a.json: compose.include[1]: needs concept or filter: a whole code system is not supported',
      'a.json: compose.include[2].filter[0].property: only "code" is supported',
      'a.json: compose.include[2].filter[0].op: only "regex" is supported',
      'a.json: compose.include[3].valueSet: imports are not supported',
      'a.json: compose.include[3].concept[0].code: must be a text',
      'a.json: compose.include[4].concept[0].extension: the ordinal value must be a valueDecimal',
      'a.json: compose.exclude: must be a list',
    ]);
  });

  it.each([[null], ['text'], [[]], [{ resourceType: 'ValueSet', id: 'a', url: 'b' }]])('refuses %j', (json) => {
    expect(faultsOf(json)).toContain('a.json: compose: is missing');
  });

  it('refuses an empty list of includes, and several conditions in one part', () => {
    expect(faultsOf(valueSet({ include: [] }))).toEqual(['a.json: compose.include: must not be empty']);
    const filter = [0, 1].map(() => ({ property: 'code', op: 'regex' as const, value: 'A' }));
    expect(faultsOf(valueSet({ include: [{ system: loinc, filter, concept: [{ code: 'x' }] }] }))).toHaveLength(2);
  });

  it.each(['(a+)+', '(a|b)*c', '(?=a)', '(a)\\1', 'a*b*c*', '[', ''])('refuses the pattern %j', (value) => {
    const filter = [{ property: 'code', op: 'regex' as const, value }];
    expect(faultsOf(valueSet({ include: [{ system: loinc, filter }] }))).toHaveLength(1);
  });

  const ordinalText = { url: 'http://hl7.org/fhir/StructureDefinition/valueset-ordinalValue', valueDecimal: '1' };
});

describe('mergeValueSets', () => {
  const base = parseValueSet(
    valueSet(
      {
        include: [{ system: loinc, concept: [{ code: '1-8' }] }],
        exclude: [{ system: loinc, concept: [{ code: '2-6' }] }],
      },
      { version: '1' },
    ),
    'base.json',
  );
  const local = (id: string, version: string) =>
    parseValueSet(
      valueSet(
        {
          include: [
            { system: 'urn:hospital', concept: [{ code: 'BILI' }] },
            { system: loinc, concept: [{ code: '2-6' }, { code: '1-8', display: 'Ours' }] },
          ],
        },
        { id, version },
      ),
      'local.json',
    );

  it('adds the codes of a hospital; what is excluded stays out', () => {
    const merged = mergeValueSets(base, local('a', 'site'));
    expect(codesOf(merged)).toEqual(['1-8', 'BILI']);
    expect(findCode(merged, loinc, '1-8')).toEqual({ display: 'Ours' });
    expect(merged.version).toBe('1+site');
    expect(codesOf(base)).toEqual(['1-8']);
  });

  it('refuses another value set', () => {
    expect(() => mergeValueSets(base, local('b', 'site'))).toThrow('cannot merge value set "b" into "a"');
  });
});
