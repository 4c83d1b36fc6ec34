import type { Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createHttpServer, type ServerLimits } from '../../src/http/create-server.ts';
import { testApp } from '../support/app.ts';
import { authenticating } from '../support/tokens.ts';
import { call } from './requests.ts';

const short = { headersMs: 300, requestMs: 600, checkMs: 50 };
let server: Server;

async function listening(limits: Partial<ServerLimits>, app = testApp()): Promise<number> {
  server = createHttpServer(app, limits);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

afterEach(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

/** Sends text a piece at a time, until the other side hangs up or all is sent; what came back. */
async function trickle(port: number, pieces: Iterable<string>, pauseMs: number): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  let over = false;
  socket.on('data', (chunk) => {
    answer += String(chunk);
  });
  socket.on('error', () => undefined);
  const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
  void closed.then(() => {
    over = true;
  });
  for (const piece of pieces) {
    if (over) break;
    socket.write(piece);
    await sleep(pauseMs);
  }
  await closed;
  return answer;
}

function* endless(piece: string): Generator<string> {
  for (let count = 0; count < 10_000; count += 1) yield piece;
}

const head = 'POST /cds-services/hcc-order-sign HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';

describe('a client that sends slowly is hung up on', () => {
  it('with its headers', async () => {
    const port = await listening(short);
    expect(await trickle(port, withFirst(head, endless('X-More: 1\r\n')), 20)).toMatch(/^(HTTP\/1\.1 408 |$)/);
  });

  it('with its body', async () => {
    const port = await listening(short);
    const start = `${head}Content-Length: 100000\r\n\r\n`;
    expect(await trickle(port, withFirst(start, endless(' ')), 20)).toMatch(/^(HTTP\/1\.1 4|$)/);
  });

  it('with nothing at all', async () => {
    const port = await listening(short);
    expect(await trickle(port, [''], 20)).toMatch(/^(HTTP\/1\.1 408 |$)/);
  });

  it('while others are answered', async () => {
    const port = await listening(short);
    const slow = trickle(port, withFirst(head, endless('X-More: 1\r\n')), 20);
    const body = JSON.stringify(call());
    const quick = `${head}Connection: close\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
    expect(await trickle(port, [quick], 0)).toMatch(/^HTTP\/1\.1 200 [\s\S]*\{"cards":\[\]\}$/);
    await slow;
  });
});

it('has a limit for every part of a request unless told otherwise', async () => {
  await listening({});
  expect(server).toMatchObject({ headersTimeout: 10_000, requestTimeout: 20_000, maxConnections: 2000 });
});

it('closes connections above its limit', async () => {
  const port = await listening({ connections: 1 });
  const first = connect(port, '127.0.0.1');
  await new Promise((resolve) => first.once('connect', resolve));
  await sleep(50);
  expect(await trickle(port, [head], 0)).toBe('');
  first.destroy();
});

describe('what never reaches the application', () => {
  /** Status and OperationOutcome of an answer as it came. */
  function parts(answer: string): readonly [number, string] {
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    const { resourceType, issue } = JSON.parse(body);
    expect(resourceType).toBe('OperationOutcome');
    return [Number(head.split(' ')[1]), issue[0].code];
  }

  it('is answered in words all the same', async () => {
    const port = await listening({});
    expect(parts(await trickle(port, ['this is no HTTP\r\n\r\n'], 0))).toEqual([400, 'structure']);
    const large = `${head}X-More: ${'x'.repeat(70_000)}\r\n\r\n`;
    expect(parts(await trickle(port, [large], 0))).toEqual([431, 'too-long']);
  });

  it('is not a token of 20 kB: that is refused like any other', async () => {
    const port = await listening({}, testApp({ authentication: authenticating() }));
    const [wrong, oversize] = await Promise.all(
      ['x.y.z', 'x'.repeat(20_000)].map(async (token) => {
        const headers = { Authorization: `Bearer ${token}` };
        const response = await fetch(`http://127.0.0.1:${port}/cds-services/hcc-order-sign`, {
          method: 'POST',
          headers,
        });
        return { status: response.status, text: await response.text() };
      }),
    );
    expect(oversize).toEqual(wrong);
    expect(oversize?.status).toBe(401);
  });
});

function* withFirst(first: string, rest: Iterable<string>): Generator<string> {
  yield first;
  yield* rest;
}
