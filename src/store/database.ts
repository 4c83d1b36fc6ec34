import { setTimeout } from 'node:timers/promises';
import { type Dialect, Kysely, Migrator } from 'kysely';
import { migrationProvider } from './migrations.ts';
import type { Schema } from './schema.ts';
import { fileGone, isBusy } from './sqlite-dialect.ts';
import { StoreError, storeErrorOf } from './store-error.ts';

/** The tables, within a transaction or without. */
export type Tables = Kysely<Schema>;

export type DatabaseKind = 'memory' | 'sqlite' | 'postgresql';

/**
 * A database that may come and go. It is opened, and its tables are made, at the first use and again after it was lost;
 * whoever uses it waits for a bounded time.
 */
export interface Database {
  readonly kind: DatabaseKind;
  /** Runs the work in one transaction, which is durable once this resolves. @throws StoreError */
  write<T>(work: (tables: Tables) => Promise<T>): Promise<T>;
  /**
   * As `write`, for work of one statement. A server ends it by itself: nobody waits for its rows until this process,
   * which may be busy, says so. @throws StoreError
   */
  writeAtOnce<T>(work: (tables: Tables) => Promise<T>): Promise<T>;
  /** @throws StoreError */
  read<T>(work: (tables: Tables) => Promise<T>): Promise<T>;
  /** Waits for what is under way. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly kind: DatabaseKind;
  /** How long anybody waits. Work that is late is given up; it may still be done. */
  readonly patienceMs: number;
  connect(): Dialect;
}

export function createDatabase({ kind, patienceMs, connect }: DatabaseOptions): Database {
  let opened: Promise<Tables> | undefined;
  let closed: Promise<unknown> = Promise.resolve();

  const tables = () => {
    opened ??= closed
      .then(() => openTables(connect, patienceMs))
      .catch((error: unknown) => {
        opened = undefined;
        throw error;
      });
    return opened;
  };

  const abandon = (lost: Promise<Tables>) => {
    if (opened === lost) opened = undefined;
    return lost.then((one) => one.destroy()).catch(() => {});
  };

  const attempt = async <T>(work: (tables: Tables) => Promise<T>): Promise<T> => {
    const used = tables();
    try {
      return await within(
        patienceMs,
        used.then((one) => work(one)),
      );
    } catch (error) {
      const failure = storeErrorOf(error);
      // A server may be gone without a word: connections that are late are not used again, and not waited for.
      if (kind === 'postgresql' && failure.reason === 'late') void abandon(used);
      // SQLite, when it closes a file, deletes what is beside it by name: no other may be open by then.
      if (failure.reason === fileGone) closed = Promise.all([closed, abandon(used)]);
      throw failure;
    }
  };

  const write: Database['write'] = (work) => attempt((one) => one.transaction().execute(work));
  return {
    kind,
    write,
    // A file needs the transaction to wait for its lock.
    writeAtOnce: kind === 'postgresql' ? attempt : write,
    read: attempt,
    async close() {
      const last = opened;
      opened = undefined;
      await last?.then((one) => one.destroy()).catch(() => {});
    },
  };
}

/** Several may do so at once: one makes the tables, the others wait. */
async function openTables(connect: () => Dialect, patienceMs: number): Promise<Tables> {
  const giveUp = performance.now() + patienceMs;
  for (;;) {
    const tables = new Kysely<Schema>({ dialect: connect() });
    const { error } = await new Migrator({ db: tables, provider: migrationProvider }).migrateToLatest();
    if (error === undefined) return tables;
    await tables.destroy();
    if (!isBusy(error) || performance.now() > giveUp) throw error;
    await setTimeout(20);
  }
}

/** @throws StoreError `late`. The work goes on; nobody hears of it any more. */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const answered = new AbortController();
  const late = setTimeout(ms, undefined, { signal: answered.signal }).then(
    () => Promise.reject(new StoreError('late')),
    () => new Promise<never>(() => {}),
  );
  try {
    return await Promise.race([work, late]);
  } finally {
    answered.abort();
  }
}
