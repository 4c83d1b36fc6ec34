import type { Condition, Resource } from 'fhir/r4.js';
import { textsOf } from '../fhir/codeable-concept.ts';
import type { Provenance } from '../kernel/fact.ts';

/** FHIR's codes for restricted and very restricted. */
const restrictedCodes: ReadonlySet<unknown> = new Set(['R', 'V']);

/** The same with the problem's own words, of which the first that are written count. */
export function provenanceOfProblem(
  condition: Condition,
  asRecorded: string,
  recorded: string | undefined,
): Provenance {
  const [text] = textsOf(condition.code);
  return { ...provenanceOf(condition, asRecorded, recorded), ...(text === undefined ? {} : { text }) };
}

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
