import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ruleFile } from './definitions/checks/references.ts';
import { loadDefinitions, moduleFolder } from './definitions/load.ts';
import { lockFaults, lockOf, refusals, unraised } from './lock/compare-lock.ts';
import { fingerprintsOf, gapsId, patientViewId } from './lock/fingerprint.ts';
import { lockFile, writeLock } from './lock/lock-file.ts';
import { readRecorded } from './lock/read-recorded.ts';

/**
 * `npm run lock [-- --raise]`: writes the lock of the rules anew. Refuses when a rule's content changed under the same
 * version; `--raise` raises those versions first.
 */

const root = resolve(import.meta.dirname, '..');
const [option] = process.argv.slice(2);

try {
  if (option !== undefined && option !== '--raise') throw new Error('usage: lock [--raise]');
  writeLockOf(moduleFolder(join(root, 'hooks')));
} catch (error) {
  print(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

function writeLockOf(folder: string): void {
  const { lock, changelog } = readRecorded(folder, root);
  if (lock && option === '--raise') {
    for (const { id } of unraised(fingerprintsOf(loadDefinitions(folder)), lock)) raise(folder, id);
  }
  const found = fingerprintsOf(loadDefinitions(folder));
  const refused = lock ? refusals(found, lock) : [];
  if (refused.length > 0) throw new Error(`not locked:\n${refused.map((line) => `  ${line}`).join('\n')}`);
  if (typeof changelog !== 'object')
    throw new Error(
      "CHANGELOG.md has no section '## <release> (unreleased)': to which release do new versions belong?",
    );
  const next = lockOf(found, lock, changelog.release);
  writeLock(join(folder, lockFile), next);
  const changed = Object.entries(next.rules).filter(([id, { version }]) => lock?.rules[id]?.version !== version);
  for (const [id, { version }] of changed) print(`${lock?.rules[id] ? 'new version' : 'new'}: ${id} v${version}`);
  print(`${Object.keys(next.rules).length} rules are locked, ${changed.length} of them anew`);
  for (const fault of lockFaults(found, { lock: next, changelog })) print(`still to do: ${fault}`);
}

function raise(folder: string, id: string): void {
  const file = join(folder, id === gapsId || id === patientViewId ? `${id}.yaml` : ruleFile(id));
  const text = readFileSync(file, 'utf8').replace(
    /^version: (\d+)/m,
    (_, version) => `version: ${Number(version) + 1}`,
  );
  writeFileSync(file, text);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
