import { createServer, type RequestListener, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { operationOutcome, type Problem } from './operation-outcome.ts';

/** What a connection may take. Clients that send slowly, or nothing, are hung up on. */
export interface ServerLimits {
  /** Time for the headers of a request [ms]. */
  readonly headersMs: number;
  /** Time for a whole request [ms]. */
  readonly requestMs: number;
  /** How often that is looked at [ms]. */
  readonly checkMs: number;
  /** Connections at once; more are closed as they come. */
  readonly connections: number;
}

const limits: ServerLimits = { headersMs: 10_000, requestMs: 20_000, checkMs: 1000, connections: 2000 };

/** The HTTP server of the service. TLS ends before it, at a proxy. */
export function createHttpServer(listener: RequestListener, given: Partial<ServerLimits> = {}): Server {
  const { headersMs, requestMs, checkMs, connections } = { ...limits, ...given };
  const server = createServer(
    {
      headersTimeout: headersMs,
      requestTimeout: requestMs,
      connectionsCheckingInterval: checkMs,
      maxHeaderSize: 65_536, // Room for an oversize token, so that it is refused like any other.
      keepAliveTimeout: 65_000, // Longer than proxies keep theirs, so that none is closed while it is used again.
    },
    listener,
  );
  server.maxConnections = connections;
  server.on('clientError', refuse);
  return server;
}

const refusals: Readonly<Record<string, readonly [line: string, ...Problem[]]>> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', { code: 'too-long', text: 'The headers are too large' }],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', { code: 'timeout', text: 'The request came too slowly' }],
};
const unreadable = ['400 Bad Request', { code: 'structure', text: 'This is not HTTP that can be read' }] as const;

/** What Node's own parser refuses never reaches the application. */
function refuse({ code = '' }: NodeJS.ErrnoException, socket: Duplex): void {
  if (code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const [line, ...problems] = refusals[code] ?? unreadable;
  const body = JSON.stringify(operationOutcome(problems));
  const head = `Content-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}`;
  socket.end(`HTTP/1.1 ${line}\r\n${head}\r\nConnection: close\r\n\r\n${body}`);
}
