import { Client, type FhirResource } from 'fhir-kit-client';
import { isRecord, isResource } from './bundle-page.ts';
import { urlUnderBase } from './fhir-base.ts';

export interface BoundedClientOptions {
  readonly base: URL;
  readonly accessToken?: string | undefined;
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
 * fhir-kit-client with a transport of our own. The one it brings has no hook for fetch, reads answers of any length
 * into memory, sends the token to any absolute URL and prints it when DEBUG is set. Every method of the client goes
 * through `httpClient.request`, so replacing that one bounds them all.
 */
export function createBoundedClient({ base, accessToken, signal, maxBytes }: BoundedClientOptions): Client {
  const client = new Client({ baseUrl: base.href });
  const headers = {
    accept: 'application/fhir+json',
    ...(accessToken ? { authorization: `Bearer ${accessToken}` } : {}),
  };

  client.httpClient.request = async (method, request): Promise<FhirResource> => {
    const url = urlUnderBase(request, base);
    if (url === undefined || method !== 'GET') throw new FhirReadError('request is not a read under the FHIR base URL');
    if (signal.aborted) throw new FhirReadError('timed out');
    const response = await send(url, { method, headers, signal, redirect: 'error' });
    if (!response.ok) {
      await response.body?.cancel();
      throw new FhirReadError(`FHIR server answered ${response.status}`, response.status);
    }
    return parseResource(await readText(response, maxBytes));
  };
  return client;
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    const redirected = isRecord(error) && /redirect/.test(String(error.cause));
    throw new FhirReadError(redirected ? 'FHIR server answered a redirect' : 'FHIR server could not be reached');
  }
}

/** Reads the body piece by piece and hangs up as soon as it is longer than allowed. */
async function readText({ body, headers }: Response, maxBytes: number): Promise<string> {
  const tooLong = () => new FhirReadError('FHIR server answered more than is accepted');
  if (body === null) return '';
  if (Number(headers.get('content-length') ?? 0) > maxBytes) {
    await body.cancel();
    throw tooLong();
  }
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw tooLong(); // Leaving the loop cancels the stream.
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks, bytes));
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
