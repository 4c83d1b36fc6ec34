import { stat } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import Sqlite from 'libsql/promise';

/** Where the database is; in memory when there is no file. */
export interface SqliteOptions {
  readonly file?: string;
  /** How long a write waits for another process that is writing. */
  readonly busyMs: number;
}

/**
 * SQLite by libsql's promise interface. Kysely's own dialect calls a synchronous driver, and a disk that hangs, or a
 * lock, would then hold up every answer of the process. Here statements, commits and waiting run on other threads.
 */
export function sqliteDialect(options: SqliteOptions): Dialect {
  return {
    createAdapter: () => new TransactionalAdapter(),
    createDriver: () => new LibsqlDriver(options),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

/** SQLite can undo DDL. Said so, a migration takes the write lock and is done by one process only. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** One connection, one user at a time. */
class LibsqlDriver implements Driver {
  readonly #options: SqliteOptions;
  #connection: LibsqlConnection | undefined;
  #lastUser: Promise<void> = Promise.resolve();
  #release = () => {};

  constructor(options: SqliteOptions) {
    this.#options = options;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.#lastUser;
    let release = () => {};
    this.#lastUser = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    try {
      this.#connection ??= await LibsqlConnection.open(this.#options);
      await this.#connection.requireFile();
    } catch (error) {
      release();
      throw error;
    }
    this.#release = release;
    return this.#connection;
  }

  async releaseConnection(): Promise<void> {
    if (this.#connection?.isBroken) this.#close();
    this.#release();
  }

  async beginTransaction(): Promise<void> {
    await this.#connection?.begin();
  }

  async commitTransaction(): Promise<void> {
    await this.#connection?.commit();
    await this.#connection?.requireFile();
  }

  async rollbackTransaction(): Promise<void> {
    await this.#connection?.rollback();
  }

  async destroy(): Promise<void> {
    await this.#lastUser;
    await this.#connection?.checkpoint();
    this.#close();
  }

  #close(): void {
    this.#connection?.close();
    this.#connection = undefined;
  }
}

class LibsqlConnection implements DatabaseConnection {
  readonly #database: Sqlite;
  readonly #options: SqliteOptions;
  readonly #fileId: string | undefined;
  #lost = false;
  #isOpen = false;

  private constructor(database: Sqlite, options: SqliteOptions, fileId: string | undefined) {
    this.#database = database;
    this.#options = options;
    this.#fileId = fileId;
  }

  /**
   * WAL, so that a report does not wait for a write nor a write for a report. `synchronous=FULL`: a commit has reached
   * the disk when it returns, so what was acknowledged survives a crash of the process and of the machine.
   * `secure_delete`: what was purged is overwritten.
   */
  static async open(options: SqliteOptions): Promise<LibsqlConnection> {
    const { file } = options;
    const database = new Sqlite(file ?? ':memory:', { timeout: 0 });
    try {
      const mode = file === undefined ? '' : 'PRAGMA journal_mode = WAL;';
      await database.exec(`${mode} PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;`);
      return new LibsqlConnection(database, options, await fileIdOf(file));
    } catch (error) {
      database.close();
      throw error;
    }
  }

  /**
   * What is written into a file that was deleted, or moved away, succeeds and is lost.
   *
   * @throws Error with the code SQLITE_FILE_GONE; then this connection is of no use any more
   */
  async requireFile(): Promise<void> {
    const { file } = this.#options;
    if ((await fileIdOf(file)) === this.#fileId) return;
    throw Object.assign(new Error('The file is gone'), { code: fileGone });
  }

  /** True when the connection cannot be trusted any more. What is in memory cannot be opened again. */
  get isBroken(): boolean {
    return this.#lost && this.#options.file !== undefined;
  }

  /** `all` and not `run`: the promise interface runs the latter on the calling thread. */
  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const statement = await this.#database.prepare(sql);
    return { rows: await statement.all(parameters) };
  }

  // biome-ignore lint/correctness/useYield: nothing is streamed.
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Streaming is not supported');
  }

  /**
   * The write lock at once: a transaction that reads first could not get it later. Waiting is done here; SQLite's own
   * would keep one of libsql's few threads, on which the holder of the lock may have to run.
   */
  async begin(): Promise<void> {
    const giveUp = performance.now() + this.#options.busyMs;
    for (;;) {
      try {
        await this.#database.exec('BEGIN IMMEDIATE');
        this.#isOpen = true;
        return;
      } catch (error) {
        if (!isBusy(error) || performance.now() > giveUp) throw error;
        await setTimeout(1 + Math.random() * 9);
      }
    }
  }

  async commit(): Promise<void> {
    await this.#database.exec('COMMIT');
    this.#isOpen = false;
  }

  async rollback(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    await this.#database.exec('ROLLBACK').catch((error: unknown) => {
      this.#lost = true;
      throw error;
    });
  }

  /** Moves everything into the one file, so that whoever copies it after a stop has everything. */
  async checkpoint(): Promise<void> {
    await this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)').catch(() => {});
  }

  close(): void {
    this.#database.close();
  }
}

/** The code of the fault that the file is no longer where it was opened. */
export const fileGone = 'SQLITE_FILE_GONE';

/** Which file it is, whatever it is called; undefined when there is none. */
async function fileIdOf(file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined;
  return stat(file).then(
    ({ dev, ino }) => `${dev}:${ino}`,
    () => undefined,
  );
}

/** Somebody else is writing. */
export function isBusy(error: unknown): boolean {
  return /^SQLITE_(?:BUSY|LOCKED)/.test(String((error as { readonly code?: unknown } | undefined)?.code));
}
