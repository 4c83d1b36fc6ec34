import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unreleasedSection } from './changelog.ts';
import type { Recorded } from './compare-lock.ts';
import { lockFile, readLock } from './lock-file.ts';

/** Reads the lock of a module and what the changelog of the project says of the release that is being made. */
export function readRecorded(moduleFolder: string, root: string): Recorded {
  const changelog = join(root, 'CHANGELOG.md');
  return {
    lock: readLock(join(moduleFolder, lockFile)),
    changelog: existsSync(changelog)
      ? (unreleasedSection(readFileSync(changelog, 'utf8')) ?? 'nothing unreleased')
      : undefined,
  };
}
