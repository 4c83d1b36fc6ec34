import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StorePlace } from '../../src/store/open-database.ts';
import { call } from '../http/requests.ts';
import { type Answer, type RunningService, startService } from '../support/running-service.ts';
import {
  describePostgres,
  describeSharedStores,
  eachWithDatabase,
  type FreshStore,
  freshDatabase,
} from '../support/stores.ts';
import { tcpProxy } from '../support/tcp-proxy.ts';
import { issuer, signed, type TestKey, testKey } from '../support/tokens.ts';

/** Two processes that clients reach under one address, and a token that is used at both. */

jest.setTimeout(60_000);

const published = 'https://cds.example.org/hcc';
const path = '/cds-services/hcc-order-sign';

let folder: string;
let key: TestKey;
let replicas: readonly RunningService[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hcc-cds-replay-'));
  key = await testKey();
  writeFileSync(
    join(folder, 'clients.yaml'),
    JSON.stringify({ clients: [{ name: 'ehr', issuer, keys: [key.publicJwk], callsPerMinute: 100_000 }] }),
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(async () => {
  await Promise.all(replicas.map((one) => one.end('SIGKILL')));
  replicas = [];
});

const lines: string[] = [];

async function startBoth(place: StorePlace): Promise<void> {
  lines.length = 0;
  const environment = {
    ...{ AUTH: 'on', CLIENTS_FILE: join(folder, 'clients.yaml'), PUBLIC_BASE_URL: published },
    PROBE_NOW: '2026-11-05T12:00:00Z',
  };
  const start = () => startService(place, { environment, probed: true, onLine: (line) => void lines.push(line) });
  replicas = [await start(), await start()];
}

const goodToken = () => signed(key, { aud: `${published}${path}` });

async function send(replica: number, token: string): Promise<Answer> {
  const headers = { Authorization: `Bearer ${token}` };
  const service = replicas[replica];
  if (service === undefined) throw new Error('it does not run');
  return service.post(path, call(), undefined, headers);
}

/** What a client can see of an answer, but for the time. */
function seen({ status, text, headers: { date: _, ...headers } }: Answer) {
  return { status, text, headers };
}

const statuses = (answers: readonly Answer[]) => answers.map(({ status }) => status).sort();

describeSharedStores('a token that is used at two processes', (create) => {
  const { place } = eachWithDatabase(create);

  it('passes once, however often and wherever it comes at once; the others get the 401 of any stranger', async () => {
    await startBoth(place());
    const stranger = await send(0, 'x.y.z');
    expect(stranger.status).toBe(401);
    const rounds = 60;
    for (let round = 0; round < rounds; round += 1) {
      const token = await goodToken();
      const answers = await Promise.all([0, 1, 1, 0].map((replica) => send(replica, token)));
      expect(statuses(answers)).toEqual([200, 401, 401, 401]);
      const refused = answers.filter(({ status }) => status === 401);
      expect(refused.map(seen)).toEqual(refused.map(() => seen(stranger)));
      expect((await send(round % 2, token)).status).toBe(401);
    }
    expect(lines.filter((line) => line.includes('could not be asked'))).toEqual([]);
  });
});

/** Several instances share a server; a file is for one, since its lock is held as long as its holder is busy. */
describePostgres('a token that is used at two processes in a burst', (url) => {
  let fresh: FreshStore;
  beforeEach(async () => {
    fresh = await freshDatabase(url());
  });
  afterEach(() => fresh.remove());

  it('never passes twice where some hundred come at once: who cannot be told in time is not let in', async () => {
    await startBoth(fresh.place);
    await Promise.all([0, 1].map(async (replica) => send(replica, await goodToken())));
    const tokens = await Promise.all(Array.from({ length: 300 }, goodToken));
    const answers = await Promise.all(
      tokens.map((token) => Promise.all([0, 1].map((replica) => send(replica, token)))),
    );
    const twice = answers.filter((both) => both.every(({ status }) => status === 200));
    const passed = answers.filter((both) => both.some(({ status }) => status === 200));
    process.stdout.write(
      `\n300 tokens at two processes at once: ${passed.length} passed once, ${twice.length} twice\n`,
    );
    expect(twice).toEqual([]);
    expect(answers.flatMap(statuses).filter((status) => ![200, 401, 503].includes(status))).toEqual([]);
    expect(passed.length).toBeGreaterThan(0);
    expect(lines.filter((line) => line.includes('could not be asked'))).toEqual([]);
  });
});

describe('two processes whose store is down', () => {
  it('answer with cards; each knows what it has seen itself, says so in the log, and is not ready', async () => {
    await startBoth({ databaseUrl: 'postgresql://nobody@127.0.0.1:1/nothing' });
    const token = await goodToken();
    const started = performance.now();
    expect(statuses(await Promise.all([send(0, token), send(0, token)]))).toEqual([200, 401]);
    expect(performance.now() - started).toBeLessThan(5000);
    // The replay that passes: at a replica that has not seen the token, while nobody can be asked.
    expect(statuses(await Promise.all([send(1, token), send(1, token)]))).toEqual([200, 401]);
    expect(lines.join('\n')).toContain('the store could not be asked whether a token was used before');
    for (const replica of replicas) expect((await replica.get('/ready')).status).toBe(503);
  });
});

describePostgres('two processes whose store goes and comes back', (url) => {
  let fresh: FreshStore;
  let proxy: Awaited<ReturnType<typeof tcpProxy>>;
  let place: StorePlace;
  beforeEach(async () => {
    fresh = await freshDatabase(url());
    const own = new URL(String(fresh.place.databaseUrl));
    proxy = await tcpProxy({ host: own.hostname, port: Number(own.port) });
    own.port = String(proxy.port);
    place = { databaseUrl: own.href };
  });
  afterEach(async () => {
    await proxy.stop();
    await fresh.remove();
  });

  it('refuse what they have used before, during and after', async () => {
    await startBoth(place);
    const [before, during, after] = [await goodToken(), await goodToken(), await goodToken()];
    expect((await send(0, before)).status).toBe(200);
    proxy.fallSilent();
    expect((await send(0, before)).status).toBe(401);
    const started = performance.now();
    expect((await send(0, during)).status).toBe(200);
    expect(performance.now() - started).toBeLessThan(2500);
    expect((await send(0, during)).status).toBe(401);
    proxy.speakAgain();
    for (let attempt = 0; attempt < 100 && (await ready()) === false; attempt += 1)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await ready()).toBe(true);
    expect([(await send(0, during)).status, (await send(0, before)).status, (await send(1, before)).status]).toEqual([
      401, 401, 401,
    ]);
    expect((await send(1, after)).status).toBe(200);
    expect((await send(0, after)).status).toBe(401);
  });

  const ready = async () => {
    const answers = await Promise.all(replicas.map((replica) => replica.get('/ready')));
    return answers.every(({ status }) => status === 200);
  };
});
