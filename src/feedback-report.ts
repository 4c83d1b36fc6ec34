import { parseArgs } from 'node:util';
import { readConfig } from './config.ts';
import { formatCsv, formatReport, reportLines } from './feedback/report.ts';
import { openExistingDatabase } from './store/open-database.ts';
import { countOutcomes, countUnknown } from './store/outcomes.ts';

/** `npm run feedback-report [-- --from 2026-01 --to 2026-12 --csv]`: what became of the cards, by rule and month. */

const longMs = 120_000;

try {
  const month = /^\d{4}-(?:0[1-9]|1[0-2])$/;
  const { values } = parseArgs({
    options: { from: { type: 'string' }, to: { type: 'string' }, csv: { type: 'boolean', default: false } },
  });
  const { from, to, csv } = values;
  for (const one of [from, to])
    if (one !== undefined && !month.test(one)) throw new Error(`${one} is no month: 2026-11`);
  const database = openExistingDatabase(readConfig(), longMs);
  const period = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  const counts = await database.read((tables) => countOutcomes(tables, period));
  const unknown = await database.read(countUnknown);
  await database.close();
  process.stdout.write(csv ? formatCsv(counts) : formatReport(reportLines(counts), unknown));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
