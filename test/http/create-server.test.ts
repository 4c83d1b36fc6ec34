import type { Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createHttpServer, type ServerLimits } from '../../src/http/create-server.ts';
import { testApp } from '../support/app.ts';
import { call } from './requests.ts';

const short = { headersMs: 300, requestMs: 600, checkMs: 50 };
let server: Server;

async function listening(limits: Partial<ServerLimits>): Promise<number> {
  server = createHttpServer(testApp(), limits);
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

function* withFirst(first: string, rest: Iterable<string>): Generator<string> {
  yield first;
  yield* rest;
}
