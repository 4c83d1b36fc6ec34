/**
 * A real PostgreSQL for the tests, one server for a run of Jest. TEST_POSTGRES_URL names another one instead, whose
 * user may create databases; TEST_POSTGRES=off goes without, as on a machine where none can run.
 */
const { spawn } = require('node:child_process');
const { once } = require('node:events');
const { join } = require('node:path');
const { createInterface } = require('node:readline');

let keeper;
let missing;

/** Sets TEST_POSTGRES_URL. Where that is impossible the tests are skipped, and in CI the run fails. */
async function startPostgres() {
  if (process.env.TEST_POSTGRES_URL) return;
  const { url, failed } = process.env.TEST_POSTGRES === 'off' ? { failed: 'TEST_POSTGRES=off' } : await startKeeper();
  if (url !== undefined) {
    process.env.TEST_POSTGRES_URL = url;
    return;
  }
  missing = `PostgreSQL cannot run here: ${failed}`;
  if (process.env.CI === 'true') throw new Error(`${missing}\nIn CI its tests must run.`);
}

async function startKeeper() {
  // Of its own group: what ends Jest must not end the one who clears up after it.
  keeper = spawn(process.execPath, [join(__dirname, 'postgres-keeper.mjs')], {
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  keeper.on('error', () => {});
  const lines = createInterface({ input: keeper.stdout });
  const ended = once(keeper, 'exit').then(([code]) => [JSON.stringify({ failed: `the keeper ended with ${code}` })]);
  const [line] = await Promise.race([once(lines, 'line'), ended]);
  return JSON.parse(line);
}

async function stopPostgres() {
  if (keeper && keeper.exitCode === null && keeper.signalCode === null) {
    keeper.stdin.end();
    await once(keeper, 'exit');
  }
  if (missing) process.stderr.write(`\n${missing}\nThe tests with PostgreSQL did NOT run.\n`);
}

module.exports = { startPostgres, stopPostgres };
