/**
 * Makes a fresh clone runnable: installs packages when package-lock.json says others than node_modules has and, with
 * --build, compiles when src/ says something else than dist/. Silent and quick when there is nothing to do. Runs
 * before `npm start`, `npm test` and `npm run check-hooks`; needs nothing but Node.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const LOCK = inRoot('package-lock.json');
const INSTALLED = inRoot('node_modules', '.package-lock.sha256');
const NPM_RECORD = inRoot('node_modules', '.package-lock.json');
const BUILT = inRoot('dist', '.built');
const PAGES = 'scripts/build-pages.mjs';

// npm takes seconds to clear up after Ctrl-C. Going before it would let the next install run into its remains.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {});

try {
  requireNode();
  if (!isDeployment()) {
    once(packagesMatch, installPackages);
    if (process.argv.includes('--build')) once(isBuilt, build);
  }
} catch (error) {
  process.stderr.write(`prepare: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}

/** Two at a time, say `npm start` beside `npm test` in a fresh clone: the second waits and finds the work done. */
function once(isDone, work) {
  if (isDone()) return;
  const lock = join(tmpdir(), `hcc-cds-prepare-${sha256(ROOT).slice(0, 16)}`);
  while (!take(lock)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  try {
    if (!isDone()) work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function take(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (!ownerLives(lock)) rmSync(lock, { force: true });
    return false;
  }
}

function ownerLives(lock) {
  try {
    return process.kill(Number(readFileSync(lock, 'utf8')), 0);
  } catch (error) {
    // EPERM: alive, another user's. ESRCH: interrupted before it could tidy up. ENOENT: just finished.
    return error.code === 'EPERM';
  }
}

function requireNode() {
  const { engines } = readJson(inRoot('package.json'));
  const wanted = engines.node.replace('>=', '');
  const [major = 0, minor = 0] = wanted.split('.').map(Number);
  const [ownMajor, ownMinor] = process.versions.node.split('.').map(Number);
  if (ownMajor > major || (ownMajor === major && ownMinor >= minor)) return;
  throw new Error(`hcc-cds needs Node.js ${wanted} or newer, this is ${process.versions.node} (${process.execPath}).`);
}

/** An image or a release has the compiled files and its packages, and nothing to make others from. */
function isDeployment() {
  return existsSync(inRoot('dist')) && existsSync(inRoot('node_modules')) && !existsSync(inRoot('src'));
}

function packagesMatch() {
  if (!existsSync(LOCK)) throw new Error('package-lock.json is missing: it belongs to the repository, restore it.');
  const wanted = sha256(readFileSync(LOCK));
  if (existsSync(INSTALLED) && readFileSync(INSTALLED, 'utf8') === wanted && !npmRanSince()) return true;
  if (!installedByHand()) return false;
  writeFileSync(INSTALLED, wanted);
  return true;
}

/** As `npm prune --omit=dev` does: the lock is the same, the packages are not. */
function npmRanSince() {
  return !existsSync(NPM_RECORD) || statSync(NPM_RECORD).mtimeMs > statSync(INSTALLED).mtimeMs;
}

/**
 * True after somebody's own `npm ci` or `npm install`: npm writes its record of node_modules last, so an install that
 * broke off has none, and the record names every package with version and checksum.
 */
function installedByHand() {
  if (!existsSync(NPM_RECORD)) return false;
  const wanted = readJson(LOCK).packages;
  const installed = readJson(NPM_RECORD).packages;
  const asWanted = ([path, { version, integrity, optional }]) => {
    const found = installed[path];
    // Optional packages are those of other operating systems and processors.
    if (found === undefined) return path === '' || optional === true;
    return found.version === version && found.integrity === integrity && existsSync(inRoot(path, 'package.json'));
  };
  return Object.entries(wanted).every(asWanted) && Object.keys(installed).every((path) => path in wanted);
}

function installPackages() {
  say('installing packages (npm ci)');
  rmSync(INSTALLED, { force: true });
  if (!existsSync(NPM_RECORD)) clearBrokenInstall();
  // The compiler and the tests are development packages: wanted here even under NODE_ENV=production.
  const result = npm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
  if (result.error !== undefined) throw new Error(`npm could not be started: ${result.error.message}`);
  if (result.status !== 0) {
    throw new Error(
      `npm ci failed (${outcome(result)}). Its message is above; run the same command again when solved.`,
    );
  }
  writeFileSync(INSTALLED, sha256(readFileSync(LOCK)));
}

/** npm stumbles over what an interrupted install left, the more so while that one is still winding down. */
function clearBrokenInstall() {
  const folder = inRoot('node_modules');
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    rmSync(join(folder, name), { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

function npm(args) {
  const options = { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] };
  const running = process.env.npm_execpath ?? '';
  if (/npm-cli\.c?js$/.test(running)) return spawnSync(process.execPath, [running, ...args], options);
  // On Windows npm is a batch file, which only a shell starts.
  if (process.platform === 'win32') return spawnSync(`npm ${args.join(' ')}`, { ...options, shell: true });
  return spawnSync('npm', args, options);
}

function isBuilt() {
  return existsSync(BUILT) && readFileSync(BUILT, 'utf8') === sourcesDigest();
}

function build() {
  const sources = sourcesDigest();
  if (compiler() === undefined) installPackages();
  say('compiling src/ to dist/, with the pages');
  rmSync(inRoot('dist'), { recursive: true, force: true });
  const result = spawnSync(process.execPath, [compiler(), '-p', 'tsconfig.build.json'], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (result.error !== undefined) throw new Error(`tsc could not be started: ${result.error.message}`);
  if (result.status !== 0) throw new Error(`compiling failed (${outcome(result)}). The compiler's messages are above.`);
  const pages = spawnSync(process.execPath, [PAGES], { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] });
  if (pages.status !== 0) throw new Error(`bundling the pages failed (${outcome(pages)}). The messages are above.`);
  writeFileSync(BUILT, sources);
}

function compiler() {
  const folder = inRoot('node_modules', 'typescript');
  if (!existsSync(join(folder, 'package.json'))) return undefined;
  return join(folder, readJson(join(folder, 'package.json')).bin.tsc);
}

/** By content, not by time: a deleted file, an older branch and a copied folder count; a mere touch does not. */
function sourcesDigest() {
  const hash = createHash('sha256');
  const configs = readdirSync(ROOT).filter((name) => /^tsconfig.*\.json$/.test(name));
  for (const path of ['package-lock.json', PAGES, ...configs.sort(), ...filesBelow('src')]) {
    hash.update(`${path}\0`).update(sha256(readFileSync(inRoot(path))));
  }
  return hash.digest('hex');
}

function filesBelow(folder) {
  const entries = readdirSync(inRoot(folder), { withFileTypes: true });
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`]));
}

function outcome({ status, signal }) {
  return signal === null ? `exit code ${status}` : `ended by ${signal}`;
}

function inRoot(...parts) {
  return join(ROOT, ...parts);
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

function sha256(content) {
  return createHash('sha256').update(content).digest('hex');
}

function say(line) {
  process.stdout.write(`prepare: ${line}\n`);
}
