import { isIP } from 'node:net';

/** Which FHIR servers may be read when calls are not authenticated: loopback, and the origins that were allowed. */
export interface FhirServerPolicy {
  readonly allowedOrigins: readonly string[];
}

/** Why a server may not be read; undefined when it may. The words are fit for a log. */
export function refusalOf(fhirServer: string, { allowedOrigins }: FhirServerPolicy): string | undefined {
  const url = URL.canParse(fhirServer) ? new URL(fhirServer) : undefined;
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    return 'the FHIR server is no http URL';
  if (url.username !== '' || url.password !== '') return 'the FHIR server URL holds credentials';
  if (isLoopback(url.hostname)) return undefined;
  if (!allowedOrigins.includes(url.origin)) return 'the FHIR server is not allowed';
  return url.protocol === 'https:' ? undefined : 'the FHIR server is not on https';
}

/** True for names and addresses that never leave this machine. */
export function isLoopback(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
