import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { moduleFolder, shippedDefinitions } from '../support/app.ts';
import { copyProject, type ProjectCopy } from '../support/project-copy.ts';

jest.setTimeout(120_000);

/** `npm run rule-docs`, on a copy of the project, into a folder of the test. */
let project: ProjectCopy;
let out: string;
const [rule] = shippedDefinitions().rules;
const page = `${rule?.id}.md`;
const run = (...args: string[]) => project.run('rule-docs', '--out', out, ...args);

beforeAll(() => {
  project = copyProject();
});
afterAll(() => project.remove());
beforeEach(() => {
  project.reset();
  out = mkdtempSync(join(tmpdir(), 'rule-docs-'));
});
afterEach(() => rmSync(out, { recursive: true }));

it('writes an index and a page for each rule, and is then content', () => {
  expect(run('--check').status).toBe(1);
  expect(run().status).toBe(0);
  expect(readdirSync(out).sort()).toEqual(
    ['README.md', ...shippedDefinitions().rules.map(({ id }) => `${id}.md`)].sort(),
  );
  expect(run('--check')).toMatchObject({ status: 0, output: expect.stringContaining('up to date') });
  expect(run().output).toContain('0 written anew');
});

describe('--check', () => {
  beforeEach(() => {
    run();
  });

  it('writes nothing, and names a page that was changed by hand', () => {
    writeFileSync(join(out, page), 'mine');
    expect(run('--check')).toMatchObject({ status: 1, output: expect.stringContaining(page) });
    expect(run().output).toContain('1 written anew');
    expect(run('--check').status).toBe(0);
  });

  it('names a page that is missing', () => {
    rmSync(join(out, page));
    expect(run('--check')).toMatchObject({ status: 1, output: expect.stringContaining(page) });
    expect(existsSync(join(out, page))).toBe(false);
  });

  it('names a page of a rule that is no more, which is then removed', () => {
    writeFileSync(join(out, 'old-rule.md'), '# Old');
    expect(run('--check')).toMatchObject({ status: 1, output: expect.stringContaining('old-rule.md') });
    run();
    expect(existsSync(join(out, 'old-rule.md'))).toBe(false);
  });

  it('fails when a limit was reviewed, since the page says when', () => {
    project.change(`${moduleFolder}/thresholds.yaml`, /reviewedOn: .*/g, 'reviewedOn: 2027-01-01');
    expect(run('--check').status).toBe(1);
  });

  it('fails when a case was added', () => {
    project.change(`${moduleFolder}/cases.yaml`, /^( *- \{ case: )"/m, '$1"renamed: ');
    expect(run('--check').status).toBe(1);
  });
});

it('explains other arguments', () => {
  expect(run('--force')).toMatchObject({ status: 1, output: expect.stringContaining('usage') });
});
