import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { createHttpFhirReader } from '../../src/fhir/http-fhir-reader.ts';
import { openTestTransport } from '../support/transport.ts';

const transport = openTestTransport();

/** What mocks cannot show: sockets that are hung up, and bodies that never end. */
async function withServer(answer: RequestListener, use: (baseUrl: string) => Promise<void>): Promise<void> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}/r4`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

const forever = () => new AbortController().signal;

describe('over a real socket', () => {
  it('hangs up on an answer that never ends, soon after the limit', async () => {
    let sent = 0;
    let hungUp = false;
    const endless: RequestListener = async (_, response) => {
      response.on('close', () => {
        hungUp = true;
      });
      response.writeHead(200, { 'content-type': 'application/fhir+json' });
      while (!response.destroyed && sent < 1e9) {
        sent += 65536;
        if (!response.write(Buffer.alloc(65536, ' '))) await sleep(1);
      }
    };
    await withServer(endless, async (baseUrl) => {
      const result = await createHttpFhirReader({ baseUrl, transport, signal: forever(), maxBytes: 1e6 }).read(
        'Patient/1',
      );
      expect(result).toEqual({ state: 'unavailable', reason: 'FHIR server answered more than is accepted' });
      for (let waited = 0; !hungUp && waited < 100; waited += 1) await sleep(10);
    });
    expect(hungUp).toBe(true);
    expect(sent).toBeLessThan(50e6);
  });

  it('counts a compressed answer by what it unpacks to', async () => {
    const body = gzipSync(Buffer.alloc(20e6, ' '));
    const bomb: RequestListener = (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(body);
    await withServer(bomb, async (baseUrl) => {
      const result = await createHttpFhirReader({ baseUrl, transport, signal: forever(), maxBytes: 1e6 }).read(
        'Patient/1',
      );
      expect(result).toEqual({ state: 'unavailable', reason: 'FHIR server answered more than is accepted' });
    });
  });

  it('does not follow a redirect, not even on the same server', async () => {
    const asked: string[] = [];
    const redirecting: RequestListener = (request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(307, { location: '/r4/Patient/2' }).end();
    };
    await withServer(redirecting, async (baseUrl) => {
      const result = await createHttpFhirReader({ baseUrl, transport, signal: forever() }).read('Patient/1');
      expect(result).toEqual({ state: 'unavailable', reason: 'FHIR server answered a redirect' });
    });
    expect(asked).toEqual(['/r4/Patient/1']);
  });

  it('says that a connection broken in the middle of an answer could not be read', async () => {
    const breaking: RequestListener = (_, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('{"resourceType":');
      setTimeout(() => response.destroy(), 20);
    };
    await withServer(breaking, async (baseUrl) => {
      const result = await createHttpFhirReader({ baseUrl, transport, signal: forever() }).read('Patient/1');
      expect(result).toEqual({ state: 'unavailable', reason: 'FHIR server could not be read' });
    });
  });

  it('hangs up at the deadline', async () => {
    let hungUp = false;
    const silent: RequestListener = (_, response) => {
      response.on('close', () => {
        hungUp = true;
      });
    };
    await withServer(silent, async (baseUrl) => {
      const result = await createHttpFhirReader({ baseUrl, transport, signal: AbortSignal.timeout(1000) }).read(
        'Patient/1',
      );
      expect(result).toEqual({ state: 'unavailable', reason: 'timed out' });
      for (let waited = 0; !hungUp && waited < 100; waited += 1) await sleep(10);
      expect(hungUp).toBe(true);
    });
  });
});
