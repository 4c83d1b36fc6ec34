import type { Logger } from 'pino';
import { storeErrorOf } from './store-error.ts';

/** Writes things soon, one batch after the other, without ever holding up whoever hands them in. */
export interface WriteBehind<T> {
  /** Returns at once and never fails. */
  add(items: readonly T[]): void;
  /** Resolves when everything is written, or when that cannot be done now. */
  settled(): Promise<void>;
  /** The store was seen to work: try again at once. */
  wake(): void;
  /** How many things are not written yet. */
  count(): number;
}

export interface WriteBehindOptions<T> {
  readonly logger: Logger;
  readonly write: (items: readonly T[]) => Promise<unknown>;
  /** What waits at most while the store is down; of more than that the oldest are lost. */
  readonly mostWaiting?: number;
}

const mostAtOnce = 200;
const firstPauseMs = 1000;
const longestPauseMs = 30_000;

export function createWriteBehind<T>({ logger, write, mostWaiting = 5000 }: WriteBehindOptions<T>): WriteBehind<T> {
  let waiting: readonly T[] = [];
  let underWay = 0;
  let running: Promise<void> | undefined;
  let pause: NodeJS.Timeout | undefined;
  let failures = 0;
  let lost = 0;

  const keep = (items: readonly T[]) => {
    lost += Math.max(0, items.length - mostWaiting);
    waiting = items.slice(-mostWaiting);
  };

  const failed = (batch: readonly T[], error: unknown) => {
    const { reason, isFinal } = storeErrorOf(error);
    if (isFinal) {
      lost += batch.length;
      logger.error({ reason, lost: batch.length }, 'the store refuses records');
      return;
    }
    keep([...batch, ...waiting]);
    failures += 1;
    if (failures === 1) logger.warn({ reason }, 'the store cannot be used; calls are answered, records wait');
    pause = setTimeout(start, Math.min(firstPauseMs * 2 ** (failures - 1), longestPauseMs));
    pause.unref();
  };

  const drain = async () => {
    // The answer that these records are about goes first.
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0 && pause === undefined) {
      const batch = waiting.slice(0, mostAtOnce);
      waiting = waiting.slice(mostAtOnce);
      underWay = batch.length;
      try {
        await write(batch);
      } catch (error) {
        failed(batch, error);
        continue;
      } finally {
        underWay = 0;
      }
      if (failures > 0) logger.info({ waiting: waiting.length, lost }, 'the store can be used again');
      failures = 0;
      lost = 0;
    }
    running = undefined;
  };

  function start(): void {
    clearTimeout(pause);
    pause = undefined;
    if (waiting.length > 0) running ??= drain();
  }

  return {
    add(items) {
      keep([...waiting, ...items]);
      if (pause === undefined) start();
    },
    async settled() {
      await running;
    },
    wake() {
      if (pause !== undefined) start();
    },
    count: () => waiting.length + underWay,
  };
}
