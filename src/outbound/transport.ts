import { type ClientRequest, Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { AddressPolicy } from './addresses.ts';
import { type GuardOptions, guardedLookup, isRefusedAddress } from './guarded-lookup.ts';
import { readText } from './read-text.ts';
import { TransportError } from './transport-error.ts';

/** One request that leaves this process. */
export interface OutboundRequest {
  /** http or https. Whether this address may be asked at all was decided before. */
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
  /** Longest answer body that is read, after decompression [bytes]. */
  readonly maxBytes: number;
}

export interface OutboundAnswer {
  readonly status: number;
  /** The body of a 2xx answer; empty of any other, which nobody reads. */
  readonly text: string;
}

/** Sends a request. Follows no redirect, keeps no cookie, uses no proxy. @throws TransportError */
export type Transport = (request: OutboundRequest) => Promise<OutboundAnswer>;

/** Connections are kept this long for the next request; less than servers usually keep them [ms]. */
const idleMs = 4000;

/** What is read of an answer that nobody reads, so that its connection can be used again [bytes]. */
const leftoverBytes = 16 * 1024;

/**
 * The only place where connections are opened. Each transport keeps connections of its own, so that one policy never
 * uses what another has let through.
 *
 * @param mayConnect asked with every address that a name resolves to, at the moment of connecting. A host that is
 *   given as an address was named by whoever allowed the URL, and is not asked about
 */
export function createTransport(mayConnect: AddressPolicy, guard: GuardOptions = {}): Transport {
  const options = { keepAlive: true, timeout: idleMs, lookup: guardedLookup(mayConnect, guard) };
  const agents = { http: new HttpAgent(options), https: new HttpsAgent(options) };
  return async (request) => {
    const response = await open(request, agents);
    const status = response.statusCode ?? 0;
    if (status >= 300 && status < 400) {
      response.destroy();
      throw new TransportError('redirect');
    }
    if (status >= 200 && status < 300) return { status, text: await readText(response, request.maxBytes) };
    await readText(response, leftoverBytes).catch(() => undefined);
    return { status, text: '' };
  };
}

interface Agents {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
}

function open(request: OutboundRequest, agents: Agents): Promise<IncomingMessage> {
  const { method, body, signal } = request;
  return new Promise((resolve, reject) => {
    const sent = prepare(request, agents);
    sent.on('response', resolve);
    sent.on('error', (error: NodeJS.ErrnoException) => {
      // The server closed a kept connection just when it was used again: nothing was answered, and a GET may be repeated.
      const closedMeanwhile = sent.reusedSocket && error.code === 'ECONNRESET' && method === 'GET' && !signal.aborted;
      if (closedMeanwhile) open(request, agents).then(resolve, reject);
      else reject(new TransportError(isRefusedAddress(error) ? 'address' : 'unreachable'));
    });
    sent.end(body);
  });
}

function prepare({ url, method, headers, signal }: OutboundRequest, agents: Agents): ClientRequest {
  const options = { method, headers: { ...headers, 'accept-encoding': 'gzip, br' }, signal };
  try {
    return url.startsWith('https:')
      ? requestHttps(url, { ...options, agent: agents.https })
      : requestHttp(url, { ...options, agent: agents.http });
  } catch {
    throw new TransportError('unreachable'); // A token or an address that cannot be sent.
  }
}
