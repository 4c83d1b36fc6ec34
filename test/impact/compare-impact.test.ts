import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Impact } from '../../src/impact/compare.ts';
import { moduleFolder } from '../support/app.ts';
import { copyProject, type ProjectCopy } from '../support/project-copy.ts';

jest.setTimeout(120_000);

/** `npm run impact` on a repository of its own: three patients, one commit, then a change. */
let project: ProjectCopy;
const kept = ['preserved-function', 'both-at-once', 'child-pugh-c'];
const thresholds = `${moduleFolder}/thresholds.yaml`;
const lowerLimit = () =>
  project.change(thresholds, '{ value: 10, evidence: child-pugh-1973', '{ value: 15, evidence: child-pugh-1973');

function git(...args: string[]): string {
  const author = ['-c', 'user.name=test', '-c', 'user.email=test@example.org', '-c', 'commit.gpgsign=false'];
  const { status, stdout, stderr } = spawnSync('git', [...author, ...args], { cwd: project.folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

function left(): readonly string[] {
  return readdirSync(project.temporary);
}

beforeAll(() => {
  project = copyProject(['src', 'tsconfig.json', 'tsconfig.build.json']);
  const patients = join(project.folder, 'fhir-fixtures/patients');
  for (const slug of readdirSync(patients)) if (!kept.includes(slug)) rmSync(join(patients, slug), { recursive: true });
  git('init', '-q', '-b', 'main');
  git('add', 'hooks', 'src', 'fhir-fixtures', 'tsconfig.json', 'tsconfig.build.json', 'package.json');
  git('commit', '-q', '-m', 'as it was');
});
afterAll(() => project.remove());

it('compares the last commit with what lies in the working tree, and leaves nothing behind', () => {
  lowerLimit();
  const { status, output } = project.run('compare-impact');
  expect(output).toMatch(/^from \w+ as it was\nto {3}working tree\n\n3 patients × \d+ orders = \d+ calls\n/);
  expect(output).toContain('  child-pugh-c, tace-snomed: R11 child-pugh-c-tace: fires → does not fire');
  expect(output).toMatch(/child-pugh-c, tace-snomed: HCCSUITABILITY, (?:indicator|summary): critical: .* → /);
  expect(output).toMatch(/\d+ of \d+ calls and 1 of 3 patients are changed: \d+ verdicts, \d+ cards/);
  expect(status).toBe(0);
  expect(left()).toEqual([]);
});

it('compares two commits, as JSON for a program', () => {
  git('commit', '-q', '-a', '-m', 'another limit');
  const { status, output } = project.run('compare-impact', '--from', 'HEAD~1', '--to', 'HEAD', '--json');
  const impact = JSON.parse(output) as Impact & { readonly from: string; readonly to: string };
  expect(status).toBe(0);
  expect([impact.from, impact.to]).toEqual([
    expect.stringContaining('as it was'),
    expect.stringContaining('another limit'),
  ]);
  expect(new Set(impact.verdicts.map(({ patient }) => patient))).toEqual(new Set(['child-pugh-c']));
});

it('compares with the commit before when nothing was changed since the last', () => {
  expect(project.run('compare-impact').output).toMatch(/^from \w+ as it was\n/);
});

it('compares a branch with where it left main', () => {
  git('checkout', '-q', '-b', 'topic');
  git('commit', '-q', '--allow-empty', '-m', 'one');
  git('commit', '-q', '--allow-empty', '-m', 'two');
  const { output } = project.run('compare-impact');
  expect(output).toMatch(/^from \w+ another limit\n/);
  expect(output).toContain('0 of');
});

it('asks a revision that is older than this command with the questions of today', () => {
  git('checkout', '-q', '-b', 'old');
  git('rm', '-q', '-r', '--cached', 'src/impact', 'src/impact-answers.ts', 'src/compare-impact.ts');
  git('commit', '-q', '-m', 'without the command');
  const { status, output } = project.run('compare-impact', '--from', 'HEAD');
  expect(output).toMatch(/0 of \d+ calls/);
  expect(status).toBe(0);
});

it('says what is wrong with its arguments, and leaves nothing behind', () => {
  expect(project.run('compare-impact', '--from', 'nowhere')).toEqual({
    status: 1,
    output: "there is no revision 'nowhere'\n",
  });
  expect(project.run('compare-impact', '--form', 'HEAD')).toMatchObject({
    status: 1,
    output: expect.stringContaining('usage'),
  });
  expect(left()).toEqual([]);
});

it('shows the words of the compiler when a side cannot be compiled', () => {
  project.change('src/decide.ts', 'export async function decide(', 'export async function decided(');
  const { status, output } = project.run('compare-impact', '--from', 'HEAD');
  expect(status).toBe(1);
  expect(output).toMatch(/working tree cannot be compiled.*\n.*decide/);
});
