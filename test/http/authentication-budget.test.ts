import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'libsql';
import { type RunningService, startService } from '../support/running-service.ts';
import { issuer, signed, type TestKey, testKey } from '../support/tokens.ts';
import { call } from './requests.ts';

/** Finding out who calls is part of the budget: with keys that come late, and a store that is stuck. */

jest.setTimeout(30_000);

const budget = 300;
/** What a call may take beyond the budget [ms]. */
const overrun = 50;
const published = 'https://cds.example.org/hcc';
const path = '/cds-services/hcc-order-sign';

let folder: string;
let key: TestKey;
let keyServer: Server;
let keysTakeMs: number;
let service: RunningService;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hcc-cds-budget-'));
  key = await testKey();
  keysTakeMs = 0;
  keyServer = createServer((_request, response) =>
    setTimeout(() => response.end(JSON.stringify({ keys: [key.publicJwk] })), keysTakeMs),
  );
  await new Promise<void>((resolve) => keyServer.listen(0, '127.0.0.1', resolve));
  const jwksUrl = `http://127.0.0.1:${(keyServer.address() as AddressInfo).port}/jwks.json`;
  writeFileSync(join(folder, 'clients.yaml'), JSON.stringify({ clients: [{ name: 'ehr', issuer, jwksUrl }] }));
  const environment = {
    ...{ AUTH: 'on', CLIENTS_FILE: join(folder, 'clients.yaml'), PUBLIC_BASE_URL: published },
    ...{ HOOK_BUDGET_MS: String(budget), PROBE_NOW: '2026-11-05T12:00:00Z', LOG_LEVEL: 'error' },
  };
  service = await startService({ dataDir: folder }, { environment, probed: true });
});

afterEach(async () => {
  await service.end('SIGKILL');
  keyServer.closeAllConnections();
  keyServer.close();
  rmSync(folder, { recursive: true, force: true });
});

async function timed(token?: string) {
  const bearer = token ?? (await signed(key, { aud: `${published}${path}` }));
  const started = performance.now();
  const { status, text } = await service.post(path, call(), undefined, { Authorization: `Bearer ${bearer}` });
  return { ms: performance.now() - started, status, text };
}

it('keys that come too late are the 401 of any stranger, within the budget; the next call has them', async () => {
  const stranger = await timed('x.y.z');
  keysTakeMs = 5 * budget;
  const { ms, status, text } = await timed();
  expect([status, text]).toEqual([401, stranger.text]);
  expect(ms).toBeLessThanOrEqual(budget + overrun);
  await new Promise((resolve) => setTimeout(resolve, keysTakeMs));
  expect((await timed()).status).toBe(200);
});

it('a store that is stuck costs no more than the budget; what was used here is known', async () => {
  for (let warmUp = 0; warmUp < 10; warmUp += 1) expect((await timed()).status).toBe(200);
  const other = new Sqlite(join(folder, 'store.db'));
  other.exec('BEGIN IMMEDIATE');
  try {
    const times: number[] = [];
    // The best of several: what is too long each time is the service, not the machine.
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const token = await signed(key, { aud: `${published}${path}` });
      const { ms, status } = await timed(token);
      times.push(ms);
      expect([status, (await timed(token)).status]).toEqual([200, 401]);
    }
    expect(Math.min(...times)).toBeLessThanOrEqual(budget + overrun);
  } finally {
    other.exec('ROLLBACK');
    other.close();
  }
});
