import { readFileSync } from 'node:fs';
import { readMutations } from './mutations.ts';
import { namedTests } from './named-tests.ts';
import { type MutatedRun, runMutated } from './run-mutated.ts';

/**
 * A test that cannot fail proves nothing. Each behaviour is switched off once, in the source as it is compiled for the
 * tests, and of each requirement that it breaks a test has to fail. Of all of them together every test that is named
 * after a requirement fails at least once.
 */
const mutations = readMutations();
const tests = namedTests();
let runs: ReadonlyMap<string, MutatedRun>;

beforeAll(() => {
  runs = runMutated(mutations, tests);
}, 600_000);

it('every behaviour has a name of its own, and stands once in its file', () => {
  expect(new Set(mutations.map(({ name }) => name)).size).toBe(mutations.length);
  const misplaced = mutations.filter(({ file, from }) => readFileSync(file, 'utf8').split(from).length !== 2);
  expect(misplaced.map(({ name }) => name)).toEqual([]);
});

it.each(mutations.map(({ name, breaks }) => [name, breaks] as const))('when %s, it is noticed', (name, breaks) => {
  const run = runs.get(name);
  expect(run?.broken).toEqual([]);
  const unnoticed = breaks.filter((id) => !run?.failed.some((title) => namesOf(title).includes(id)));
  expect(unnoticed).toEqual([]);
});

it('every test that is named after a requirement fails at least once', () => {
  const failed = [...runs.values()].flatMap((run) => run.failed);
  const unproven = tests.filter((test) => !failed.some((title) => test.isTitled(title)));
  expect(unproven.map(({ file, title }) => `${file}: ${title}`)).toEqual([]);
});

function namesOf(title: string): readonly string[] {
  return /^([A-Z]\d{1,2}(?:, [A-Z]\d{1,2})*): /.exec(title)?.[1]?.split(', ') ?? [];
}
