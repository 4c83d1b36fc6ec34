import type { ConceptMatcher } from '../terminology/match-concept.ts';
import { codesOf, type ValueSetDefinition } from '../terminology/value-set.ts';
import { type Definitions, type FactSource, prefetchKeyOf } from './definitions.ts';

/** The templates a client may fill, by key. CDS Hooks tokens are left in place. */
export function prefetchTemplates(definitions: Definitions): Readonly<Record<string, string>> {
  const reads = Object.entries(definitions.service.reads).filter(([, { prefetch }]) => prefetch);
  return Object.fromEntries(
    reads.map(([key, { query }]) => [prefetchKeyOf(key, definitions), withCodes(key, query, definitions)]),
  );
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

/** `{codes}` is every code of what is read under this key, the hospital's own among them. */
function withCodes(key: string, query: string, definitions: Definitions): string {
  if (!query.includes('{codes}')) return query;
  const read = [...definitions.facts.values()].filter(({ definition }) => definition.from.includes(key));
  const codes = read.flatMap((source) => conceptsOf(source, definitions)).flatMap(({ valueSet }) => codesOf(valueSet));
  return query.replace('{codes}', () => [...new Set(codes)].map(encodeURIComponent).join(','));
}

/** The concepts that a fact is recognised by: its own, those of the fact it refers to, or those of its orders. */
function conceptsOf({ concept, definition }: FactSource, { facts, groups, orders }: Definitions) {
  const named = 'quantity' in definition ? facts.get(definition.quantity)?.concept : undefined;
  const ordered = 'order' in definition ? [...(groups.get(definition.order) ?? [])] : [];
  const ofOrders = ordered.flatMap((name) => [orders.get(name)?.concept, orders.get(name)?.probable?.concept]);
  return [concept, named, ...ofOrders].filter(hasCodes);
}

function hasCodes(concept: ConceptMatcher | undefined): concept is ConceptMatcher & { valueSet: ValueSetDefinition } {
  return concept?.valueSet !== undefined;
}
