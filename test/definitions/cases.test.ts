import { type CasesFile, runCases, verdictsOf } from '../../src/definitions/cases.ts';
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

  it.each(definitions.rules.map(({ id }) => id))(
    '%s has cases in which it fires, does not fire and is undetermined',
    (id) => {
      const truths = file.cases.map((one) => verdictsOf(one, file.baseline, definitions, vocabulary).get(id));
      expect(new Set(truths)).toEqual(new Set(['true', 'false', 'undetermined']));
    },
  );
});
