import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { updating } from '../../support/golden.ts';
import { readMutations } from './mutations.ts';
import { namedTests } from './named-tests.ts';
import { readRequirements, whyUntested } from './requirements.ts';
import { conformancePage } from './table.ts';

const parts = readRequirements();
const requirements = parts.flatMap(({ requirements }) => requirements);
const known = new Set(requirements.map(({ id }) => id));
const tests = namedTests();
const tested = new Set(tests.flatMap(({ ids }) => ids));
const mutations = readMutations();

describe('the requirements of CDS Hooks', () => {
  it('have an id each', () => {
    expect(known.size).toBe(requirements.length);
  });

  it('have a test that is named after them, or a reason why not, and never both', () => {
    const wrong = parts.flatMap((part) =>
      part.requirements.filter((one) => {
        const { untested, reason } = whyUntested(one, part);
        const explained = untested !== undefined && reason !== undefined;
        return tested.has(one.id) ? one.untested !== undefined : !explained;
      }),
    );
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });

  it('are all that tests are named after', () => {
    const unknown = tests.filter(({ ids }) => ids.some((id) => !known.has(id)));
    expect(unknown).toEqual([]);
  });

  it('of a class are each proven by a behaviour that was switched off', () => {
    const proven = new Set(mutations.flatMap(({ breaks }) => breaks));
    const classes = (ids: Iterable<string>) => [...new Set([...ids].map(([letter]) => letter))].sort();
    expect(classes(proven)).toEqual(classes(tested));
  });
});

it('docs/conformance.md tells which test holds which requirement; `npm run conformance-docs` writes it', () => {
  const file = 'docs/conformance.md';
  const page = conformancePage(parts, tests, mutations);
  if (updating) writeFileSync(file, page);
  expect(existsSync(file) ? readFileSync(file, 'utf8') : '').toBe(page);
});
