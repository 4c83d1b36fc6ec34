import { type CasesFile, runCases } from '../../src/definitions/cases.ts';
import { vocabularyOn } from '../../src/definitions/definitions.ts';
import { loadCases } from '../../src/definitions/load-cases.ts';
import { moduleFolder, shippedDefinitions } from '../support/app.ts';

const definitions = shippedDefinitions();
const vocabulary = vocabularyOn(definitions, new Date('2026-11-22'));
const file: CasesFile = loadCases(moduleFolder);

describe('the cases of the module', () => {
  it.each(file.cases)('$case', (one) => {
    expect(runCases({ ...file, cases: [one] }, definitions, vocabulary)).toEqual([]);
  });
});
