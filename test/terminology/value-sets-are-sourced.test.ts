import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { ValueSet, ValueSetComposeInclude } from 'fhir/r4.js';
import { codeSystems } from '../../src/terminology/code-systems.ts';
import { codesOf, findCode, parseValueSet, type ValueSetDefinition } from '../../src/terminology/value-set.ts';
import { readCsv } from './read-csv.ts';

const project = resolve(__dirname, '../..');
const register = resolve(project, '../shared/terminology.csv');

const files = readdirSync(join(project, 'hooks'), { recursive: true, encoding: 'utf8' })
  .filter((path) => /(^|\/)value-sets\/[^/]+\.json$/.test(path))
  .map((path) => join(project, 'hooks', path));

const read = (file: string): ValueSet => JSON.parse(readFileSync(file, 'utf8')) as ValueSet;

function parts(set: ValueSet): readonly ValueSetComposeInclude[] {
  return [...(set.compose?.include ?? []), ...(set.compose?.exclude ?? [])];
}

function codes(set: ValueSet): { system: string; code: string }[] {
  return parts(set).flatMap(({ system = '', concept = [] }) => concept.map(({ code }) => ({ system, code })));
}

describe.each(files.map((file) => [basename(file, '.json'), file]))('the value set %s', (id, file) => {
  const set = read(file);

  it('can be read, and is called as its file', () => {
    expect(() => parseValueSet(set, `${id}.json`)).not.toThrow();
    expect(set).toMatchObject({
      id,
      url: `urn:hcc-cds:value-set:${id}`,
      version: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      status: 'active',
      title: expect.any(String),
      description: expect.any(String),
    });
  });

  it('names every system canonically, and no code twice', () => {
    const systems = [...Object.values(codeSystems), 'https://nhicore.nhi.gov.tw/pas/CodeSystem/nhi-tx-ast'];
    for (const { system } of parts(set)) expect(systems).toContain(system);
    const all = codes(set).map(({ system, code }) => `${system} ${code}`);
    expect(new Set(all).size).toBe(all.length);
  });

  it('has codes with a right check digit', () => {
    const wrong = codes(set).filter(
      ({ system, code }) =>
        (system === codeSystems.snomed && !hasVerhoeffDigit(code)) ||
        (system === codeSystems.loinc && /^\d/.test(code) && !hasModTenDigit(code)),
    );
    expect(wrong).toEqual([]);
  });
});

it('takes every code from a verified row of the terminology register', () => {
  const verified = new Set(
    (existsSync(register) ? readCsv(readFileSync(register, 'utf8')) : [])
      .filter(({ status }) => status === 'verified')
      .map(({ system, code }) => `${system} ${code}`),
  );
  const used = existsSync(register) ? files.flatMap((file) => codes(read(file))) : [];
  process.stdout.write(
    `${used.length} codes of ${files.length} value sets checked against ${verified.size} verified codes` +
      `${existsSync(register) ? '' : ' (../shared/terminology.csv is not there)'}\n`,
  );
  expect(used.map(({ system, code }) => `${system} ${code}`).filter((code) => !verified.has(code))).toEqual([]);
});

describe('what the value sets must tell apart', () => {
  const load = (id: string): ValueSetDefinition => {
    const file = files.find((path) => basename(path) === `${id}.json`) ?? '';
    return parseValueSet(read(file), file);
  };

  it.each(['C18.9', 'C50', 'C221', 'C22.1', 'C61', 'C90.00', 'C4A.9', 'C7A.8', 'C00.0', 'C96.9'])(
    '%s is another primary cancer',
    (code) => {
      expect(findCode(load('other-primary-cancer'), codeSystems.icd10cm, code)).toBeDefined();
    },
  );

  it.each(['C22.0', 'C22', 'C22.9', 'C76.2', 'C77.2', 'C78.7', 'C79.51', 'C7B.02', 'C80.1', 'C97', 'D37.6', 'K74.60'])(
    '%s is not',
    (code) => {
      expect(findCode(load('other-primary-cancer'), codeSystems.icd10, code)).toBeUndefined();
      expect(findCode(load('other-primary-cancer'), codeSystems.icd10cm, code)).toBeUndefined();
    },
  );

  it('keeps unspecific and excluded codes out of the sets that recognise', () => {
    expect(codesOf(load('bevacizumab'))).not.toEqual(expect.arrayContaining(['J9999']));
    expect(codesOf(load('albumin'))).not.toEqual(expect.arrayContaining(['54347-0']));
    expect(codesOf(load('tace'))).not.toEqual(expect.arrayContaining(['37243']));
    expect(codesOf(load('hcc'))).not.toEqual(expect.arrayContaining(['C22.9']));
  });

  it.each([
    ['tace', 'tace-probable'],
    ['tace', 'tare'],
    ['tace', 'not-tace'],
    ['tace-probable', 'not-tace'],
    ['bevacizumab', 'bevacizumab-intravitreal'],
    ['nivolumab', 'nivolumab-relatlimab'],
    ['tace-chemotherapy', 'liposomal-doxorubicin'],
    ['hcc', 'liver-cancer-unspecified'],
    ['ascites', 'malignant-ascites'],
    ['ascites', 'ascites-absent'],
    ['inr', 'prothrombin-time'],
    ['extrahepatic-metastasis', 'liver-metastasis'],
  ])('%s and %s have no code in common', (one, other) => {
    expect(codesOf(load(one)).filter((code) => codesOf(load(other)).includes(code))).toEqual([]);
  });

  it.each([
    ['hepatic-coma', 'hepatic-encephalopathy'],
    ['variceal-bleeding', 'varices'],
    ['decompensated-cirrhosis', 'cirrhosis'],
  ])('%s is a part of %s', (part, whole) => {
    expect(codesOf(load(whole))).toEqual(expect.arrayContaining(codesOf(load(part))));
  });

  it('gives a number to every grade', () => {
    for (const id of ['ecog-grades', 'karnofsky-grades', 'child-pugh-class', 'severity']) {
      const numbers = [...load(id).codes.values()].flatMap((ofSystem) => [...ofSystem.values()]);
      expect(numbers.every(({ ordinal }) => ordinal !== undefined)).toBe(true);
    }
    expect(findCode(load('ecog-grades'), codeSystems.snomed, '423237006')).toMatchObject({ ordinal: 4 });
    expect(findCode(load('karnofsky-grades'), codeSystems.loinc, 'LA29178-3')).toMatchObject({ ordinal: 70 });
  });
});

/** SNOMED CT identifiers end in a Verhoeff digit (SNOMED CT TIG, "Check-digit"). */
function hasVerhoeffDigit(code: string): boolean {
  if (!/^\d{6,18}$/.test(code)) return false;
  const multiply = (a: number, b: number): number => {
    if (a < 5) return b < 5 ? (a + b) % 5 : ((a + b) % 5) + 5;
    return b < 5 ? ((a - b + 5) % 5) + 5 : (a - b + 5) % 5;
  };
  const permutation = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
  const permute = (digit: number, times: number): number =>
    times === 0 ? digit : permute(permutation[digit] ?? 0, times - 1);
  return [...code].reverse().reduce((sum, digit, index) => multiply(sum, permute(Number(digit), index % 8)), 0) === 0;
}

/** LOINC numbers end in a modulus-10 digit (LOINC Users' Guide, appendix C). */
function hasModTenDigit(code: string): boolean {
  const [number = '', check] = code.split('-');
  const sum = [...number].reverse().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return String((10 - (sum % 10)) % 10) === check;
}

it('knows a wrong check digit', () => {
  expect([hasVerhoeffDigit('109841003'), hasVerhoeffDigit('109841004')]).toEqual([true, false]);
  expect([hasModTenDigit('1975-2'), hasModTenDigit('1975-3')]).toEqual([true, false]);
});
