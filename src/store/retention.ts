import type { Logger } from 'pino';
import type { Database } from './database.ts';
import { purge } from './purge.ts';
import { storeErrorOf } from './store-error.ts';

/** How long cards and feedback are kept: a year and the month to compare it with. */
export const retentionDays = 400;

const dayMs = 86_400_000;
const hourMs = 3_600_000;

export function retentionLimit(now: Date): Date {
  return new Date(now.getTime() - retentionDays * dayMs);
}

/** Purges what is older, now and every hour: little at a time. @returns how to stop it */
export function startRetention(database: Database, logger: Logger, now: () => Date): () => void {
  const purgeOld = async () => {
    try {
      const purged = await purge(database, retentionLimit(now()));
      if (purged.cards + purged.feedback > 0) logger.info({ ...purged, days: retentionDays }, 'old records purged');
    } catch (error) {
      logger.warn({ reason: storeErrorOf(error).reason }, 'old records could not be purged');
    }
  };
  void purgeOld();
  const timer = setInterval(() => void purgeOld(), hourMs);
  timer.unref();
  return () => clearInterval(timer);
}
