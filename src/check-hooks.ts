import { resolve } from 'node:path';
import { runCases } from './definitions/cases.ts';
import { differingUnits } from './definitions/checks/units.ts';
import { DefinitionError } from './definitions/definition-error.ts';
import { vocabularyOn } from './definitions/definitions.ts';
import { loadDefinitions, moduleFolder } from './definitions/load.ts';
import { loadCases } from './definitions/load-cases.ts';
import { lockFaults } from './lock/compare-lock.ts';
import { fingerprintsOf } from './lock/fingerprint.ts';
import { readRecorded } from './lock/read-recorded.ts';
import { convert } from './units/convert.ts';

/**
 * `npm run check-hooks [-- --site DIR]`: checks the knowledge, runs its cases, and compares it with the lock of its
 * versions (a hospital's overlay has none).
 */

const root = resolve(import.meta.dirname, '..');
const reviewDueDays = 365;
const [option, siteFolder] = process.argv.slice(2);
const today = new Date();

try {
  if (option !== undefined && (option !== '--site' || siteFolder === undefined))
    throw new Error('usage: check-hooks [--site DIR]');
  const folder = moduleFolder(resolve(root, 'hooks'));
  const definitions = loadDefinitions(folder, siteFolder);
  const cases = loadCases(folder);
  const failures = runCases(cases, definitions, vocabularyOn(definitions, today));
  for (const warning of warnings(definitions)) print(`warning: ${warning}`);
  for (const failure of failures) print(`case '${failure.case}': ${failure.message}`);
  const unlocked = siteFolder === undefined ? lockFaults(fingerprintsOf(definitions), readRecorded(folder, root)) : [];
  for (const fault of unlocked) print(`lock: ${fault}`);
  const { rules, facts, thresholds, evidence, valueSets } = definitions;
  print(
    `${definitions.module}: ${rules.length} rules, ${facts.size} facts, ${Object.keys(thresholds).length} thresholds, ` +
      `${Object.keys(evidence).length} sources, ${valueSets.size} value sets, ${cases.cases.length - new Set(failures.map((one) => one.case)).size} of ${cases.cases.length} cases hold`,
  );
  if (failures.length + unlocked.length > 0) process.exitCode = 1;
} catch (error) {
  print(error instanceof DefinitionError ? error.message : String(error));
  process.exitCode = 1;
}

function warnings(definitions: Parameters<typeof differingUnits>[0]): readonly string[] {
  const old = Object.entries(definitions.thresholds)
    .filter(([, { reviewedOn }]) => today.getTime() - Date.parse(reviewedOn) > reviewDueDays * 86_400_000)
    .map(([id, { reviewedOn }]) => `${id} was last reviewed on ${reviewedOn}`);
  return [...old, ...differingUnits(definitions, convert)];
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
