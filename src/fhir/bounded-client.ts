import { Client, type FhirResource } from 'fhir-kit-client';
import type { OutboundAnswer, OutboundRequest, Transport } from '../outbound/transport.ts';
import { TransportError, type TransportProblem } from '../outbound/transport-error.ts';
import { isResource } from './bundle-page.ts';
import { urlUnderBase } from './fhir-base.ts';

export interface BoundedClientOptions {
  readonly base: URL;
  readonly transport: Transport;
  readonly accessToken?: string | undefined;
  /** Told when the server does not take the token. */
  readonly onRefusedToken?: (() => void) | undefined;
  readonly signal: AbortSignal;
  /** Longest answer body that is read, after decompression [bytes]. */
  readonly maxBytes: number;
}

/** One request gave nothing usable. The message is made of static words and, at most, the HTTP status. */
export class FhirReadError extends Error {
  readonly code = 'ERR_FHIR_READ';
  readonly status: number | undefined;

  constructor(message: string, status?: number) {
    super(message);
    this.name = 'FhirReadError';
    this.status = status;
  }
}

/**
 * fhir-kit-client with a transport of our own. The one it brings reads answers of any length into memory, connects to
 * any address, sends the token to any absolute URL and prints it when DEBUG is set. Every method of the client goes
 * through `httpClient.request`, so replacing that one bounds them all.
 */
export function createBoundedClient(options: BoundedClientOptions): Client {
  const { base, transport, accessToken, signal, maxBytes } = options;
  const client = new Client({ baseUrl: base.href });
  const headers = {
    accept: 'application/fhir+json',
    ...(accessToken ? { authorization: `Bearer ${accessToken}` } : {}),
  };

  client.httpClient.request = async (method, request): Promise<FhirResource> => {
    const url = urlUnderBase(request, base);
    if (url === undefined || method !== 'GET') throw new FhirReadError('request is not a read under the FHIR base URL');
    if (signal.aborted) throw new FhirReadError('timed out');
    const { status, text } = await send(transport, { url, method, headers, signal, maxBytes });
    if (status === 401) options.onRefusedToken?.();
    if (status < 200 || status > 299) throw new FhirReadError(`FHIR server answered ${status}`, status);
    return parseResource(text);
  };
  return client;
}

const MEANINGS: Readonly<Record<TransportProblem, string>> = {
  address: 'FHIR server has an address that is not allowed',
  unreachable: 'FHIR server could not be reached',
  redirect: 'FHIR server answered a redirect',
  'too-long': 'FHIR server answered more than is accepted',
  broken: 'FHIR server could not be read',
};

async function send(transport: Transport, request: OutboundRequest): Promise<OutboundAnswer> {
  try {
    return await transport(request);
  } catch (error) {
    throw error instanceof TransportError ? new FhirReadError(MEANINGS[error.problem]) : error;
  }
}

function parseResource(text: string): FhirResource {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new FhirReadError('FHIR server answered something that is not JSON');
  }
  if (!isResource(value)) throw new FhirReadError('FHIR server answered something that is not a FHIR resource');
  return value;
}
