import { isLoopback } from '../outbound/addresses.ts';

/** Which FHIR servers may be read. */
export interface FhirServerPolicy {
  readonly allowedOrigins: readonly string[];
  /** Any server of this machine as well, as when calls are not authenticated. */
  readonly anyLoopback: boolean;
}

/** Why a server may not be read; undefined when it may. The words are fit for a log. */
export function refusalOf(fhirServer: string, { allowedOrigins, anyLoopback }: FhirServerPolicy): string | undefined {
  const url = URL.canParse(fhirServer) ? new URL(fhirServer) : undefined;
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    return 'the FHIR server is no http URL';
  if (url.username !== '' || url.password !== '') return 'the FHIR server URL holds credentials';
  const local = isLoopback(url.hostname);
  if (local && anyLoopback) return undefined;
  if (!allowedOrigins.includes(url.origin)) return 'the FHIR server is not allowed';
  return local || url.protocol === 'https:' ? undefined : 'the FHIR server is not on https';
}
