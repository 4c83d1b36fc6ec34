import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { moduleFolder, shippedDefinitions } from '../support/app.ts';
import { copyProject, type ProjectCopy } from '../support/project-copy.ts';

jest.setTimeout(120_000);

const { id, version } = someRule();
const lock = `${moduleFolder}/rules.lock.yaml`;
const rule = `${moduleFolder}/rules/${id}.yaml`;

/** The commands as they are run, on a copy of the project in which faults are planted. */
let project: ProjectCopy;

beforeAll(() => {
  project = copyProject();
});
beforeEach(() => project.reset());
afterAll(() => project.remove());

function someRule() {
  const [first] = shippedDefinitions().rules.filter(({ status }) => status === 'active');
  if (first === undefined) throw new Error('the module has no rule');
  return first;
}

const raised = version + 1;
const raise = () => project.change(rule, `version: ${version}`, `version: ${raised}`);
const tell = () =>
  project.change('CHANGELOG.md', '### Clinical behaviour\n', `### Clinical behaviour\n\n- ${id}@${raised}\n`);

it('check-hooks passes with the shipped lock, and says nothing of it', () => {
  const { status, output } = project.run('check-hooks');
  expect(output).not.toContain('lock');
  expect(status).toBe(0);
});

describe('a changed rule', () => {
  beforeEach(() => project.change(rule, /^title: .*/m, 'title: Another title'));

  it('without a new version fails the check and is not locked', () => {
    const before = project.read(lock);
    expect(project.run('check-hooks')).toMatchObject({
      status: 1,
      output: expect.stringContaining(`lock: ${id}: rule changed, but its version is still ${version}`),
    });
    expect(project.run('lock-rules')).toMatchObject({ status: 1, output: expect.stringContaining('not locked') });
    expect(project.read(lock)).toBe(before);
  });

  it('with a new version has to be locked', () => {
    raise();
    tell();
    expect(project.run('check-hooks')).toMatchObject({
      status: 1,
      output: expect.stringContaining(`version ${raised} is not locked yet`),
    });
    expect(project.run('lock-rules')).toMatchObject({ status: 0, output: expect.stringContaining(`${id} v${raised}`) });
    expect(project.run('check-hooks').status).toBe(0);
  });

  it('has its version raised by --raise, and only its', () => {
    const { status, output } = project.run('lock-rules', '--raise');
    expect(status).toBe(0);
    expect(output.match(/^new.*$/gm)).toEqual([`new version: ${id} v${raised}`]);
    expect(project.read(rule)).toContain(`\nversion: ${raised}\n`);
    tell();
    expect(project.run('check-hooks').status).toBe(0);
  });

  it('that the changelog names in another version only fails the check', () => {
    project.run('lock-rules', '--raise');
    expect(project.run('check-hooks')).toMatchObject({
      status: 1,
      output: expect.stringContaining(`does not name ${id}@${raised}`),
    });
  });
});

it('a rule that is gone has to be retired, under whatever id its file goes on', () => {
  renameSync(join(project.folder, rule), join(project.folder, rule.replace(`${id}.yaml`, `${id}-anew.yaml`)));
  project.change(rule.replace(`${id}.yaml`, `${id}-anew.yaml`), `id: ${id}`, `id: ${id}-anew`);
  project.change(`${moduleFolder}/cases.yaml`, new RegExp(`\\b${id}(?=[,\\]\\s])`, 'g'), `${id}-anew`);
  expect(project.run('check-hooks')).toMatchObject({
    status: 1,
    output: expect.stringMatching(new RegExp(`lock: ${id}: is locked and gone.*retired`)),
  });
  expect(project.run('lock-rules').status).toBe(1);
});

it('a lock that was deleted is written from scratch', () => {
  const before = project.read(lock);
  rmSync(join(project.folder, lock));
  expect(project.run('check-hooks')).toMatchObject({ status: 1, output: expect.stringContaining('npm run lock') });
  expect(project.run('lock-rules').status).toBe(0);
  expect(project.read(lock)).toBe(before);
});

it('a half-merged lock is no riddle', () => {
  project.change(lock, /^rules:/m, '<<<<<<< HEAD\nrules:');
  expect(project.run('lock-rules')).toMatchObject({ status: 1, output: expect.stringContaining('delete it') });
});

it('a new version needs a release that it belongs to', () => {
  project.change('CHANGELOG.md', /\(unreleased\)/g, '(2026-12-01)');
  expect(project.run('check-hooks').status).toBe(0);
  raise();
  expect(project.run('lock-rules')).toMatchObject({ status: 1, output: expect.stringContaining('(unreleased)') });
});

it("a hospital's overlay is not held to the lock", () => {
  const { status, output } = project.run('check-hooks', '--site', 'fhir-fixtures/site-overlay');
  expect(output).not.toContain('lock:');
  expect(status).toBe(0);
});

it('other arguments are explained', () => {
  expect(project.run('lock-rules', '--force')).toMatchObject({ status: 1, output: expect.stringContaining('usage') });
  expect(existsSync(join(project.folder, lock))).toBe(true);
});
