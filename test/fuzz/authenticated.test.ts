import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompactSign } from 'jose';
import { stringify } from 'yaml';
import { type RunningService, startService } from '../support/running-service.ts';
import { claims, issuer, publicBaseUrl, signed, type TestKey, testKey, testNow } from '../support/tokens.ts';
import { serverOfAnything } from './answers-anything.ts';
import { createDice, type Dice } from './dice.ts';
import { type FuzzedAnswer, faultsIn, tally } from './judge.ts';
import { mutated } from './mutate.ts';
import { type FuzzedRequest, fuzzedRequest } from './requests.ts';
import { forEachNumber, send } from './send.ts';
import { written } from './values.ts';

/**
 * Mutated requests to the service with AUTH=on: half of them with a good token, the others with one that was mutated, in
 * its claims before it was signed, or in any part afterwards. The seed is that of test/fuzz/fuzz.test.ts.
 */
const seed = process.env.FUZZ_SEED === 'random' ? Date.now() % 2 ** 31 : Number(process.env.FUZZ_SEED ?? 20_261_122);
const count = 3000;
const atOnce = 4;
/** No answer may take longer [ms], on a machine that may be busy with something else. */
const longest = 10_000;

jest.setTimeout(300_000);

type Kind = 'good' | 'other claims' | 'damaged' | 'junk' | 'used' | 'none';

interface Answered {
  readonly number: number;
  readonly kind: Kind;
  readonly isUsualPath: boolean;
  readonly answer: FuzzedAnswer;
  readonly faults: readonly string[];
}

const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
const log: string[] = [];
/** By path: the header with a good token that was answered there. */
const used = new Map<string, string>();
const answers: Answered[] = [];
let folder: string;
let service: RunningService;
let fhirServer: Awaited<ReturnType<typeof serverOfAnything>>;
let key: TestKey;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hcc-cds-fuzz-'));
  fhirServer = await serverOfAnything(seed);
  key = await testKey();
  const fhirServers = [{ origin: fhirServer.base }];
  const client = { name: 'ehr', issuer, keys: [key.publicJwk], fhirServers, callsPerMinute: 1_000_000 };
  const clientsFile = join(folder, 'clients.yaml');
  writeFileSync(clientsFile, stringify({ clients: [client] }));
  const environment = {
    ...{ AUTH: 'on', CLIENTS_FILE: clientsFile, PUBLIC_BASE_URL: publicBaseUrl },
    ...{ LOG_LEVEL: 'info', HOOK_BUDGET_MS: '3000', PROBE_NOW: testNow.toISOString() },
  };
  const onLine = (line: string) => void log.push(line);
  service = await startService({ dataDir: folder }, { environment, probed: true, onLine });
  answers.push(...(await forEachNumber(0, count, atOnce, sendNumber)));
  const kinds = tally(answers.map(({ kind, answer }) => `${kind} ${answer.status}`));
  process.stdout.write(`\n${count} mutated requests with AUTH=on, seed ${seed}\n  ${kinds}\n`);
});

afterAll(async () => {
  agent.destroy();
  await service.end('SIGKILL');
  await fhirServer.close();
  rmSync(folder, { recursive: true, force: true });
});

async function sendNumber(number: number): Promise<Answered> {
  const one = fuzzedRequest(seed, number, fhirServer.base);
  const dice = createDice(seed, number, 1);
  const [kind, authorization] = await tokenFor(one, dice);
  const headers = { ...one.headers, ...(authorization !== undefined && { Authorization: authorization }) };
  const answer = await send(service.base, agent, longest, { ...one, headers });
  const isUsualPath = /^\/cds-services\/hcc-[a-z-]+(?:\/feedback)?$/.test(one.path);
  if (kind === 'good' && authorization !== undefined) used.set(one.path, authorization);
  return { number, kind, isUsualPath, answer, faults: faultsIn(one, answer) };
}

async function tokenFor({ path }: FuzzedRequest, dice: Dice): Promise<readonly [Kind, string | undefined]> {
  const aud = `${publicBaseUrl}${path}`;
  if (dice.chance(0.5)) return ['good', `Bearer ${await signed(key, { aud })}`];
  return await dice.pick([
    async () => ['other claims', `Bearer ${await oddlySigned(aud, dice)}`] as const,
    async () => ['damaged', `Bearer ${damaged(await signed(key, { aud }), dice)}`] as const,
    async () => ['junk', dice.pick(junk)(await signed(key, { aud }))] as const,
    async () => (used.has(path) ? (['used', used.get(path)] as const) : none),
    async () => none,
  ])();
}

const none = ['none', undefined] as const;

/** A token that a registered client signed itself, with up to two places of its claims changed, whatever they are then. */
async function oddlySigned(aud: string, dice: Dice): Promise<string> {
  const { alg, kid, privateKey } = key;
  const payload = Buffer.from(written(mutated(claims({ aud }), dice, 2)));
  return await new CompactSign(payload).setProtectedHeader({ alg, kid, typ: 'JWT' }).sign(privateKey);
}

/** A token in which its header, its claims or its signature is another one. */
function damaged(token: string, dice: Dice): string {
  const parts = token.split('.');
  const at = dice.below(3);
  const part = parts[at] ?? '';
  const place = dice.below(part.length - 1);
  const other = dice.pick([
    () => part.slice(0, place),
    () => `${part.slice(0, place)}${part[place] === 'x' ? 'y' : 'x'}${part.slice(place + 1)}`,
    () => Buffer.from(JSON.stringify(mutated({ zq: part }, dice, 3)) ?? '').toString('base64url'),
    () => '',
    () => `${part}.${part}`,
  ])();
  return parts.with(at, other).join('.');
}

const junk: readonly ((token: string) => string)[] = [
  () => 'Bearer',
  () => 'Bearer ',
  () => 'Bearer ..',
  () => 'Basic enE6enE=',
  (token) => `Basic ${token}`,
  (token) => token,
  (token) => `Bearer ${token} ${token}`,
  (token) => `Bearer ${token},`,
  (token) => `Bearer ${'x'.repeat(20_000)}${token}`,
  () => `Bearer ${'.'.repeat(20_000)}`,
  () => 'Bearer eyJhbGciOiJub25lIn0.e30.',
];

describe(`${count} mutated requests with AUTH=on (FUZZ_SEED=${seed})`, () => {
  const of = (...kinds: readonly Kind[]) =>
    answers.filter(({ kind, isUsualPath }) => isUsualPath && kinds.includes(kind));
  const named = (those: readonly Answered[]) => those.slice(0, 20).map(({ number }) => number);

  it('are answered, each of them, as the standard has it and never with a fault of ours', () => {
    expect(answers).toHaveLength(count);
    const faulty = answers.filter(({ faults }) => faults.length > 0);
    expect(faulty.slice(0, 20).map(({ number, kind, faults: [first] }) => `${number}, ${kind}: ${first}`)).toEqual([]);
  });

  it('are let in with a good token, whatever the body is', () => {
    expect(of('good').length).toBeGreaterThan(count / 3);
    expect(named(of('good').filter(({ answer }) => answer.status === 401))).toEqual([]);
    expect(of('good').filter(({ answer }) => answer.text.startsWith('{"cards":[{')).length).toBeGreaterThan(count / 20);
  });

  it('are refused in the same words with every other one, whatever the body is', () => {
    const refused = of('damaged', 'junk', 'used', 'none');
    expect(refused.length).toBeGreaterThan(count / 4);
    expect(named(refused.filter(({ answer }) => answer.status !== 401))).toEqual([]);
    expect(new Set(refused.map(({ answer }) => answer.text)).size).toBe(1);
  });

  it('are let in or refused when a registered client signed odd claims, and both occurs', () => {
    const statuses = of('other claims').map(({ answer }) => answer.status === 401);
    expect([statuses.includes(true), statuses.includes(false)]).toEqual([true, true]);
  });

  it('leave no token and no claim in the log', () => {
    const text = log.join('\n');
    expect(text).toContain('not authenticated');
    expect(text).not.toMatch(/eyJ|Bearer|nonce-/);
    for (const authorization of used.values()) expect(text).not.toContain(authorization.split('.')[2]);
  });

  it('make the process neither end nor warn', async () => {
    expect([service.child.exitCode, service.child.signalCode]).toEqual([null, null]);
    expect((await service.measure()).warnings).toEqual([]);
  });
});
