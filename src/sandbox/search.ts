import { supportedParameter } from './definitions.ts';
import {
  convertToSearchableDates,
  convertToSearchableReferences,
  convertToSearchableStrings,
  convertToSearchableTokens,
  evalFhirPathTyped,
  formatSearchQuery,
  LRUCache,
  matchesSearchRequest,
  Operator,
  type SortRule,
  splitSearchOnComma,
  toTypedValue,
} from './medplum.ts';
import type { ResourceIndex, Stored } from './resource-index.ts';
import type { CheckedSearch } from './search-request.ts';

/** Every resource the search asks for, sorted; paging is the caller's. */
export function findMatches(index: ResourceIndex, search: CheckedSearch): Stored[] {
  const matches = candidates(index, search).filter((resource) =>
    matchesSearchRequest(resource as Parameters<typeof matchesSearchRequest>[0], search),
  );
  return sorted(matches, search.sortRules);
}

/** Where an id or a reference is given, only what can match; otherwise everything of the type. */
function candidates(index: ResourceIndex, { resourceType: type, filters }: CheckedSearch): Stored[] {
  const exact = filters.filter(({ operator }) => operator === Operator.EQUALS);
  const id = exact.find(({ code }) => code === '_id');
  if (id) return [...new Set(splitSearchOnComma(id.value))].flatMap((value) => index.get(type, value) ?? []);
  const reference = exact.find(({ code }) => supportedParameter(type, code)?.type === 'reference');
  return reference ? index.referringTo(type, splitSearchOnComma(reference.value)) : index.all(type);
}

/** Sorted by the rules in their order; a resource without the value comes last in either direction. */
function sorted(resources: readonly Stored[], rules: readonly SortRule[]): Stored[] {
  const keyed = resources.map((resource) => ({ resource, keys: rules.map(({ code }) => sortKey(resource, code)) }));
  keyed.sort((a, b) => {
    for (const [i, rule] of rules.entries()) {
      const order = compareKeys(a.keys[i], b.keys[i], rule.descending === true);
      if (order !== 0) return order;
    }
    return 0;
  });
  return keyed.map(({ resource }) => resource);
}

function compareKeys(a: string | undefined, b: string | undefined, descending: boolean): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  return a < b === descending ? 1 : -1;
}

const parsedExpressions = new LRUCache<Exclude<Parameters<typeof evalFhirPathTyped>[0], string>>(1000);

/** The value a resource is sorted by: for dates its first instant in UTC, so offsets and precisions compare. */
function sortKey(resource: Stored, code: string): string | undefined {
  const parameter = supportedParameter(resource.resourceType, code);
  if (!parameter?.expression) return undefined;
  const values = evalFhirPathTyped(parameter.expression, [toTypedValue(resource)], undefined, parsedExpressions);
  switch (parameter.type) {
    case 'date':
      return convertToSearchableDates(values).map(({ start, end }) => start ?? end)[0];
    case 'token':
      return convertToSearchableTokens(values)[0]?.value?.toLowerCase();
    case 'reference':
      return convertToSearchableReferences(values)[0];
    default:
      return convertToSearchableStrings(values)[0]?.toLowerCase();
  }
}

/** The `self` link and, while there is more, the `next` one. `search` is as asked for, before checking. */
export function pageLinks(
  baseUrl: string,
  { resourceType, filters, sortRules, include = [], count, offset }: Omit<CheckedSearch, 'total'>,
  total: number,
) {
  const page = (start: number) =>
    `${baseUrl}/${resourceType}${formatSearchQuery({ resourceType, filters, sortRules, include, count, offset: start })}`;
  const self = { relation: 'self', url: page(offset) };
  const more = count > 0 && offset + count < total;
  return more ? [self, { relation: 'next', url: page(offset + count) }] : [self];
}
