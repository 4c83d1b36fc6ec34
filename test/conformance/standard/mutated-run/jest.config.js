import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import config from '../../../../jest.config.js';

/**
 * One project for each behaviour that is switched off, as `MUTATED_RUN` lists them, with the configuration of all tests
 * otherwise. They share one cache: what is compiled for one is there for the others.
 */
const folder = dirname(fileURLToPath(import.meta.url));
const rootDir = resolve(folder, '../../../..');
const { results, mutations } = JSON.parse(readFileSync(process.env.MUTATED_RUN, 'utf8'));
const { maxWorkers, testTimeout, moduleNameMapper, setupFiles, testEnvironment, transformIgnorePatterns } = config;

export default {
  rootDir,
  maxWorkers,
  testTimeout,
  reporters: [[`${folder}/reporter.cjs`, { file: results }]],
  projects: mutations.map(({ name, file, from, to, breaks, testFiles }) => ({
    id: 'mutated',
    displayName: name,
    rootDir,
    roots: ['<rootDir>/test'],
    testMatch: testFiles.map((path) => `<rootDir>/${path}`),
    moduleNameMapper,
    setupFiles,
    testEnvironment,
    transformIgnorePatterns,
    transform: Object.fromEntries(
      Object.entries(config.transform).map(([pattern, [, swc]]) => [
        pattern,
        [`${folder}/transform.cjs`, { swc, file, from, to }],
      ]),
    ),
    setupFilesAfterEnv: [`${folder}/only-named.cjs`],
    globals: { requirements: breaks },
  })),
};
