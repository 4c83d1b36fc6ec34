import { pino } from 'pino';
import { countingIds, testApp } from '../support/app.ts';
import { call, send } from './requests.ts';

describe('a fault of ours', () => {
  const log: string[] = [];
  const logger = pino({ level: 'trace' }, { write: (line: string) => void log.push(line) });
  const newId = countingIds();
  const app = testApp({
    logger,
    newId,
    now: () => {
      throw new TypeError('cannot read Zqfamilyname of Patient/zq-patient-4711');
    },
  });

  beforeEach(() => log.splice(0));

  it('R7, R8: is a 500 with a correlation id, and nothing of the patient', async () => {
    const response = await send(call(), app);
    expect(response.status).toBe(500);
    expect(response.body.issue[0].code).toBe('exception');
    expect(response.text).toMatch(/00000000-0000-4000-8000-\d{12}/);
    expect(response.text).not.toMatch(/zq|TypeError|\.ts/i);
  });

  it('is found in the log under that id, without the message, which may quote the record', async () => {
    const response = await send(call(), app);
    const [id] = /00000000-0000-4000-8000-\d{12}/.exec(response.text) ?? [];
    const lines = log.filter((line) => line.includes(String(id)));
    expect(lines).toHaveLength(1);
    expect(JSON.parse(String(lines[0]))).toMatchObject({ level: 50, error: 'TypeError', correlation: id });
    expect(log.join('')).not.toMatch(/zq/i);
  });

  it('of one call leaves the next one alone', async () => {
    let calls = 0;
    const once = testApp({
      now: () => {
        calls += 1;
        if (calls === 1) throw new Error('planted');
        return new Date('2026-11-05T12:00:00Z');
      },
    });
    expect((await send(call(), once)).status).toBe(500);
    expect((await send(call(), once)).status).toBe(200);
  });

  it('that is not even an Error is a 500 as well', async () => {
    for (const thrown of ['text', undefined, null, 5, {}]) {
      const odd = testApp({
        now: () => {
          throw thrown;
        },
      });
      expect((await send(call(), odd)).status).toBe(500);
    }
  });
});
