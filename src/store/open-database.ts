import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { type Dialect, PostgresDialect } from 'kysely';
import pg from 'pg';
import { createDatabase, type Database } from './database.ts';
import { sqliteDialect } from './sqlite-dialect.ts';

/** Where things are kept: on a PostgreSQL server, else in a file of the data directory, else in memory. */
export interface StorePlace {
  readonly databaseUrl?: string;
  readonly dataDir?: string;
}

const storeFile = 'store.db';

/** Long enough for a loaded server, short enough for a client that waits for the answer to its feedback. */
const patience = 2000;

/** Connects at the first use: a store that is down does not keep the service from starting. */
export function openDatabase({ databaseUrl, dataDir }: StorePlace, patienceMs = patience): Database {
  if (databaseUrl !== undefined) {
    return createDatabase({ kind: 'postgresql', patienceMs, connect: () => postgres(databaseUrl, patienceMs) });
  }
  // A lock that another process holds is reported before patience is lost.
  const busyMs = Math.round(patienceMs * 0.75);
  if (dataDir === undefined) {
    return createDatabase({ kind: 'memory', patienceMs, connect: () => sqliteDialect({ busyMs }) });
  }
  return createDatabase({
    kind: 'sqlite',
    patienceMs,
    connect: () => sqliteDialect({ file: ownFile(dataDir), busyMs }),
  });
}

/** For commands, which look at what the service has kept. @throws Error when there can be nothing */
export function openExistingDatabase(place: StorePlace, patienceMs: number): Database {
  const { databaseUrl, dataDir } = place;
  if (databaseUrl === undefined && dataDir === undefined) {
    throw new Error('Nothing is kept. Set DATA_DIR or DATABASE_URL as the service has them.');
  }
  if (databaseUrl === undefined && !existsSync(join(dataDir ?? '', storeFile))) {
    throw new Error(`There is no ${storeFile} in ${dataDir}. Set DATA_DIR as the service has it.`);
  }
  return openDatabase(place, patienceMs);
}

/** For our own eyes; SQLite gives the files beside it the same mode. */
function ownFile(dataDir: string): string {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, storeFile);
  closeSync(openSync(file, 'a', 0o600));
  return file;
}

function postgres(connectionString: string, patienceMs: number): Dialect {
  const pool = new pg.Pool({
    connectionString,
    max: 10,
    connectionTimeoutMillis: patienceMs,
    query_timeout: patienceMs,
    keepAlive: true,
    allowExitOnIdle: true,
    application_name: 'hcc-cds',
  });
  // A connection that breaks while nobody waits for it is an event, and without a listener the end of the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => void client.on('error', () => {}));
  return new PostgresDialect({ pool });
}
