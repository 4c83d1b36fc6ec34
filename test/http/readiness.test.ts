import { pino } from 'pino';
import request from 'supertest';
import { openDatabase } from '../../src/store/open-database.ts';
import { createSqlStore } from '../../src/store/sql-store.ts';
import type { Store } from '../../src/store/store.ts';
import { testApp } from '../support/app.ts';

const storeThat = (isAvailable: Store['isAvailable']): Store => ({
  cardsShown: () => {},
  keepFeedback: async () => ({ repeated: 0, unknown: 0 }),
  isAvailable,
});
const about = { module: 'hcc-tace-systemic' };

describe('GET /ready', () => {
  it('is 200 when everything works', async () => {
    const { status, body } = await request(testApp()).get('/ready');
    expect([status, body]).toEqual([200, { status: 'ok', ...about, parts: { store: 'ok' } }]);
  });

  it('is 503 and names the part that does not; GET /health is 200 all the while', async () => {
    const app = testApp({ store: storeThat(async () => false) });
    const { status, body } = await request(app).get('/ready');
    expect([status, body]).toEqual([503, { status: 'unavailable', ...about, parts: { store: 'unavailable' } }]);
    const health = await request(app).get('/health');
    expect([health.status, health.body]).toEqual([200, { status: 'ok' }]);
  });

  it('is 503 while the process stops', async () => {
    const { status, body } = await request(testApp({ isStopping: () => true })).get('/ready');
    expect([status, body]).toEqual([503, { status: 'stopping', ...about, parts: { store: 'ok' } }]);
  });

  it('writes to the store once, however many ask', async () => {
    const database = openDatabase({});
    let writes = 0;
    const counted: typeof database = {
      ...database,
      write: (work) => {
        writes += 1;
        return database.write(work);
      },
    };
    const app = testApp({ store: createSqlStore(counted, pino({ level: 'silent' }), () => new Date()) });
    const answers = await Promise.all(Array.from({ length: 20 }, () => request(app).get('/ready')));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect((await request(app).get('/ready')).status).toBe(200);
    expect(writes).toBe(1);
  });

  it('does not wait for a store that does not answer', async () => {
    const silent = { kind: 'postgresql', write: () => new Promise<never>(() => {}) } as const;
    const database = { ...openDatabase({}), ...silent };
    const app = testApp({ store: createSqlStore(database, pino({ level: 'silent' }), () => new Date()) });
    const started = performance.now();
    expect((await request(app).get('/ready')).status).toBe(503);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
