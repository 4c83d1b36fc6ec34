import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** A copy of the project in a folder of its own, compiled, in which a test may change files and run the commands. */
export interface ProjectCopy {
  readonly folder: string;
  /** Where its commands put what is temporary. */
  readonly temporary: string;
  read(file: string): string;
  /** Replaces a text that must be there. */
  change(file: string, from: string | RegExp, to: string): void;
  /** Runs a compiled command; what it prints and how it ends. */
  run(command: string, ...args: string[]): { readonly status: number | null; readonly output: string };
  /** Makes it a fresh copy again. */
  reset(): void;
  remove(): void;
}

const copied = ['hooks', 'fhir-fixtures', 'CHANGELOG.md', 'package.json'];

/** @param further what is copied besides what the commands read */
export function copyProject(further: readonly string[] = []): ProjectCopy {
  const folder = mkdtempSync(join(tmpdir(), 'hcc-cds-copy-'));
  const copy = () => {
    for (const path of [...copied, ...further]) {
      rmSync(join(folder, path), { recursive: true, force: true });
      cpSync(path, join(folder, path), { recursive: true });
    }
  };
  copy();
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'), 'junction');
  const compiler = resolve('node_modules/typescript/bin/tsc');
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary);
  const built = node(process.cwd(), [compiler, '-p', 'tsconfig.build.json', '--outDir', join(folder, 'dist')]);
  if (built.status !== 0) throw new Error(built.output);
  return {
    folder,
    temporary,
    read: (file) => readFileSync(join(folder, file), 'utf8'),
    change(file, from, to) {
      const text = readFileSync(join(folder, file), 'utf8');
      const changed = text.replace(from, to);
      if (changed === text) throw new Error(`${file}: nothing to replace`);
      writeFileSync(join(folder, file), changed);
    },
    run: (command, ...args) => node(folder, [join(folder, 'dist', `${command}.js`), ...args], { TMPDIR: temporary }),
    reset: copy,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function node(cwd: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const env = { ...process.env, ...environment };
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, env, encoding: 'utf8' });
  return { status, output: `${stdout}${stderr}` };
}
