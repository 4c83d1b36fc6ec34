import type { Resource } from 'fhir/r4.js';
import type { Provenance } from '../kernel/fact.ts';

/** FHIR's codes for restricted and very restricted. */
const restrictedCodes: ReadonlySet<unknown> = new Set(['R', 'V']);

/** Where a value came from: the resource, its date as received, the value as received, and the steps taken. */
export function provenanceOf(
  resource: Resource,
  asRecorded: string,
  recorded: string | undefined,
  steps: readonly string[] = [],
): Provenance {
  const labels = Array.isArray(resource.meta?.security) ? resource.meta.security : [];
  return {
    source: `${resource.resourceType}/${resource.id ?? '?'}`,
    asRecorded,
    steps,
    ...(recorded === undefined ? {} : { recorded }),
    ...(labels.some((label) => restrictedCodes.has(label?.code)) ? { restricted: true } : {}),
  };
}
