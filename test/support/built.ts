import { spawnSync } from 'node:child_process';

/** Compiles src/ to dist/ if it says something else: for tests that need real processes. */
export function buildService(): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/prepare.mjs', '--build'], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`scripts/prepare.mjs --build: ${stdout}${stderr}`);
}
