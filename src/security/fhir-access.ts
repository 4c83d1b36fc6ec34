import type { FhirAuthorization, HookRequest } from '../cds-hooks/request.ts';
import { absentReader, type FhirReader, noReader, readerOnFirstUse, unavailableReader } from '../fhir/fhir-reader.ts';
import { createHttpFhirReader } from '../fhir/http-fhir-reader.ts';
import { scopedReader } from '../fhir/scopes.ts';
import type { Transport } from '../outbound/transport.ts';
import { TransportError } from '../outbound/transport-error.ts';
import { TokenError, type TokenSource } from './backend-services.ts';
import { type FhirServerPolicy, refusalOf } from './fhir-servers.ts';

/** Where the calls of one client may read, and with which connections. */
export interface FhirAccess {
  readonly servers: FhirServerPolicy;
  readonly transport: Transport;
  /** By origin: tokens for calls that bring none. */
  readonly tokens?: ReadonlyMap<string, TokenSource>;
  /** Told in static words why there is no token. */
  warn?(problem: string): void;
}

export interface OpenedReader {
  readonly reader: FhirReader;
  /** Why the server that was named is not read. */
  readonly refusal?: string;
}

/** The reader of one call. What it reads ends with the signal. */
export function openReader(request: HookRequest, access: FhirAccess, signal: AbortSignal): OpenedReader {
  const { authorization, context, fhirServer } = request;
  if (fhirServer === undefined) return { reader: noReader };
  const refusal = refusalOf(fhirServer, access.servers);
  if (refusal !== undefined) return { reader: absentReader(refusal), refusal };

  const readWith = (token?: FhirAuthorization, onRefusedToken?: () => void) => {
    const options = {
      baseUrl: fhirServer,
      transport: access.transport,
      signal,
      ...(onRefusedToken && { onRefusedToken }),
    };
    const reader = createHttpFhirReader({ ...options, accessToken: token?.accessToken });
    return token ? scopedReader(reader, token, context.patientId) : reader;
  };
  const tokens = access.tokens?.get(new URL(fhirServer).origin);
  if (authorization !== undefined || tokens === undefined) return { reader: readWith(authorization) };
  const reader = readerOnFirstUse(async () => {
    try {
      const token = await tokens.token(signal);
      return readWith(token, () => tokens.forget(token.accessToken));
    } catch (error) {
      if (signal.aborted) return unavailableReader('timed out');
      const known = error instanceof TokenError || error instanceof TransportError;
      access.warn?.(`no token: ${known ? error.message : 'it could not be asked for'}`);
      return unavailableReader('no token from the authorisation server');
    }
  });
  return { reader };
}
