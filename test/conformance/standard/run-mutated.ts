import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Mutation } from './mutations.ts';
import type { NamedTest } from './named-tests.ts';

/** What the tests that are named after the broken requirements said of a behaviour that was switched off. */
export interface MutatedRun {
  /** Titles of the tests that failed. */
  readonly failed: readonly string[];
  /** Why files could not be run at all; then nothing was proven. */
  readonly broken: readonly string[];
}

interface FileResult {
  readonly name: string;
  readonly path: string;
  readonly passed: readonly string[];
  readonly failed: readonly string[];
  readonly broken?: string;
}

const jestProgram = 'node_modules/jest/bin/jest.js';
const configuration = 'test/conformance/standard/mutated-run/jest.config.js';

/** Switches each behaviour off by itself, and runs the tests that are named after what it breaks; all in one Jest. */
export function runMutated(
  mutations: readonly Mutation[],
  tests: readonly NamedTest[],
): ReadonlyMap<string, MutatedRun> {
  const folder = mkdtempSync(join(tmpdir(), 'hcc-cds-mutations-'));
  const [plan, results] = [join(folder, 'plan.json'), join(folder, 'results.json')];
  const planned = mutations.map((mutation) => ({ ...mutation, testFiles: filesOf(mutation, tests) }));
  writeFileSync(plan, JSON.stringify({ results, mutations: planned }));
  try {
    const env = { ...process.env, MUTATED_RUN: plan, TZ: 'UTC', GOLDEN: '' };
    const command = [jestProgram, '--config', configuration];
    const { stderr } = spawnSync(process.execPath, command, { env, encoding: 'utf8' });
    const read = readResults(results, stderr);
    return new Map(mutations.map(({ name }) => [name, together(read.filter((one) => one.name === name))]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function filesOf({ breaks, properties }: Mutation, tests: readonly NamedTest[]): readonly string[] {
  const named = tests.filter(
    ({ file, ids }) => (properties || !file.startsWith('test/properties/')) && ids.some((id) => breaks.includes(id)),
  );
  return [...new Set(named.map(({ file }) => file))];
}

function readResults(file: string, said: string): readonly FileResult[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new Error(`Jest did not run the mutations: ${said.slice(-2000)}`);
  }
}

function together(results: readonly FileResult[]): MutatedRun {
  return {
    failed: results.flatMap(({ failed }) => failed),
    broken: results.flatMap(({ broken, path, passed, failed }) =>
      broken || passed.length + failed.length === 0 ? [`${path}: ${broken ?? 'no test was run'}`] : [],
    ),
  };
}
