import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { OutboundRequest } from '../../src/outbound/transport.ts';
import { openTestTransport } from '../support/transport.ts';

/** Over real sockets: what a mock cannot show. Nothing here is mocked, and nothing leaves this machine. */

const servers: Server[] = [];
let sockets: Set<Socket>;

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  sockets = new Set();
  server.on('connection', (socket) => void sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const get = (url: string, more: Partial<OutboundRequest> = {}): OutboundRequest => ({
  url,
  method: 'GET',
  headers: { accept: 'application/json' },
  signal: new AbortController().signal,
  maxBytes: 1000,
  ...more,
});

describe('a request', () => {
  it('is sent as given, and answered with status and text', async () => {
    const url = await serve((request, response) => {
      const { method, headers, url: path } = request;
      let body = '';
      request.on('data', (chunk) => {
        body += String(chunk);
      });
      request.on('end', () => response.end(JSON.stringify({ method, path, accept: headers.accept, body })));
    });
    const { status, text } = await openTestTransport()(get(`${url}x?y=%7C`, { method: 'POST', body: 'a=ü' }));
    expect(status).toBe(200);
    expect(JSON.parse(text)).toEqual({ method: 'POST', path: '/x?y=%7C', accept: 'application/json', body: 'a=ü' });
  });

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['GZIP', gzipSync],
  ])('may be answered in %s', async (encoding, pack) => {
    const url = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': encoding }).end(pack(Buffer.from('grün')));
    });
    expect((await openTestTransport()(get(url))).text).toBe('grün');
  });

  it('uses its connection again, also after an answer that was an error', async () => {
    const url = await serve((request, response) => {
      response.statusCode = request.url === '/missing' ? 404 : 200;
      response.end('x'.repeat(100));
    });
    const transport = openTestTransport();
    expect(await transport(get(`${url}missing`))).toEqual({ status: 404, text: '' });
    for (let count = 0; count < 3; count += 1) expect((await transport(get(url))).status).toBe(200);
    expect(sockets.size).toBe(1);
  });

  it('is sent once more when the server closed the connection that was kept', async () => {
    let asked = 0;
    const url = await serve((request, response) => {
      asked += 1;
      if (asked === 2) request.socket.resetAndDestroy();
      else response.end('ok');
    });
    const transport = openTestTransport();
    expect((await transport(get(url))).text).toBe('ok');
    expect((await transport(get(url))).text).toBe('ok');
    expect(asked).toBe(3);
  });

  it('with a body is never sent twice', async () => {
    let asked = 0;
    const url = await serve((request, response) => {
      asked += 1;
      if (asked === 2) request.socket.resetAndDestroy();
      else response.end('ok');
    });
    const transport = openTestTransport();
    const post = get(url, { method: 'POST', body: 'x' });
    await transport(post);
    await expect(transport(post)).rejects.toMatchObject({ code: 'ERR_TRANSPORT', problem: 'unreachable' });
    expect(asked).toBe(2);
  });
});

describe('what ends a request', () => {
  const problemOf = async (answer: RequestListener, more: Partial<OutboundRequest> = {}) => {
    const url = await serve(answer);
    return await openTestTransport()(get(url, more)).then(
      ({ status }) => status,
      ({ problem }) => problem as string,
    );
  };

  it.each([301, 302, 303, 307, 308, 300, 304])('an answer that leads elsewhere: %i', async (status) => {
    const asked: unknown[] = [];
    const problem = await problemOf((request, response) => {
      asked.push(request.url);
      response.writeHead(status, { location: '/elsewhere' }).end();
    });
    expect([problem, asked]).toEqual(['redirect', ['/']]);
  });

  it('a body longer than allowed, as announced or as it comes', async () => {
    expect(await problemOf((_, response) => response.end('x'.repeat(1001)))).toBe('too-long');
    expect(
      await problemOf((_, response) => {
        response.write('x'.repeat(600));
        response.end('x'.repeat(600));
      }),
    ).toBe('too-long');
    expect(await problemOf((_, response) => response.end('x'.repeat(1000)))).toBe(200);
  });

  it('a body that unpacks to more', async () => {
    const bomb = gzipSync(Buffer.alloc(20_000_000));
    const answer: RequestListener = (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
    expect(await problemOf(answer, { maxBytes: 1_000_000 })).toBe('too-long');
  });

  it('a body that breaks off, or is packed in a way nobody asked for', async () => {
    const breaking: RequestListener = (_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('x');
      setImmediate(() => response.destroy());
    };
    expect(await problemOf(breaking)).toBe('broken');
    const odd: RequestListener = (_, response) => response.writeHead(200, { 'content-encoding': 'zstd' }).end('x');
    expect(await problemOf(odd)).toBe('broken');
  });

  it('an error whose body never ends: what nobody reads is read no further', async () => {
    const endless: RequestListener = (_, response) => {
      response.writeHead(500);
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      };
      response.on('drain', more);
      more();
    };
    expect(await problemOf(endless)).toBe(500);
  });

  it('its signal, before and while it is answered', async () => {
    const ending = new AbortController();
    const problem = problemOf(
      (_, response) => {
        response.writeHead(200).write('x');
        setImmediate(() => ending.abort());
      },
      { signal: ending.signal },
    );
    expect(['broken', 'unreachable']).toContain(await problem);
    expect(await problemOf((_, response) => response.end(), { signal: AbortSignal.abort() })).toBe('unreachable');
  });

  it('a header that no request can carry, a port where nobody listens', async () => {
    expect(await problemOf((_, response) => response.end(), { headers: { authorization: 'a\r\nb: c' } })).toBe(
      'unreachable',
    );
    await expect(openTestTransport()(get('http://127.0.0.1:9/'))).rejects.toMatchObject({ problem: 'unreachable' });
  });
});
