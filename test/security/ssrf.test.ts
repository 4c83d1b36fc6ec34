import { createServer, type Server } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { addressPolicy } from '../../src/outbound/addresses.ts';
import { createTransport, type OutboundRequest } from '../../src/outbound/transport.ts';
import { remoteKeys } from '../../src/security/key-set.ts';
import { call, send, without } from '../http/requests.ts';
import { testApp } from '../support/app.ts';
import { testNow } from '../support/tokens.ts';
import { openTestTransport } from '../support/transport.ts';

/** Over real sockets, with names that resolve as each test says. Nothing leaves this machine. */

let victim: Server;
let port: number;
let connections: number;

beforeAll(async () => {
  victim = createServer((_, response) => response.setHeader('connection', 'close').end('{"keys":[]}'));
  victim.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => victim.listen(0, resolve));
  port = (victim.address() as AddressInfo).port;
});
afterAll(() => victim.close());
beforeEach(() => {
  connections = 0;
});

/** Each time a name is asked for, it has the next of these addresses. */
function resolving(...answers: readonly (readonly string[])[]): LookupFunction {
  let asked = 0;
  return (_, { all }, callback) => {
    const addresses = (answers[Math.min(asked, answers.length - 1)] ?? []).map((address) => ({
      address,
      family: address.includes(':') ? 6 : 4,
    }));
    asked += 1;
    if (all) callback(null, addresses);
    else callback(null, addresses[0]?.address ?? '', addresses[0]?.family);
  };
}

const get = (host: string): OutboundRequest => ({
  url: `http://${host}:${port}/`,
  method: 'GET',
  headers: {},
  signal: AbortSignal.timeout(5000),
  maxBytes: 1000,
});

describe('a name that resolves to a private address', () => {
  it.each([
    '127.0.0.1',
    '::1',
    '10.0.0.1',
    '192.168.0.1',
    '169.254.169.254',
    '0.0.0.0',
    '::',
    '::ffff:127.0.0.1',
    'fd00::1',
    'fe80::1',
  ])('is not connected to: %s', async (address) => {
    const transport = createTransport(addressPolicy(), { lookup: resolving([address]) });
    await expect(transport(get('fhir.example.org'))).rejects.toMatchObject({ problem: 'address' });
    expect(connections).toBe(0);
  });

  it('is reported by its name, since somebody has to name its network or look into it', async () => {
    const refused: string[] = [];
    const onRefused = (hostname: string) => void refused.push(hostname);
    const transport = createTransport(addressPolicy(), { lookup: resolving(['10.0.0.1']), onRefused });
    await expect(transport(get('fhir.example.org'))).rejects.toMatchObject({ problem: 'address' });
    expect(refused).toEqual(['fhir.example.org']);
  });

  it('is not connected to when it has a public address beside it', async () => {
    const transport = createTransport(addressPolicy(), { lookup: resolving(['8.8.8.8', '127.0.0.1']) });
    await expect(transport(get('fhir.example.org'))).rejects.toMatchObject({ problem: 'address' });
    expect(connections).toBe(0);
  });

  it('is connected to when its network was allowed', async () => {
    const transport = createTransport(addressPolicy(['127.0.0.1/32']), { lookup: resolving(['127.0.0.1']) });
    expect((await transport(get('fhir.example.org'))).status).toBe(200);
    expect(connections).toBe(1);
  });

  it('after it resolved to another the first time is refused the second time: it is checked when it is connected to', async () => {
    const transport = createTransport(addressPolicy(['127.0.0.1/32']), {
      lookup: resolving(['127.0.0.1'], ['10.0.0.1']),
    });
    expect((await transport(get('fhir.example.org'))).status).toBe(200);
    await expect(transport(get('fhir.example.org'))).rejects.toMatchObject({ problem: 'address' });
    expect(connections).toBe(1);
  });

  it('is not reached by a connection that another policy has opened', async () => {
    const lookup = resolving(['127.0.0.1']);
    expect((await createTransport(addressPolicy(['127.0.0.0/8']), { lookup })(get('fhir.example.org'))).status).toBe(
      200,
    );
    await expect(createTransport(addressPolicy(), { lookup })(get('fhir.example.org'))).rejects.toMatchObject({
      problem: 'address',
    });
  });

  it('is this machine, if its name is: and then it has to be', async () => {
    expect(
      (await createTransport(addressPolicy(), { lookup: resolving(['127.0.0.1']) })(get('localhost'))).status,
    ).toBe(200);
    const poisoned = createTransport(addressPolicy(['10.0.0.0/8']), { lookup: resolving(['10.0.0.1']) });
    await expect(poisoned(get('localhost'))).rejects.toMatchObject({ problem: 'address' });
  });

  it('that does not resolve at all cannot be reached', async () => {
    const failing: LookupFunction = (_, __, callback) => callback(new Error('ENOTFOUND'), '');
    await expect(createTransport(addressPolicy(), { lookup: failing })(get('fhir.example.org'))).rejects.toMatchObject({
      problem: 'unreachable',
    });
  });
});

describe('where it matters', () => {
  const fhirServer = () => `https://fhir.example.org:${port}/r4`;
  const allowing = (transport: ReturnType<typeof openTestTransport>) =>
    testApp({ fhirAllowedOrigins: [`https://fhir.example.org:${port}`], transport });

  it('a FHIR server whose name leads into the hospital is not read, and the call says what could not be checked', async () => {
    const app = allowing(openTestTransport([], '127.0.0.1'));
    const response = await send(call({ fhirServer: fhirServer(), prefetch: without('labs') }), app);
    expect(response.body.cards[0].summary).toMatch(/^Could not be checked: laboratory results/);
    expect(connections).toBe(0);
  });

  it('is read where the hospital has allowed its network (here it speaks no TLS)', async () => {
    const app = allowing(openTestTransport(['127.0.0.0/8'], '127.0.0.1'));
    expect((await send(call({ fhirServer: fhirServer(), prefetch: without('labs') }), app)).status).toBe(200);
    expect(connections).toBeGreaterThan(0);
  });

  it('a key set whose name leads into the hospital is not fetched', async () => {
    const problems: string[] = [];
    const keys = remoteKeys(`https://ehr.example.org:${port}/jwks`, {
      transport: openTestTransport([], '127.0.0.1'),
      now: () => testNow,
      warn: (problem) => void problems.push(problem),
    });
    expect(await keys.find('k', 'ES384')).toBe('unknown');
    expect([problems, connections]).toEqual([['no keys: address'], 0]);
  });
});
