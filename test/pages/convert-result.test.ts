import fc from 'fast-check';
import { convertedResult } from '../../src/pages/workbench/browser/convert-result.ts';
import { type LaboratoryTest, laboratoryTests } from '../../src/pages/workbench/browser/record-templates.ts';
import { shippedDefinitions } from '../support/app.ts';

const tests: readonly (readonly [string, LaboratoryTest])[] = Object.entries(laboratoryTests);
const changes = tests.flatMap(([id, test]) =>
  test.units.flatMap(({ code: from }) =>
    test.units.filter(({ code }) => code !== from).map(({ code: to }) => ({ id, test, from, to })),
  ),
);

/** Of at most three significant digits, as results are reported: 0.9, 34, 1.05. */
const reported = fc
  .tuple(fc.integer({ min: 1, max: 999 }), fc.integer({ min: -2, max: 1 }))
  .map(([digits, exponent]) => String(Number(`${digits}e${exponent}`)));

describe('a result in another unit', () => {
  it.each([
    ['bilirubin', '0.9', 'mg/dL', 'umol/L', '15.4'],
    ['bilirubin', '2', 'mg/dL', 'umol/L', '34.2'],
    ['bilirubin', '34', 'umol/L', 'mg/dL', '1.99'],
    ['albumin', '3.5', 'g/dL', 'g/L', '35'],
    ['albumin', '41', 'g/L', 'g/dL', '4.1'],
    ['creatinine', '1', 'mg/dL', 'umol/L', '88.4'],
    ['creatinine', '177', 'umol/L', 'mg/dL', '2'],
  ] as const)('%s %s %s is the same result in %s: %s', (id, value, from, to, expected) => {
    expect(convertedResult(value, { from, to, test: laboratoryTests[id] })).toBe(expected);
  });

  it('is known for each test that is written in two', () => {
    expect(changes.map(({ id }) => id)).toEqual([
      ...['bilirubin', 'bilirubin', 'albumin', 'albumin', 'creatinine', 'creatinine'],
    ]);
  });

  it.each(changes)('gives the number back that it was made from: $id, $from by $to', ({ test, from, to }) => {
    fc.assert(
      fc.property(reported, (value) => {
        const there = convertedResult(value, { from, to, test }) ?? '';
        expect(convertedResult(there, { from: to, to: from, test })).toBe(value);
      }),
    );
  });

  it('stays a limit where it is one, and reads a comma as a point', () => {
    const bilirubin = { from: 'mg/dL', to: 'umol/L', test: laboratoryTests.bilirubin };
    expect(convertedResult('<0.2', bilirubin)).toBe('<3.42');
    expect(convertedResult('0,9', bilirubin)).toBe('15.4');
  });

  it.each([
    ['bilirubin-2', 'bilirubin'],
    ['creatinine-2', 'creatinine'],
  ] as const)('agrees with what the knowledge gives in both units, to a hundredth: %s', (name, id) => {
    const [dated] = Object.values(shippedDefinitions().thresholds[name]?.values ?? {});
    const { 'mg/dL': mass, 'umol/L': amount } = (dated?.value ?? {}) as Readonly<Record<string, number>>;
    const converted = convertedResult(String(mass), { from: 'mg/dL', to: 'umol/L', test: laboratoryTests[id] });
    expect(Math.abs(Number(converted) / Number(amount) - 1)).toBeLessThan(0.01);
  });

  it.each([
    ['haemolysed', 'mg/dL', 'umol/L'],
    ['', 'mg/dL', 'umol/L'],
    ['1', 'furlong', 'umol/L'],
    ['1', 'mmol/L', 'g/L'],
    ['0.0000001', 'umol/L', 'mg/dL'],
  ])('is not known where there is no number, or no such way: %s %s in %s', (value, from, to) => {
    expect(convertedResult(value, { from, to, test: laboratoryTests.albumin })).toBeUndefined();
  });
});
