import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildService } from '../support/built.ts';
import { markedCalls, secretsOf } from '../support/marked-stories.ts';
import { copyProject, type ProjectCopy } from '../support/project-copy.ts';
import { type RunningService, startService } from '../support/running-service.ts';
import { issuer, nowSeconds, signed, type TestKey, testKey } from '../support/tokens.ts';

/** Everything that the service writes, in whatever happens, held against everything that is the patient's. */

jest.setTimeout(240_000);

const calls = markedCalls();
const signing = calls.find(({ hook }) => hook === 'order-sign')?.body;
const today = '2026-11-05';
const token = 'zqzq-access-token-99887766';
const published = 'http://127.0.0.1:1/zqzq-never';

let folder: string;
let key: TestKey;
let fhir: Server;
let fhirBase: string;
const jwts: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hcc-cds-leaks-'));
  key = await testKey();
  fhir = createServer((request, response) => {
    const fails = request.url?.includes('/failing/') === true;
    response.writeHead(fails ? 500 : 200, { 'Content-Type': 'application/fhir+json' });
    const [resource] = calls.flatMap(({ body }) => Object.values(body.prefetch));
    response.end(JSON.stringify(fails ? { zqzq: 'failure of zqzq' } : resource));
  });
  await new Promise<void>((resolve) => fhir.listen(0, '127.0.0.1', resolve));
  fhirBase = `http://127.0.0.1:${(fhir.address() as AddressInfo).port}`;
});

afterAll(async () => {
  await new Promise((resolve) => fhir.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

/** What was written to standard output and error, told to clients that were refused, and put into files. */
interface Written {
  readonly lines: string[];
  readonly refusals: string[];
  readonly files: readonly string[];
}

type Use = (service: RunningService, refused: (answer: { status: number; text: string }) => void) => Promise<void>;

async function whatIsWritten(
  use: Use,
  environment: Readonly<Record<string, string>>,
  project?: string,
): Promise<Written> {
  const lines: string[] = [];
  const refusals: string[] = [];
  const dataDir = mkdtempSync(join(folder, 'data-'));
  const service = await startService(environment.DATABASE_URL === undefined ? { dataDir } : {}, {
    environment: {
      LOG_LEVEL: 'debug',
      DEBUG: '*',

      PROBE_NOW: `${today}T12:00:00Z`,
      HOOK_BUDGET_MS: '300',
      ...environment,
    },
    probed: true,
    onLine: (line) => void lines.push(line),
    ...(project !== undefined && { folder: project }),
  });
  try {
    await use(service, ({ status, text }) => void (status === 200 || refusals.push(text)));
    refusals.push((await service.get('/ready')).text, (await service.get('/health')).text);
  } finally {
    await service.end('SIGTERM');
  }
  const files = readdirSync(dataDir).map((name) => readFileSync(join(dataDir, name), 'latin1'));
  return { lines, refusals, files };
}

/** What is found where it must not be: the place and what is around it. */
function leaksIn({ lines, refusals, files }: Written): readonly string[] {
  const secrets = [...secretsOf(calls, today), token, ...jwts.flatMap((jwt) => jwt.split('.'))];
  const texts = { line: lines, refusal: refusals, file: files };
  return Object.entries(texts).flatMap(([place, some]) =>
    some.flatMap((text) =>
      secrets
        .filter((secret) => text.includes(secret))
        .map((secret) => `${place}: ${secret}: ${text.slice(Math.max(0, text.indexOf(secret) - 60)).slice(0, 160)}`),
    ),
  );
}

const card = '4e0a3a1e-3283-4575-ab82-028d55fe2719';

async function tellStories({ post }: RunningService, refused: Parameters<Use>[1]): Promise<void> {
  for (const { hook, body } of calls) {
    const path = `/cds-services/hcc-${hook}`;
    const { text } = await post(path, body);
    for (const { uuid, suggestions } of cardsIn(text)) await post(`${path}/feedback`, feedbackOn(uuid, suggestions));
  }
  refused(await post('/cds-services/hcc-order-sign/feedback', feedbackOn('zqzq Mr Smith', undefined)));
}

function cardsIn(
  text: string,
): readonly { readonly uuid: string; readonly suggestions?: readonly { readonly uuid: string }[] }[] {
  return JSON.parse(text).cards ?? [];
}

function feedbackOn(card: string, suggestions: readonly { readonly uuid: string }[] | undefined) {
  const userComment = 'zqzq said no';
  const reason = { system: 'urn:x', code: 'other', display: 'zqzq reason' };
  const [first] = suggestions ?? [];
  const accepted = first && { card, outcome: 'accepted', acceptedSuggestions: [{ id: first.uuid, extension: 'zqzq' }] };
  const overridden = {
    card,
    outcome: 'overridden',
    overrideReason: { reason, userComment },
    outcomeTimestamp: `${today}T12:00:00Z`,
  };
  return { feedback: [overridden, ...(accepted ? [accepted] : [])], patient: 'zqzq' };
}

/** Every way to be refused, and every way in which reading fails. */
async function makeTrouble({ post }: RunningService, refused: Parameters<Use>[1]): Promise<void> {
  const fhirAuthorization = {
    access_token: token,
    token_type: 'Bearer',
    expires_in: 300,
    scope: 'patient/zqzq.read',
    subject: 'zqzq',
  };
  for (const { hook, body } of calls) {
    const path = `/cds-services/hcc-${hook}`;
    const { patient: _, ...some } = body.prefetch as Record<string, unknown>;
    const foreign = {
      ...body.prefetch,
      zqzqkey: undefined,
      other: { resourceType: 'Patient', id: 'zqzq-other', name: 'zqzq' },
    };
    const troubles = [
      { ...body, prefetch: foreign },
      { ...body, prefetch: {} },
      { ...body, hook: 'zqzq-hook' },
      { ...body, hookInstance: 'zqzq-instance' },
      { ...body, context: { ...body.context, patientId: ['zqzq'] } },
      { ...body, prefetch: 'zqzq' },
      { ...body, prefetch: {}, fhirServer: `${fhirBase}/zqzq/failing/fhir`, fhirAuthorization },
      { ...body, prefetch: some, fhirServer: `${fhirBase}/zqzq/fhir`, fhirAuthorization },
      { ...body, prefetch: {}, fhirServer: 'https://zqzq.example/fhir', fhirAuthorization },
      { ...body, prefetch: {}, fhirServer: 'zqzq is no URL', fhirAuthorization },
    ];
    for (const trouble of troubles) refused(await post(path, trouble));
  }
  for (const feedback of ['zqzq', [{ card: 'zqzq', outcome: 'zqzq' }], [{ card, outcome: 'zqzq' }]])
    refused(await post('/cds-services/hcc-order-sign/feedback', { feedback }));
}

async function askElsewhere({ post }: RunningService, refused: Parameters<Use>[1]): Promise<void> {
  for (const path of [
    '/cds-services/zqzq',
    '/zqzq',
    '/cds-services/hcc-order-sign/zqzq',
    '/cds-services/%zqzq',
    '/cds-services/hcc-order-sign?zqzq=zqzq',
  ])
    refused(await post(path, signing));
}

async function comeUnknown({ post }: RunningService, refused: Parameters<Use>[1]): Promise<void> {
  const aud = `${published}/cds-services/hcc-order-sign`;
  const send = async (jwt: string) => {
    jwts.push(jwt);
    return post('/cds-services/hcc-order-sign', signing, undefined, { Authorization: `Bearer ${jwt}` });
  };
  const good = await signed(key, { aud, sub: 'zqzq-sub', tenant: 'zqzq', jti: 'zqzq-jti-1' });
  expect((await send(good)).status).toBe(200);
  const claims = [
    { iss: 'https://zqzq.example' },
    { aud: 'https://zqzq.example' },
    { exp: nowSeconds - 900 },
    { jti: '' },
    { iat: 'zqzq' },
  ];
  for (const some of claims) refused(await send(await signed(key, { aud, ...some })));
  for (const jwt of [good, 'zqzq.zqzq.zqzq', `${good}zqzq`]) refused(await send(jwt));
  refused(await send(await signed(key, { aud }, { kid: 'zqzq-kid' })));
  refused(await send(await signed(key, { aud }, { jku: 'https://zqzq.example/jwks' })));
}

const authenticated = () => {
  const file = join(folder, 'clients.yaml');
  writeFileSync(file, JSON.stringify({ clients: [{ name: 'ehr', issuer, keys: [key.publicJwk] }] }));
  return { AUTH: 'on', CLIENTS_FILE: file, PUBLIC_BASE_URL: published };
};

describe('nothing of a patient, and no token, is written', () => {
  it('by calls and feedback of every story: not to the log, not to the store', async () => {
    const written = await whatIsWritten(tellStories, {});
    expect(written.lines.filter((line) => line.includes('call answered'))).toHaveLength(calls.length);
    expect(written.lines.filter((line) => line.includes('feedback received')).length).toBeGreaterThan(20);
    expect(written.files.join('').length).toBeGreaterThan(10_000);
    expect(leaksIn(written)).toEqual([]);
  });

  it('by refusals and failing FHIR servers', async () => {
    const written = await whatIsWritten(makeTrouble, {});
    expect(written.refusals.length).toBeGreaterThan(5 * calls.length);
    // The keys of a refused prefetch are named to who sent them; nothing else of a request is.
    expect(leaksIn(written)).toEqual([]);
  });

  it('by addresses that there are not', async () => {
    // Told to, the router of express writes every address.
    expect(leaksIn(await whatIsWritten(askElsewhere, { DEBUG: '' }))).toEqual([]);
  });

  it('by those who are not authenticated, nor by those who are', async () => {
    const written = await whatIsWritten(comeUnknown, authenticated());
    expect(written.lines.filter((line) => line.includes('not authenticated')).length).toBeGreaterThan(8);
    expect(leaksIn(written)).toEqual([]);
  });

  it('while the store is down', async () => {
    const DATABASE_URL = 'postgresql://zqzquser:zqzqpassword@127.0.0.1:1/zqzqdatabase';
    const written = await whatIsWritten(tellStories, { DATABASE_URL });
    expect(written.lines.join('')).toContain('the store cannot be used');
    expect(leaksIn(written)).toEqual([]);
  });
});

describe('planted in a copy of the service, it is found', () => {
  let copy: ProjectCopy;
  beforeAll(() => {
    buildService();
    copy = copyProject(['test/support/probe.mjs', 'dist/public']);
  });
  afterAll(() => copy.remove());

  const leaksOf = async (use: Use) => leaksIn(await whatIsWritten(use, {}, copy.folder));
  /** Changes a compiled file for one test. */
  const planting = async (file: string, from: string | RegExp, to: string, use: Use) => {
    const before = copy.read(file);
    copy.change(file, from, to);
    const leaks = await leaksOf(use);
    writeFileSync(join(copy.folder, file), before);
    return leaks;
  };

  it('a fault of ours whose message quotes the record is not written: the 500 is without it', async () => {
    const leaks = await planting(
      'dist/gate.js',
      /export async function enterGate\([^)]*\) \{/,
      `$&\n    throw new Error(JSON.stringify(reading.request));`,
      async (service, refused) => {
        await tellStories(service, refused);
        const answer = await service.post('/cds-services/hcc-order-sign', signing);
        expect(answer.status).toBe(500);
        refused(answer);
      },
    );
    expect(leaks).toEqual([]);
  });

  it.each<[string, string, string | RegExp, string]>([
    [
      'the patient’s id in the log',
      'dist/observability/call-log.js',
      'status: 200,',
      'status: 200, patient: request.context.patientId,',
    ],
    [
      'a value in the log',
      'dist/observability/call-log.js',
      'status: 200,',
      'status: 200, labs: JSON.stringify(request.prefetch.labs),',
    ],
    [
      'a date of birth in the log',
      'dist/observability/call-log.js',
      'status: 200,',
      'status: 200, born: request.prefetch.patient?.birthDate,',
    ],
    ['the id in the store', 'dist/http/shown-cards.js', 'patientHash(context.patientId)', 'context.patientId'],
    ['a comment in the store', 'dist/http/parse-feedback.js', "{ code: 'without-code' }", "{ code: 'zqzq' }"],
    ['the message of a fault', 'dist/http/problem-of.js', 'The service failed.', ['$', '{error.message}'].join('')],
  ])('%s', async (_, file, from, to) => {
    const use: Use = async (service, refused) => {
      await tellStories(service, refused);
      const odd = { feedback: [{ card, outcome: 'overridden', overrideReason: { reason: 'zqzq said this' } }] };
      refused(await service.post('/cds-services/hcc-order-sign/feedback', odd));
    };
    if (file !== 'dist/http/problem-of.js')
      return expect((await planting(file, from, to, use)).length).toBeGreaterThan(0);
    const before = copy.read('dist/gate.js');
    copy.change(
      'dist/gate.js',
      /export async function enterGate\([^)]*\) \{/,
      `$&\n    throw new Error(JSON.stringify(reading.request));`,
    );
    const leaks = await planting(file, from, to, async ({ post }, refused) =>
      refused(await post('/cds-services/hcc-order-sign', signing)),
    );
    writeFileSync(join(copy.folder, 'dist/gate.js'), before);
    return expect(leaks.length).toBeGreaterThan(0);
  });
});
