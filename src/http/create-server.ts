import { createServer, type RequestListener, type Server } from 'node:http';

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
      keepAliveTimeout: 65_000, // Longer than proxies keep theirs, so that none is closed while it is used again.
    },
    listener,
  );
  server.maxConnections = connections;
  return server;
}
