import { parseArgs } from 'node:util';
import { readConfig } from './config.ts';
import { openExistingDatabase } from './store/open-database.ts';
import { purge } from './store/purge.ts';
import { retentionLimit } from './store/retention.ts';

/** `npm run purge-store [-- --before 2026-01-01]`: removes older cards and feedback; what is kept too long if no day is given. */

const longMs = 600_000;

try {
  const { values } = parseArgs({ options: { before: { type: 'string' } } });
  const before = values.before === undefined ? retentionLimit(new Date()) : dayOf(values.before);
  const database = openExistingDatabase(readConfig(), longMs);
  const { cards, feedback } = await purge(database, before);
  await database.close();
  process.stdout.write(
    `Removed what was before ${before.toISOString()}: ${cards} cards, ${feedback} events of feedback\n`,
  );
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

function dayOf(text: string): Date {
  const day = new Date(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : Number.NaN);
  if (Number.isNaN(day.getTime())) throw new Error(`${text} is no day: 2026-01-31`);
  return day;
}
