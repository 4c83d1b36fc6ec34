import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What is compared: a commit, or the files as they lie in the working tree. */
export type Revision = { readonly commit: string; readonly title: string } | 'working tree';

/** What decides an answer, and what is needed to compile it. */
const sources = ['hooks', 'src', 'tsconfig.json', 'tsconfig.build.json', 'package.json'];

/** The part that asks a revision; one that is older than it gets today's. */
const asking = ['src/impact-answers.ts', 'src/impact/answers.ts', 'src/impact/bundle-reader.ts'];

/** @throws Error when there is no such revision */
export function revisionNamed(name: string, root: string): Revision {
  const commit = git(root, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`);
  if (commit === undefined) throw new Error(`there is no revision '${name}'`);
  return { commit, title: git(root, 'log', '-1', '--format=%h %s', commit) ?? commit };
}

/**
 * What to compare the working tree with when nobody says: on a branch, where it left main; on main, the last commit
 * when something was changed since, else the one before.
 */
export function defaultRevision(root: string): Revision {
  const head = git(root, 'rev-parse', 'HEAD');
  if (head === undefined) throw new Error('this is no Git repository: say what to compare with');
  const main = ['origin/main', 'main'].find((name) => git(root, 'rev-parse', '--verify', '--quiet', name));
  const base = main && git(root, 'merge-base', 'HEAD', main);
  if (base !== undefined && base !== head) return revisionNamed(base, root);
  const changed = git(root, 'status', '--porcelain', '--', 'hooks', 'src') !== '';
  return revisionNamed(changed ? 'HEAD' : 'HEAD~1', root);
}

/** Lays a revision into a folder and compiles it. @throws Error with the compiler's words */
export function layOut(revision: Revision, folder: string, root: string): void {
  mkdirSync(folder, { recursive: true });
  if (revision === 'working tree')
    for (const path of sources) cpSync(join(root, path), join(folder, path), { recursive: true });
  else unpack(revision.commit, folder, root);
  for (const file of existsSync(join(folder, 'src/impact-answers.ts')) ? [] : asking) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(root, file), join(folder, file));
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const { status, stdout } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${titleOf(revision)} cannot be compiled with the packages of today:\n${stdout}`);
}

export function titleOf(revision: Revision): string {
  return revision === 'working tree' ? revision : revision.title;
}

function unpack(commit: string, folder: string, root: string): void {
  const archive = join(folder, 'revision.tar');
  if (git(root, 'archive', '--format=tar', `--output=${archive}`, commit, '--', ...sources) === undefined)
    throw new Error(`${commit} cannot be unpacked: it lacks one of ${sources.join(', ')}`);
  const { status, error } = spawnSync('tar', ['-xf', 'revision.tar'], { cwd: folder });
  if (status !== 0) throw new Error(`tar failed: ${error?.message ?? status}`);
}

/** What git prints; undefined when it fails. */
function git(root: string, ...args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28 });
  return status === 0 ? stdout.trim() : undefined;
}
