import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type CasesFile, runCases } from './definitions/cases.ts';
import { differingUnits } from './definitions/checks/units.ts';
import { DefinitionError } from './definitions/definition-error.ts';
import { type Definitions, vocabularyOn } from './definitions/definitions.ts';
import { loadDefinitions, moduleFolder } from './definitions/load.ts';
import { loadCases, loadSiteCases } from './definitions/load-cases.ts';
import { effectsOf, runSiteCases } from './definitions/site/effects.ts';
import { lockFaults } from './lock/compare-lock.ts';
import { fingerprintsOf } from './lock/fingerprint.ts';
import { readRecorded } from './lock/read-recorded.ts';
import { convert } from './units/convert.ts';

/**
 * `npm run check-hooks [-- --site DIR [--on YYYY-MM-DD]]`: checks the knowledge, runs its cases, and compares it with
 * the lock of its versions. With a hospital's overlay it says instead of the lock, which an overlay has none of, which
 * of the cases the policy changes, which is no fault, and runs the overlay's own.
 */

const root = resolve(import.meta.dirname, '..');
const reviewDueDays = 365;

try {
  const { values } = parseArgs({ options: { site: { type: 'string' }, on: { type: 'string' } } });
  const today = values.on === undefined ? new Date() : new Date(`${values.on}T12:00:00Z`);
  if (Number.isNaN(today.getTime())) throw new Error(`--on ${values.on} is no day`);
  const folder = moduleFolder(resolve(root, 'hooks'));
  const shipped = loadDefinitions(folder);
  const cases = loadCases(folder);
  checkModule(shipped, cases, today);
  if (values.site === undefined) checkLock(folder, shipped);
  else checkSite(folder, values.site, shipped, cases, today);
} catch (error) {
  const isMisused = (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS') === true;
  print(error instanceof DefinitionError || isMisused ? (error as Error).message : String(error));
  process.exitCode = 1;
}

function checkModule(definitions: Definitions, cases: CasesFile, today: Date): void {
  const failures = runCases(cases, definitions, vocabularyOn(definitions, today));
  for (const warning of warnings(definitions, today)) print(`warning: ${warning}`);
  for (const failure of failures) print(`case '${failure.case}': ${failure.message}`);
  const { rules, facts, thresholds, evidence, valueSets } = definitions;
  print(
    `${definitions.module}: ${rules.length} rules, ${facts.size} facts, ${Object.keys(thresholds).length} thresholds, ` +
      `${Object.keys(evidence).length} sources, ${valueSets.size} value sets, ${cases.cases.length - new Set(failures.map((one) => one.case)).size} of ${cases.cases.length} cases hold`,
  );
  if (failures.length > 0) process.exitCode = 1;
}

function checkLock(folder: string, definitions: Definitions): void {
  const unlocked = lockFaults(fingerprintsOf(definitions), readRecorded(folder, root));
  for (const fault of unlocked) print(`lock: ${fault}`);
  if (unlocked.length > 0) process.exitCode = 1;
}

function checkSite(folder: string, siteFolder: string, shipped: Definitions, cases: CasesFile, today: Date): void {
  const local = loadDefinitions(folder, { folder: siteFolder, now: today });
  const own = loadSiteCases(siteFolder, cases);
  const results = own && runSiteCases(own, local, today);
  for (const warning of [...(local.site?.warnings ?? []), ...(results?.warnings ?? [])]) print(`warning: ${warning}`);
  const effects = effectsOf(cases, shipped, local, today);
  for (const { case: name, rule, expected, now } of effects)
    print(`changed: case '${name}': ${rule}: expected ${expected}, now ${now}`);
  for (const fault of results?.faults ?? []) print(fault);
  const changed = new Set(effects.map((one) => one.case)).size;
  print(
    `${local.site?.site}: ${new Set(local.site?.changes.map(({ entry }) => entry)).size} entries change what is advised, ` +
      `${changed} of ${cases.cases.length} base cases are changed, ${results?.held ?? 0} of ${own?.cases.cases.length ?? 0} cases of the site hold`,
  );
  if (results && results.faults.length > 0) process.exitCode = 1;
}

function warnings(definitions: Definitions, today: Date): readonly string[] {
  const old = Object.entries(definitions.thresholds)
    .filter(([, { reviewedOn }]) => today.getTime() - Date.parse(reviewedOn) > reviewDueDays * 86_400_000)
    .map(([id, { reviewedOn }]) => `${id} was last reviewed on ${reviewedOn}`);
  return [...old, ...differingUnits(definitions, convert)];
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
