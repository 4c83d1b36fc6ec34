import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadDefinitions, moduleFolder } from './definitions/load.ts';
import { loadCases } from './definitions/load-cases.ts';
import { markdownPages } from './knowledge/markdown-pages.ts';

/**
 * `npm run rule-docs [-- --check] [--out DIR]`: writes a page for each rule, for clinicians, to docs/rules; with
 * `--check` it only says which pages are not as they would be written.
 */

const root = resolve(import.meta.dirname, '..');
const [check, out] = argumentsOf(process.argv.slice(2));

try {
  const folder = moduleFolder(join(root, 'hooks'));
  const pages = markdownPages(loadDefinitions(folder), loadCases(folder));
  const stale = [...pages].filter(([file, text]) => textOf(join(out, file)) !== text).map(([file]) => file);
  const left = existing().filter((file) => !pages.has(file));
  if (check) report([...stale, ...left]);
  else write(pages, left, stale.length);
} catch (error) {
  print(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

function argumentsOf(given: readonly string[]): readonly [check: boolean, out: string] {
  const at = given.indexOf('--out');
  const rest = given.filter((one, index) => one !== '--check' && (at === -1 || (index !== at && index !== at + 1)));
  const target = at === -1 ? join(root, 'docs/rules') : given[at + 1];
  if (rest.length > 0 || target === undefined) {
    print('usage: rule-docs [--check] [--out DIR]');
    process.exit(1);
  }
  return [given.includes('--check'), resolve(target)];
}

function report(stale: readonly string[]): void {
  for (const file of stale) print(`docs/rules: ${file} is not what the rules say: run \`npm run rule-docs\``);
  if (stale.length > 0) process.exitCode = 1;
  else print('the pages of the rules are up to date');
}

function write(pages: ReadonlyMap<string, string>, left: readonly string[], changed: number): void {
  mkdirSync(out, { recursive: true });
  for (const [file, text] of pages) writeFileSync(join(out, file), text);
  for (const file of left) rmSync(join(out, file));
  print(`${pages.size} pages, ${changed} written anew, ${left.length} removed`);
}

function existing(): readonly string[] {
  return existsSync(out) ? readdirSync(out).filter((file) => file.endsWith('.md')) : [];
}

function textOf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
