import type { HookRequest } from '../cds-hooks/request.ts';
import { type FhirReader, noReader, unavailableReader } from '../fhir/fhir-reader.ts';
import { createHttpFhirReader } from '../fhir/http-fhir-reader.ts';
import { scopedReader } from '../fhir/scopes.ts';
import type { Transport } from '../outbound/transport.ts';
import { type FhirServerPolicy, refusalOf } from './fhir-servers.ts';

/** Where the calls of one client may read, and with which connections. */
export interface FhirAccess {
  readonly servers: FhirServerPolicy;
  readonly transport: Transport;
}

export interface OpenedReader {
  readonly reader: FhirReader;
  /** Why the server that was named is not read. */
  readonly refusal?: string;
}

/** The reader of one call. What it reads ends with the signal. */
export function openReader(
  request: HookRequest,
  { servers, transport }: FhirAccess,
  signal: AbortSignal,
): OpenedReader {
  const { authorization, context, fhirServer } = request;
  if (fhirServer === undefined) return { reader: noReader };
  const refusal = refusalOf(fhirServer, servers);
  if (refusal !== undefined) return { reader: unavailableReader(refusal), refusal };
  const accessToken = authorization?.accessToken;
  const reader = createHttpFhirReader({ baseUrl: fhirServer, transport, signal, accessToken });
  return { reader: authorization ? scopedReader(reader, authorization, context.patientId) : reader };
}
