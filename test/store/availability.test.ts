import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'libsql/promise';
import pg from 'pg';
import { pino } from 'pino';
import request from 'supertest';
import { openDatabase, type StorePlace } from '../../src/store/open-database.ts';
import { createSqlStore } from '../../src/store/sql-store.ts';
import { call, send, without } from '../http/requests.ts';
import { testApp } from '../support/app.ts';
import { describePostgres, type FreshStore, freshDatabase, freshFolder } from '../support/stores.ts';
import { tcpProxy } from '../support/tcp-proxy.ts';

/** Short, so that the tests are; the service has two seconds. */
const patienceMs = 400;
/** A call that is answered with one card. */
const withCard = call({ prefetch: { ...without('labs'), labs: null } });

function service(place: StorePlace) {
  const lines: string[] = [];
  const logger = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
  const database = openDatabase(place, patienceMs);
  const store = createSqlStore(database, logger, () => new Date());
  const app = testApp({ store, logger, patientHash: () => 'hash', newId: () => crypto.randomUUID() });
  const ready = async () => {
    const { status, body } = await request(app).get('/ready');
    return [status, body.status, body.parts];
  };
  const feedback = async () => {
    const item = { card: crypto.randomUUID(), outcome: 'overridden' };
    const response = await request(app)
      .post('/cds-services/hcc-order-sign/feedback')
      .send({ feedback: [item] });
    return response.status;
  };
  const shown = () => database.read((tables) => tables.selectFrom('shown_card').selectAll().execute());
  return { app, database, store, lines, ready, feedback, shown, stop: () => store.close(500) };
}

type Service = ReturnType<typeof service>;
const up = [200, 'ok', { store: 'ok' }];
const down = [503, 'unavailable', { store: 'unavailable' }];

/** Cards come as always, everything else says that the store is gone; nobody waits long. */
async function expectDown({ app, ready, feedback, lines }: Service): Promise<void> {
  const started = performance.now();
  const answer = await send(withCard, app);
  expect([answer.status, answer.body.cards.length]).toEqual([200, 1]);
  expect(performance.now() - started).toBeLessThan(1000);
  expect(await ready()).toEqual(down);
  expect((await request(app).get('/health')).status).toBe(200);
  expect(await feedback()).toBe(503);
  expect((await send(withCard, app)).body.cards).toHaveLength(1);
  expect(performance.now() - started).toBeLessThan(6000);
  expect(lines.join('')).toMatch(/the store cannot be used/);
  expect(lines.join('')).not.toMatch(/zq|postgresql:|store\.db/i);
}

/** Without a restart: ready again, feedback is kept, and the cards that were shown meanwhile are there. */
async function expectUp({ ready, feedback, shown }: Service, cards: number): Promise<void> {
  await until(async () => (await ready())[0] === 200);
  expect(await ready()).toEqual(up);
  expect(await feedback()).toBe(200);
  await until(async () => (await shown()).length === cards);
  expect(await shown()).toHaveLength(cards);
}

describe('the service on SQLite', () => {
  let fresh: Awaited<ReturnType<typeof freshFolder>>;
  let running: Service | undefined;
  beforeEach(async () => {
    fresh = await freshFolder();
  });
  afterEach(async () => {
    await running?.stop();
    await fresh.remove();
  });

  it('is ready when the store is', async () => {
    running = service(fresh.place);
    expect(await running.ready()).toEqual(up);
    expect(await running.ready()).toEqual(up);
  });

  it('answers while the data directory cannot be used, and keeps what it showed once it can', async () => {
    const dataDir = join(fresh.place.dataDir, 'data');
    writeFileSync(dataDir, 'a file where a folder should be');
    running = service({ dataDir });
    await expectDown(running);
    rmSync(dataDir);
    await expectUp(running, 2);
  });

  it('answers while the file is no database', async () => {
    writeFileSync(
      join(fresh.place.dataDir, 'store.db'),
      'no database, but long enough to be taken for one'.repeat(100),
    );
    running = service(fresh.place);
    await expectDown(running);
    rmSync(join(fresh.place.dataDir, 'store.db'));
    await expectUp(running, 2);
  });

  it('answers while another process holds the lock, and goes on when it lets go', async () => {
    running = service(fresh.place);
    expect(await running.ready()).toEqual(up);
    const other = new Sqlite(join(fresh.place.dataDir, 'store.db'), { timeout: 0 });
    await other.exec('BEGIN IMMEDIATE');
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await expectDown(running);
    await other.exec('COMMIT');
    other.close();
    await expectUp(running, 2);
  });
});

describePostgres('the service on PostgreSQL', (url) => {
  let fresh: FreshStore;
  let proxy: Awaited<ReturnType<typeof tcpProxy>>;
  let running: Service;
  beforeEach(async () => {
    fresh = await freshDatabase(url());
    const own = new URL(String(fresh.place.databaseUrl));
    proxy = await tcpProxy({ host: own.hostname, port: Number(own.port) });
    own.port = String(proxy.port);
    running = service({ databaseUrl: own.href });
  });
  afterEach(async () => {
    await running.stop();
    await proxy.stop();
    await fresh.remove();
  });

  it('is ready when the store is', async () => {
    await expectUp(running, 0);
  });

  it('starts and answers without a server, and makes its tables when there is one', async () => {
    await proxy.stop();
    await expectDown(running);
    await proxy.start();
    await expectUp(running, 2);
  });

  it('answers after the connections broke, and while none can be made', async () => {
    await expectUp(running, 0);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await proxy.stop();
    await expectDown(running);
    await proxy.start();
    await expectUp(running, 2);
  });

  it('answers while the server is silent', async () => {
    await expectUp(running, 0);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    proxy.fallSilent();
    await expectDown(running);
    proxy.speakAgain();
    await expectUp(running, 2);
  });

  it('answers while the server is silent from the start', async () => {
    proxy.fallSilent();
    await expectDown(running);
    proxy.speakAgain();
    await expectUp(running, 2);
  });

  it('does not use connections again that have become silent for ever, as behind a firewall', async () => {
    await expectUp(running, 0);
    proxy.loseConnections();
    expect(await running.feedback()).toBe(503);
    expect(await running.feedback()).toBe(200);
    await expectUp(running, 0);
  });

  it('outlives a connection that breaks in the middle of its work', async () => {
    const { database } = running;
    await database.read(async () => {});
    const work = database.write(async (tables) => {
      await tables.selectFrom('shown_card').selectAll().execute();
      await proxy.stop();
      await new Promise((resolve) => setTimeout(resolve, 50));
      await tables.selectFrom('shown_card').selectAll().execute();
    });
    await expect(work).rejects.toMatchObject({ code: 'ERR_STORE' });
    await proxy.start();
    await expectUp(running, 0);
  });

  it('does without connections that the server has ended', async () => {
    await Promise.all([running.feedback(), running.feedback(), running.feedback()]);
    const client = new pg.Client({ connectionString: fresh.place.databaseUrl ?? '' });
    await client.connect();
    await client.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    await client.end();
    await until(async () => (await running.feedback()) === 200);
    await expectUp(running, 0);
  });

  it('says so when the server can be read and not written', async () => {
    await expectUp(running, 0);
    const name = new URL(String(fresh.place.databaseUrl)).pathname.slice(1);
    const client = new pg.Client({ connectionString: url() });
    await client.connect();
    await client.query(`ALTER DATABASE ${name} SET default_transaction_read_only = on`);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await proxy.stop();
    await proxy.start();
    await expectDown(running);
    await client.query(`ALTER DATABASE ${name} SET default_transaction_read_only = off`);
    await client.end();
    await proxy.stop();
    await proxy.start();
    await expectUp(running, 2);
  });
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (await holds().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
