import { copyFileSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Database } from '../../src/store/database.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { insertShownCards } from '../../src/store/shown-cards.ts';
import { freshFolder, shownCard } from '../support/stores.ts';

/** Counts for about half a second. */
const long = sql<{ readonly last: number }>`
  WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 2000000)
  SELECT max(n) AS last FROM numbers`;

describe('SQLite', () => {
  let dataDir: string;
  let remove: () => Promise<void>;
  let database: Database;
  beforeEach(async () => {
    const fresh = await freshFolder();
    ({ dataDir } = fresh.place);
    remove = fresh.remove;
    database = openDatabase({ dataDir }, 20_000);
  });
  afterEach(async () => {
    await database.close();
    await remove();
  });

  it.each([
    ['journal_mode', 'wal'],
    ['synchronous', 2],
    ['foreign_keys', 1],
    ['secure_delete', 1],
  ])('has %s = %s, so that what is committed is on the disk', async (name, value) => {
    const { rows } = await database.read((tables) => sql.raw(`PRAGMA ${name}`).execute(tables));
    expect(rows).toEqual([{ [name]: value }]);
  });

  it('lets the process go on while it works', async () => {
    await database.read(async () => {});
    let ticks = 0;
    const timer = setInterval(() => {
      ticks += 1;
    }, 10);
    const started = performance.now();
    await database.write((tables) => long.execute(tables));
    const took = performance.now() - started;
    clearInterval(timer);
    expect(took).toBeGreaterThan(100);
    expect(ticks).toBeGreaterThan(0);
  });

  it('lets the process go on while it waits for the lock of another, and then writes', async () => {
    const other = openDatabase({ dataDir }, 20_000);
    await database.read(async () => {});
    let ticks = 0;
    const timer = setInterval(() => {
      ticks += 1;
    }, 10);
    let unlock = () => {};
    const locked = other.write(
      () =>
        new Promise<void>((resolve) => {
          unlock = resolve;
        }),
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    const written = database.write((tables) => insertShownCards(tables, [shownCard()]));
    await new Promise((resolve) => setTimeout(resolve, 300));
    unlock();
    await Promise.all([locked, written]);
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(10);
    await other.close();
  });

  it('is read while somebody writes', async () => {
    const other = openDatabase({ dataDir }, 20_000);
    await other.read(async () => {});
    await database.write(async () => {
      expect(await other.read((tables) => tables.selectFrom('shown_card').selectAll().execute())).toEqual([]);
    });
    await other.close();
  });

  it('has files that only the owner can read', async () => {
    const folder = join(dataDir, 'made', 'for it');
    const own = openDatabase({ dataDir: folder });
    await own.write((tables) => insertShownCards(tables, [shownCard()]));
    for (const name of ['store.db', 'store.db-wal', 'store.db-shm'])
      expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
    expect(statSync(folder).mode & 0o077).toBe(0);
    await own.close();
  });

  it('has everything in one file once it is closed, so that this file is a backup', async () => {
    await database.write((tables) => insertShownCards(tables, [shownCard()]));
    await database.close();
    const copy = join(dataDir, 'copy');
    mkdirSync(copy);
    copyFileSync(join(dataDir, 'store.db'), join(copy, 'store.db'));
    const restored = openDatabase({ dataDir: copy });
    expect(await restored.read((tables) => tables.selectFrom('shown_card').selectAll().execute())).toHaveLength(1);
    await restored.close();
  });

  it.each([
    ['with its folder', (folder: string) => rmSync(folder, { recursive: true })],
    [
      'replaced by another',
      (folder: string) => {
        renameSync(join(folder, 'store.db'), join(folder, 'store.db.old'));
        writeFileSync(join(folder, 'store.db'), '');
      },
    ],
  ])(
    'is never written where nobody would find it: once the file is gone, %s, writes fail and the next ones make a new one',
    async (_, takeAway) => {
      const folder = join(dataDir, 'gone');
      const own = openDatabase({ dataDir: folder });
      const keep = () => own.write((tables) => insertShownCards(tables, [shownCard()]));
      await keep();
      takeAway(folder);
      const [first, second] = await Promise.allSettled([keep(), keep()]);
      expect([first.status, second.status]).toContain('rejected');
      await keep();
      const other = openDatabase({ dataDir: folder });
      const found = await other.read((tables) => tables.selectFrom('shown_card').selectAll().execute());
      const acknowledged = [first, second].filter(({ status }) => status === 'fulfilled').length;
      expect(found).toHaveLength(acknowledged + 1);
      await Promise.all([own.close(), other.close()]);
    },
  );

  it('does not acknowledge a write during which its file was deleted', async () => {
    const folder = join(dataDir, 'gone');
    const own = openDatabase({ dataDir: folder });
    const during = own.write(async (tables) => {
      await insertShownCards(tables, [shownCard()]);
      rmSync(folder, { recursive: true });
    });
    await expect(during).rejects.toMatchObject({ reason: 'SQLITE_FILE_GONE' });
    await own.write((tables) => insertShownCards(tables, [shownCard()]));
    expect(await own.read((tables) => tables.selectFrom('shown_card').selectAll().execute())).toHaveLength(1);
    await own.close();
  });

  it('is used in a folder that is there', async () => {
    const folder = join(dataDir, 'there');
    mkdirSync(folder);
    const own = openDatabase({ dataDir: folder });
    expect(await own.read((tables) => tables.selectFrom('shown_card').selectAll().execute())).toEqual([]);
    await own.close();
  });
});
