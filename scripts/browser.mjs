/**
 * Finds a browser for the tests of the pages, or installs one: CHROMIUM_PATH, one that is there, Debian's package
 * (as root), Playwright's own download. Prints its path. Fails with what to do about it.
 *
 * node scripts/browser.mjs
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'msedge'];
const USUAL_PLACES = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData'].flatMap((name) => {
    const base = process.env[name];
    if (base === undefined) return [];
    return [join(base, 'Google/Chrome/Application/chrome.exe'), join(base, 'Microsoft/Edge/Application/msedge.exe')];
  }),
};

try {
  process.stdout.write(`${find() ?? install()}\n`);
} catch (error) {
  process.stderr.write(`browser: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}

function find() {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && named !== '') {
    if (isProgram(named)) return named;
    throw new Error(`CHROMIUM_PATH names ${named}, which cannot be started.`);
  }
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...onPath, ...(USUAL_PLACES[process.platform] ?? []), chromium.executablePath()].find(isProgram);
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function install() {
  say('no Chromium, Chrome or Edge found');
  if (process.platform === 'linux' && process.getuid?.() === 0 && isCommand('apt-get')) {
    say('installing Debian’s chromium (apt-get)');
    run('apt-get', ['update', '-qq']);
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
  }
  const packaged = find();
  if (packaged !== undefined) return packaged;
  say('downloading Playwright’s Chromium');
  const cli = join(dirname(fileURLToPath(import.meta.resolve('playwright-core/package.json'))), 'cli.js');
  run(process.execPath, [cli, 'install', 'chromium']);
  const downloaded = find();
  if (downloaded !== undefined) return downloaded;
  throw new Error('The browser tests need Chromium, Chrome or Edge. Install one, or name it by CHROMIUM_PATH.');
}

function isCommand(name) {
  return spawnSync(name, ['--version'], { stdio: 'ignore' }).error === undefined;
}

/** Goes on after a failure: the next way is tried. Nothing but the path goes to standard output. */
function run(command, args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { status, error } = spawnSync(command, args, { env, stdio: ['ignore', 2, 2] });
  if (status !== 0) say(`${command} failed (${error?.message ?? `exit code ${status}`})`);
}

function say(line) {
  process.stderr.write(`browser: ${line}\n`);
}
