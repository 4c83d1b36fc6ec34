import { codesOf } from '../terminology/value-set.ts';
import type { Definitions } from './definitions.ts';

/** The templates a client may fill, by key. CDS Hooks tokens are left in place. */
export function prefetchTemplates(definitions: Definitions): Readonly<Record<string, string>> {
  const reads = Object.entries(definitions.service.reads).filter(([, { prefetch }]) => prefetch);
  return Object.fromEntries(reads.map(([key, { query }]) => [key, withCodes(key, query, definitions)]));
}

/**
 * One read as a relative FHIR request.
 *
 * @param now what `today()` means
 */
export function requestFor(key: string, patientId: string, now: Date, definitions: Definitions): string {
  const query = definitions.service.reads[key]?.query ?? '';
  return withCodes(key, query, definitions)
    .replaceAll('{{context.patientId}}', encodeURIComponent(patientId))
    .replace(/\{\{today\(\)(?: - (\d+) days)?\}\}/g, (_, days = '0') =>
      new Date(now.getTime() - Number(days) * 86_400_000).toISOString().slice(0, 10),
    );
}

/** `{codes}` is every code of the facts that are read under this key, the hospital's own among them. */
function withCodes(key: string, query: string, { facts }: Definitions): string {
  if (!query.includes('{codes}')) return query;
  const codes = [...facts.values()]
    .filter(({ definition }) => definition.from.includes(key))
    .flatMap(({ concept }) => (concept.valueSet ? codesOf(concept.valueSet) : []));
  return query.replace('{codes}', [...new Set(codes)].join(','));
}
