import type { CallBody } from './call.ts';

/** What a call needs could not be had: the service was not called. */
export class NotCalledError extends Error {}

/** What to do about an answer of this HTTP status; undefined where what the service says has to suffice. */
export function adviceFor(status: number): string | undefined {
  if (status === 401) return 'Let the workbench sign the call, and register this browser with the service.';
  if (status === 403) return 'Whoever runs the service has to allow this client to call it.';
  if (status === 404) return 'The service may have been started anew with other parts: reload the page.';
  if (status === 429) return 'Too many calls were made: wait a minute, then call again.';
  if ([502, 503, 504].includes(status)) return 'The service is down or starting: wait a little, then call again.';
  if (status >= 500) return 'This is a fault of the service: its log has the details.';
  return undefined;
}

/**
 * What to do about a record that the service could not read.
 *
 * @param refusal why the service does not read the FHIR server that the call names
 */
export function unreadAdvice({ prefetch, fhirServer }: CallBody, refusal: string | undefined): string | undefined {
  if (prefetch === undefined && fhirServer === undefined)
    return 'Nothing of the record was sent with the call: tick “Prefetch” or “Access to the FHIR server” under “Call”.';
  if (refusal === undefined) return undefined;
  const ways = 'Name its origin in FHIR_ALLOWED_ORIGINS of the service, or tick “Prefetch” under “Call”.';
  return `The service may not read ${fhirServer}. ${ways}`;
}

/** Names a request that went wrong, with what to do. */
export function failureText(what: string, status: number): string {
  return [`${what} answered ${status}.`, adviceFor(status)].filter(Boolean).join(' ');
}

/** @throws Error in words for the reader, when nobody answers */
export async function reached(address: string, init: RequestInit = {}): Promise<Response> {
  try {
    return await fetch(address, init);
  } catch (cause) {
    const name = address.startsWith('/') ? 'The service' : address;
    throw new Error(silentServiceText(name), { cause });
  }
}

export function silentServiceText(name: string): string {
  return `${name} does not answer. Check that it runs and allows this page, then call again.`;
}

/** @throws Error in words for the reader, when the answer is not JSON: something in front of the service has answered */
export async function jsonOf<Body>(response: Response, what: string): Promise<Body> {
  try {
    return (await response.json()) as Body;
  } catch (cause) {
    const advice = adviceFor(response.status) ?? 'Check what stands between this browser and the service.';
    throw new Error(`${what} answered ${response.status} without JSON. ${advice}`, { cause });
  }
}
