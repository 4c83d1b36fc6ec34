import type { Resource } from 'fhir/r4.js';

/**
 * What one read (a prefetch key or a FHIR request) gave. An empty `found` means: asked, nothing there.
 *
 * - `complete: false`: there is more that could not be fetched. What was found counts, absence proves nothing.
 * - `reason`, `lacks`: short, static words; never an id, a URL or a token.
 */
export type ReadResult = FoundResult | UnavailableResult;

export interface FoundResult {
  readonly state: 'found';
  readonly resources: readonly Resource[];
  readonly complete: boolean;
  /** What it lacks, where that is known: short, static words. */
  readonly lacks?: string;
}

export interface UnavailableResult {
  readonly state: 'unavailable';
  readonly reason: string;
  /** There is no server that could have been asked, or the client does not let us ask it for this. */
  readonly asked?: false;
}

export function found(resources: readonly Resource[], complete = true): FoundResult {
  return { state: 'found', resources, complete };
}

export function unavailable(reason: string): UnavailableResult {
  return { state: 'unavailable', reason };
}

/** Not sent, and there is no server that could be asked, or none that would be allowed to answer. */
export function notAsked(reason: string): UnavailableResult {
  return { state: 'unavailable', reason, asked: false };
}

/**
 * Joins a first page that announced more with what reading on gave.
 *
 * @param first a page whose only lack was the pages after it
 * @param rest what `FhirReader.readOn` gave for its next link
 * @returns all resources; complete only if the rest is; the first page alone, incomplete, when the rest is unavailable
 */
export function continuedWith(first: ReadResult, rest: ReadResult): ReadResult {
  if (first.state === 'unavailable') return first;
  if (rest.state === 'unavailable') return found(first.resources, false);
  return found([...first.resources, ...rest.resources], rest.complete);
}
