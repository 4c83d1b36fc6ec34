import { runCases } from '../../src/definitions/cases.ts';
import { type Definitions, vocabularyOn } from '../../src/definitions/definitions.ts';
import { loadCases } from '../../src/definitions/load-cases.ts';
import { moduleFolder, shippedDefinitions } from '../support/app.ts';
import { mutantsOf, stepOf } from '../support/mutants.ts';
import { windowChecks } from './window-checks.ts';

/**
 * Every limit is held on both of its sides: moved by one step, up or down, at least one case of cases.yaml or one of
 * the window checks no longer holds. A limit that nobody notices when it is wrong is a number without meaning.
 */
const definitions = shippedDefinitions();
const day = new Date('2026-11-22T12:00:00Z');
const cases = loadCases(moduleFolder);
const mutants = mutantsOf(definitions, day);

const caseNotices = (mutated: Definitions) => runCases(cases, mutated, vocabularyOn(mutated, day)).length > 0;
const checkNotices = (threshold: string, mutated: Definitions) =>
  windowChecks
    .filter((check) => check.threshold === threshold)
    .some((check) => check.sees(mutated).join() !== check.expected.join());

describe('a limit that is moved by one step', () => {
  it.each(mutants.map((mutant) => [mutant.name, mutant] as const))('is noticed: %s', (name, mutant) => {
    if (caseNotices(mutant.definitions) || checkNotices(mutant.threshold, mutant.definitions)) return;
    throw new Error(
      `${name}: no case fails. Write cases on both sides of ${mutant.threshold} in cases.yaml or, where it decides ` +
        'how a record becomes a fact, a check in test/conformance/window-checks.ts.',
    );
  });

  it('would not be noticed without cases and checks', () => {
    const blind = { ...cases, cases: cases.cases.slice(0, 1) };
    const unseen = mutants.filter(
      ({ definitions: moved }) => runCases(blind, moved, vocabularyOn(moved, day)).length === 0,
    );
    expect(unseen.length).toBeGreaterThan(mutants.length / 2);
  });

  it('is every limit, in both directions and in each of its units', () => {
    const moved = new Set(mutants.map(({ threshold }) => threshold));
    expect([...moved].sort()).toEqual(Object.keys(definitions.thresholds).sort());
    expect(mutants.filter(({ threshold }) => threshold === 'bilirubin-2').map(({ name }) => name)).toEqual([
      'bilirubin-2 2 mg/dL → 2.1 mg/dL',
      'bilirubin-2 2 mg/dL → 1.9 mg/dL',
      'bilirubin-2 34 umol/L → 35 umol/L',
      'bilirubin-2 34 umol/L → 33 umol/L',
    ]);
  });
});

describe('the natural step', () => {
  it.each([
    [8, '1', 1],
    [14, 'd', 1],
    [18, 'a', 1],
    [2, 'mg/dL', 0.1],
    [34, 'umol/L', 1],
    [2.8, 'g/dL', 0.1],
    [1.75, '{INR}', 0.01],
    [50, '10*9/L', 1],
  ])('of %d %s is %d', (value, unit, step) => {
    expect(stepOf(value, unit)).toBeCloseTo(step);
  });
});

describe('a window, checked in records', () => {
  it.each(windowChecks.map((check) => [check.threshold, check.says, check] as const))('%s: %s', (id, _, check) => {
    expect(definitions.thresholds[id]).toBeDefined();
    expect(check.sees(definitions)).toEqual(check.expected);
  });

  it.each(windowChecks.map((check) => [check.threshold, check.says, check] as const))(
    '%s: %s – and fails when the window is moved, either way',
    (id) => {
      const moved = mutants.filter(({ threshold }) => threshold === id);
      expect(moved.length).toBeGreaterThan(0);
      expect(moved.filter((mutant) => !checkNotices(id, mutant.definitions)).map(({ name }) => name)).toEqual([]);
    },
  );
});
