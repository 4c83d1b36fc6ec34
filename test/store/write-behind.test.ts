import { pino } from 'pino';
import { StoreError } from '../../src/store/store-error.ts';
import { createWriteBehind } from '../../src/store/write-behind.ts';

const tick = () =>
  new Promise((resolve) => jest.requireActual<typeof import('node:timers')>('node:timers').setImmediate(resolve));
const ticks = async (count = 5) => {
  for (let done = 0; done < count; done += 1) await tick();
};

/** A queue over a store that can be switched off, on a clock that is moved by hand. */
function queue({ mostWaiting }: { readonly mostWaiting?: number } = {}) {
  const lines: Record<string, unknown>[] = [];
  const logger = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const batches: number[][] = [];
  const fault: { error?: Error; attempts: number } = { attempts: 0 };
  const behind = createWriteBehind<number>({
    logger,
    write: async (items) => {
      fault.attempts += 1;
      if (fault.error) throw fault.error;
      batches.push([...items]);
    },
    ...(mostWaiting === undefined ? {} : { mostWaiting }),
  });
  return { behind, batches, fault, lines, written: () => batches.flat() };
}

describe('records that are written soon', () => {
  beforeEach(() => void jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'performance'] }));
  afterEach(() => void jest.useRealTimers());

  it('are handed in without a wait, and written in their order', async () => {
    const { behind, written } = queue();
    behind.add([1, 2]);
    behind.add([3]);
    expect(written()).toEqual([]);
    await behind.settled();
    expect(written()).toEqual([1, 2, 3]);
    expect(behind.count()).toBe(0);
  });

  it('are written in batches', async () => {
    const { behind, batches } = queue();
    behind.add(Array.from({ length: 450 }, (_, index) => index));
    await behind.settled();
    expect(batches.map((batch) => batch.length)).toEqual([200, 200, 50]);
  });

  it('wait while the store is down, are tried again at growing distances, and come in their order', async () => {
    const { behind, fault, written } = queue();
    fault.error = new StoreError('ECONNREFUSED');
    behind.add([1]);
    await behind.settled();
    behind.add([2]);
    await ticks();
    expect([fault.attempts, behind.count()]).toEqual([1, 2]);
    for (const [seconds, attempts] of [
      [1, 2],
      [2, 3],
      [4, 4],
      [8, 5],
      [16, 6],
      [30, 7],
      [30, 8],
    ] as const) {
      jest.advanceTimersByTime(seconds * 1000 - 1);
      await ticks();
      expect(fault.attempts).toBe(attempts - 1);
      jest.advanceTimersByTime(1);
      await ticks();
      expect(fault.attempts).toBe(attempts);
    }
    delete fault.error;
    jest.advanceTimersByTime(30_000);
    await ticks();
    expect(written()).toEqual([1, 2]);
  });

  it('are tried at once when the store was seen to work', async () => {
    const { behind, fault, written } = queue();
    fault.error = new StoreError('late');
    behind.add([1]);
    await behind.settled();
    delete fault.error;
    behind.wake();
    await behind.settled();
    expect(written()).toEqual([1]);
    behind.add([2]);
    await behind.settled();
    expect(written()).toEqual([1, 2]);
  });

  it('lose the oldest when too many wait', async () => {
    const { behind, fault, lines, written } = queue({ mostWaiting: 3 });
    fault.error = new StoreError('late');
    behind.add([1, 2]);
    await behind.settled();
    behind.add([3, 4, 5]);
    expect(behind.count()).toBe(3);
    delete fault.error;
    behind.wake();
    await behind.settled();
    expect(written()).toEqual([3, 4, 5]);
    expect(lines.at(-1)).toMatchObject({ msg: 'the store can be used again', lost: 2 });
  });

  it('are given up when the database is there and refuses them, so that they do not stop the others', async () => {
    const { behind, fault, lines, written } = queue();
    fault.error = new StoreError('23505');
    behind.add([1]);
    await behind.settled();
    delete fault.error;
    behind.add([2]);
    await behind.settled();
    expect(written()).toEqual([2]);
    expect(lines).toEqual([expect.objectContaining({ level: 50, reason: '23505', lost: 1 })]);
  });

  it('are spoken of in the log once when the store goes, and once when it is back', async () => {
    const { behind, fault, lines } = queue();
    fault.error = new StoreError('ECONNREFUSED');
    behind.add([1]);
    await behind.settled();
    jest.advanceTimersByTime(1000);
    await ticks();
    jest.advanceTimersByTime(2000);
    await ticks();
    delete fault.error;
    behind.wake();
    await behind.settled();
    expect(lines.map(({ level, reason, msg }) => [level, reason, msg])).toEqual([
      [40, 'ECONNREFUSED', 'the store cannot be used; calls are answered, records wait'],
      [30, undefined, 'the store can be used again'],
    ]);
  });
});
