import { isRange, type Range } from './timeline/course-range.ts';

/** Whose timeline is opened, on a server that needs no authorization. */
export interface OpenLaunch {
  readonly server: string;
  readonly patientId: string;
  readonly drafts: readonly string[];
}

/**
 * Where the timeline of a patient opens without an EHR that launches it. Browsers keep what follows `#` to themselves:
 * neither this service nor a proxy before it sees who is meant.
 */
export function timelineAddress(origin: string, { server, patientId, drafts }: OpenLaunch): string {
  const named = new URLSearchParams({ iss: server, patient: patientId });
  for (const draft of drafts) named.append('draft', draft);
  return `${origin}/timeline#${named}`;
}

/** Which part of the course an address asks for. @param hash from `#` on */
export function rangeIn(hash: string): Range {
  const range = new URLSearchParams(hash.slice(1)).get('range');
  return isRange(range) ? range : 'all';
}

/** The same address, for this part of the course. @param hash from `#` on */
export function withRange(hash: string, range: Range): string {
  const named = new URLSearchParams(hash.slice(1));
  if (range === 'all') named.delete('range');
  else named.set('range', range);
  return `#${named}`;
}
