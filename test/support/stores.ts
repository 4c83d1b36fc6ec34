import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openDatabase, type StorePlace } from '../../src/store/open-database.ts';
import type { FeedbackEvent, ShownCard } from '../../src/store/store.ts';

/** An empty store of its own, and how to be rid of it. */
export interface FreshStore {
  readonly place: StorePlace;
  remove(): Promise<void>;
}

/** The server that Jest's global setup has started; none where none can run. */
const server = process.env.TEST_POSTGRES_URL;

const kinds: readonly (readonly [name: string, create: (() => Promise<FreshStore>) | undefined])[] = [
  ['SQLite in memory', async () => ({ place: {}, remove: async () => {} })],
  ['SQLite in a file', async () => freshFolder()],
  ['PostgreSQL', server === undefined ? undefined : () => freshDatabase(server)],
];

/** Runs the same tests on every store. */
export function describeStores(name: string, tests: (create: () => Promise<FreshStore>) => void): void {
  describeThose(name, kinds, tests);
}

/** On those that more than one process can use. */
export function describeSharedStores(name: string, tests: (create: () => Promise<FreshStore>) => void): void {
  describeThose(name, kinds.slice(1), tests);
}

/** For what only a server can do. */
export function describePostgres(name: string, tests: (url: () => string) => void): void {
  const describeOrSkip = server === undefined ? describe.skip : describe;
  describeOrSkip(name, () => tests(() => server ?? ''));
}

function describeThose(name: string, some: typeof kinds, tests: (create: () => Promise<FreshStore>) => void): void {
  for (const [kind, create] of some) {
    if (create) describe(`${name} (${kind})`, () => tests(create));
    else describe.skip(`${name} (${kind})`, () => tests(() => Promise.reject(new Error('there is no server'))));
  }
}

/** Opens a new store for each test, and removes it after the test. */
export function eachWithDatabase(create: () => Promise<FreshStore>) {
  let fresh: FreshStore;
  const open = new Set<ReturnType<typeof openDatabase>>();
  beforeEach(async () => {
    fresh = await create();
  });
  afterEach(async () => {
    await Promise.all([...open].map((database) => database.close()));
    open.clear();
    await fresh.remove();
  });
  return {
    place: () => fresh.place,
    /** Another connection to the same store each time; in memory another store. */
    database: (patienceMs?: number) => {
      const database = openDatabase(fresh.place, patienceMs);
      open.add(database);
      return database;
    },
  };
}

export async function freshFolder(): Promise<FreshStore & { readonly place: { readonly dataDir: string } }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'hcc-cds-store-'));
  return { place: { dataDir }, remove: async () => rmSync(dataDir, { recursive: true, force: true }) };
}

export async function freshDatabase(url: string): Promise<FreshStore> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const ask = async (sql: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  };
  await ask(`CREATE DATABASE ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  return { place: { databaseUrl: own.href }, remove: () => ask(`DROP DATABASE ${name} WITH (FORCE)`) };
}

/** A card as the service shows it; every one has uuids of its own. */
export function shownCard(more: Partial<ShownCard> = {}): ShownCard {
  return {
    uuid: randomUUID(),
    service: 'hcc-order-sign',
    hook: 'order-sign',
    hookInstance: '3b1f4a1e-5c0e-4d8e-9d51-0b7d6c3f2a10',
    topic: 'HCCSUITABILITY',
    indicator: 'warning',
    rules: [{ id: 'child-pugh-b8-tace', version: 1 }],
    suggestions: [{ uuid: randomUUID(), action: 'delete ServiceRequest' }],
    knowledge: 'k1',
    patient: '0123456789abcdef0123456789abcdef',
    shownAt: new Date('2026-11-05T12:00:00Z'),
    ...more,
  };
}

export function overridden(card: string, more: Partial<FeedbackEvent> = {}): FeedbackEvent {
  return {
    card,
    service: 'hcc-order-sign',
    outcome: 'overridden',
    acceptedSuggestions: [],
    commented: false,
    outcomeAt: new Date('2026-11-05T12:01:00Z'),
    ...more,
  };
}

export function accepted(card: string, suggestions: readonly string[], more: Partial<FeedbackEvent> = {}) {
  return overridden(card, { outcome: 'accepted', acceptedSuggestions: suggestions, ...more });
}
