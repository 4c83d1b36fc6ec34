import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import type { Card } from '../../src/cds-hooks/card.ts';
import { call, without } from '../http/requests.ts';
import { buildService } from '../support/built.ts';
import { type RunningService, startService, storeEnvironment } from '../support/running-service.ts';
import { describeSharedStores, eachWithDatabase } from '../support/stores.ts';

const service = '/cds-services/hcc-order-sign';
const feedbackOn = (cards: readonly string[]) => ({
  feedback: cards.map((card) => ({ card, outcome: 'overridden', outcomeTimestamp: '2026-11-05T12:00:00Z' })),
});
/** Answered with one card. */
const withCard = call({ prefetch: { ...without('labs'), labs: null } });

describeSharedStores('a process that is killed', (create) => {
  const { database, place } = eachWithDatabase(create);
  let running: RunningService | undefined;
  afterEach(() => running?.end('SIGKILL'));

  const kept = async (table: 'feedback' | 'shown_card') => {
    const rows = await database(10_000).read((tables) => tables.selectFrom(table).select('card').execute());
    return rows.map(({ card }) => card);
  };

  it('the moment it has acknowledged feedback, has kept it', async () => {
    const acknowledged: string[] = [];
    for (let round = 0; round < 2; round += 1) {
      running = await startService(place());
      const { child } = running;
      const cards = Array.from({ length: 20 }, () => randomUUID());
      const { status } = await running.post(`${service}/feedback`, feedbackOn(cards), () => child.kill('SIGKILL'));
      expect([status, await killed(running)]).toEqual([200, 'SIGKILL']);
      acknowledged.push(...cards);
      expect((await kept('feedback')).sort()).toEqual([...acknowledged].sort());
    }
  });

  it('while many send feedback, has kept what it has acknowledged', async () => {
    running = await startService(place());
    const { child, post } = running;
    const acknowledged: string[] = [];
    const sent = Array.from({ length: 200 }, async () => {
      const card = randomUUID();
      const { status } = await post(`${service}/feedback`, feedbackOn([card]), () => {
        acknowledged.push(card);
        if (acknowledged.length === 40) child.kill('SIGKILL');
      }).catch(() => ({ status: 0 }));
      return status;
    });
    const statuses = await Promise.all(sent);
    expect(await killed(running)).toBe('SIGKILL');
    expect(statuses.filter((status) => status === 0).length).toBeGreaterThan(0);
    const all = new Set(await kept('feedback'));
    expect(acknowledged.filter((card) => !all.has(card))).toEqual([]);
  });

  it('and started again, joins what was shown before with what is said now; a report tells it', async () => {
    running = await startService(place());
    const { text } = await running.post(service, withCard);
    const [card] = (JSON.parse(text) as { readonly cards: readonly Card[] }).cards;
    await running.post(`${service}/feedback`, feedbackOn([randomUUID()]));
    await running.end('SIGKILL');
    running = await startService(place());
    await running.post(`${service}/feedback`, feedbackOn([card?.uuid ?? '']));
    const env = { PATH: process.env.PATH, ...storeEnvironment(place()) };
    const report = spawnSync(process.execPath, ['dist/feedback-report.js'], { encoding: 'utf8', env });
    expect([report.status, report.stderr]).toEqual([0, '']);
    expect(report.stdout).toMatch(/gaps-laboratory@\d+ +1 +0 +1 +0 +100 %/);
    expect(report.stdout).toContain('Feedback on cards that are not known: 1.');
    const csv = spawnSync(process.execPath, ['dist/feedback-report.js', '--csv'], { encoding: 'utf8', env });
    expect(csv.stdout).toMatch(/^month,rule,.*\n\d{4}-\d{2},gaps-laboratory,\d+,overridden,,,1\n$/);
    const day = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    const purge = spawnSync(process.execPath, ['dist/purge-store.js', '--before', day], { encoding: 'utf8', env });
    expect(purge.stdout).toMatch(/: 1 cards, 2 events of feedback\n$/);
    expect(await kept('shown_card')).toEqual([]);
  });

  it('politely, writes the cards that it has just shown', async () => {
    running = await startService(place());
    const { child, post } = running;
    const answers = Array.from({ length: 20 }, () => post(service, withCard));
    const cards = (await Promise.all(answers)).flatMap(({ text }) => JSON.parse(text).cards as readonly Card[]);
    child.kill('SIGTERM');
    await running.end('SIGTERM');
    expect(child.exitCode).toBe(0);
    expect((await kept('shown_card')).sort()).toEqual(cards.map(({ uuid }) => uuid).sort());
  });
});

describe('a command without a store', () => {
  beforeAll(buildService);

  it.each([
    ['dist/feedback-report.js', {}, /Set DATA_DIR or DATABASE_URL/],
    ['dist/purge-store.js', {}, /Set DATA_DIR or DATABASE_URL/],
    ['dist/feedback-report.js', { DATA_DIR: '/nowhere' }, /no store\.db in \/nowhere/],
    ['dist/feedback-report.js', { DATABASE_URL: 'postgresql://u:zq-secret@127.0.0.1:1/x' }, /ECONNREFUSED/],
  ])('%s says so (%j)', (file, env, message) => {
    const { status, stderr, stdout } = spawnSync(process.execPath, [file], { encoding: 'utf8', env });
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/zq-secret|at .*\.js/);
  });
});

async function killed({ child, end }: RunningService): Promise<NodeJS.Signals | null> {
  await end('SIGKILL');
  return child.signalCode;
}
