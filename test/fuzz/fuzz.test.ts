import { mkdtempSync, rmSync } from 'node:fs';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Measured, type RunningService, startService } from '../support/running-service.ts';
import { serverOfAnything } from './answers-anything.ts';
import { faultsIn, median, percentile, tally } from './judge.ts';
import { fuzzedRequest, realBodies } from './requests.ts';
import { forEachNumber, send } from './send.ts';

/**
 * 20 000 mutated requests to the service as it runs in production, over connections that are kept.
 * `FUZZ_SEED=random` draws other ones; `FUZZ_NUMBER=4711` sends one alone and prints it with its answer.
 */
const seed = process.env.FUZZ_SEED === 'random' ? Date.now() % 2 ** 31 : Number(process.env.FUZZ_SEED ?? 20_261_122);
const only = process.env.FUZZ_NUMBER;
const count = 20_000;
const atOnce = 4;
const roundSize = 1000;
/** No answer may take longer [ms]. */
const longest = 1000;
const mebibyte = 1024 * 1024;

jest.setTimeout(300_000);

let folder: string;
let service: RunningService;
let fhirServer: Awaited<ReturnType<typeof serverOfAnything>>;
const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
const written: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hcc-cds-fuzz-'));
  fhirServer = await serverOfAnything(seed);
  const environment = { LOG_LEVEL: 'info', HOOK_BUDGET_MS: '300', PROBE_NOW: '2026-11-05T12:00:00Z' };
  const onLine = (line: string) => void (/^\{"level":[1-4]\d,/.test(line) || written.push(line));
  service = await startService({ dataDir: folder }, { environment, probed: true, onLine });
});

afterAll(async () => {
  agent.destroy();
  await service.end('SIGKILL');
  await fhirServer.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Sent {
  readonly number: number;
  readonly status: number;
  readonly cards: boolean;
  readonly ms: number;
  readonly faults: readonly string[];
}

async function sendNumber(number: number): Promise<Sent> {
  const one = fuzzedRequest(seed, number, fhirServer.base);
  const answer = await send(service.base, agent, 20 * longest, one);
  const faults = faultsIn(one, answer);
  return { number, status: answer.status, cards: answer.text.startsWith('{"cards":[{'), ms: answer.ms, faults };
}

/** The machine may have been busy with something else: an answer is slow if it is slow each time, alone. */
async function isSlow({ number }: Sent): Promise<boolean> {
  for (let attempt = 0; attempt < 3; attempt += 1) if ((await sendNumber(number)).ms <= longest) return false;
  return true;
}

(only === undefined ? describe : describe.skip)(`${count} mutated requests (FUZZ_SEED=${seed})`, () => {
  const answers: Sent[] = [];
  const measures: Measured[] = [];
  let seconds = 0;

  beforeAll(async () => {
    const started = performance.now();
    for (let from = 0; from < count; from += roundSize) {
      answers.push(...(await forEachNumber(from, from + roundSize, atOnce, sendNumber)));
      measures.push(await service.measure());
    }
    seconds = (performance.now() - started) / 1000;
    report(answers, measures, seconds);
  });

  it('are answered, each of them, as the standard has it and never with a fault of ours', () => {
    expect(answers).toHaveLength(count);
    const faults = answers.filter((one) => one.faults.length > 0);
    expect(faults.slice(0, 20).map(({ number, faults: [first] }) => `FUZZ_NUMBER=${number}: ${first}`)).toEqual([]);
  });

  it('reach every part of the service: answers with cards, without, and every kind of refusal', () => {
    const how = (wanted: (one: Sent) => boolean) => answers.filter(wanted).length;
    expect(how(({ cards }) => cards)).toBeGreaterThan(count / 10);
    expect(how(({ status, cards }) => status === 200 && !cards)).toBeGreaterThan(count / 10);
    for (const status of [400, 404, 405, 412, 415]) expect(how((one) => one.status === status)).toBeGreaterThan(5);
  });

  it(`are answered within ${longest} ms`, async () => {
    const late = answers.filter(({ ms }) => ms > longest);
    const slow = [];
    for (const one of late) if (await isSlow(one)) slow.push(one.number);
    expect(slow).toEqual([]);
  });

  it('leave nothing behind: the memory of the last quarter is that of the first', () => {
    const heaps = measures.map(({ heapUsed, external }) => (heapUsed + external) / mebibyte);
    const quarter = heaps.length / 4;
    const [first, last] = [median(heaps.slice(0, quarter)), median(heaps.slice(-quarter))];
    expect(last).toBeLessThan(first * 1.1 + 2);
  });

  it('make the process neither end, nor warn, nor write a line that is not of its log', async () => {
    expect([service.child.exitCode, service.child.signalCode]).toEqual([null, null]);
    expect(measures.at(-1)?.warnings).toEqual([]);
    expect(written.filter((line) => line.startsWith('{') || /error|warn|at /i.test(line))).toEqual([]);
  });

  it('leave it as it was: a call is answered as before', async () => {
    const response = await service.get('/ready');
    expect([response.status, response.text]).toEqual([200, expect.stringContaining('"store":"ok"')]);
  });
});

function report(answers: readonly Sent[], measures: readonly Measured[], seconds: number): void {
  const times = answers.map(({ ms }) => ms);
  const inMebibytes = (of: (one: Measured) => number) =>
    measures.map((one) => Math.round(of(one) / mebibyte)).join(' ');
  const lines = [
    `${answers.length} mutated requests in ${seconds.toFixed(1)} s (${Math.round(answers.length / seconds)}/s), seed ${seed}`,
    `  real requests among the originals: ${realBodies.length}`,
    `  ${tally(answers.map(({ status, cards }) => (cards ? '200 with cards' : String(status))))}`,
    `  latency [ms]: p50 ${median(times).toFixed(1)}, p99 ${percentile(times, 0.99).toFixed(1)}, max ${Math.max(...times).toFixed(0)}`,
    `  CPU of the service ${((measures.at(-1)?.cpuMs ?? 0) / 1000).toFixed(1)} s`,
    `  heap [MiB]: ${inMebibytes(({ heapUsed }) => heapUsed)}; rss: ${inMebibytes(({ rss }) => rss)}`,
  ];
  process.stdout.write(`\n${lines.join('\n')}\n`);
}

(only === undefined ? describe.skip : describe)(`request ${only} of seed ${seed}`, () => {
  it('is sent alone', async () => {
    const one = fuzzedRequest(seed, Number(only), fhirServer.base);
    const { method, path, headers, payload } = one;
    process.stdout.write(`${method} ${path} ${JSON.stringify(headers)}\n${payload.toString().slice(0, 20_000)}\n`);
    const answer = await send(service.base, agent, 20 * longest, one);
    process.stdout.write(`${answer.status} in ${answer.ms.toFixed(1)} ms\n${answer.text}\n`);
    expect(faultsIn(one, answer)).toEqual([]);
    expect(answer.ms).toBeLessThan(longest);
  });
});
