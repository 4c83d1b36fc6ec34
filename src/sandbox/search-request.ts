import { isKnownType, supportedParameter } from './definitions.ts';
import {
  badRequest,
  type Filter,
  OperationOutcomeError,
  Operator,
  type SearchRequest,
  type SortRule,
  splitSearchOnComma,
} from './medplum.ts';

export const defaultPageSize = 100;
export const largestPageSize = 1000;

/** What may follow a parameter, as Medplum names it. Everything else would be answered wrongly, so it is refused. */
const operators: Record<string, readonly string[]> = {
  token: [Operator.EQUALS, Operator.NOT, Operator.MISSING],
  reference: [Operator.EQUALS, Operator.MISSING],
  string: [Operator.EQUALS, Operator.CONTAINS, Operator.MISSING],
  uri: [Operator.EQUALS, Operator.MISSING],
  date: ['eq', 'ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb', 'ap', Operator.MISSING],
};

/** A search that is known to be answerable: page bounds set, filters supported, references spelled out. */
export interface CheckedSearch extends SearchRequest {
  readonly filters: Filter[];
  readonly sortRules: SortRule[];
  readonly count: number;
  readonly offset: number;
}

/**
 * Checks a search and completes it. A parameter, modifier or include the server cannot evaluate is an error, never an
 * empty answer that reads as "nothing recorded".
 *
 * @throws OperationOutcomeError (400)
 */
export function checkSearch(request: SearchRequest, baseUrl: string): CheckedSearch {
  const { resourceType: type, include = [] } = request;
  const sortRules = (request.sortRules ?? []).filter(({ code }) => code !== '');
  if (request.revInclude) refuse('_revinclude is not supported');
  if (request.types) refuse('A search names its resource type in the path; _type is not supported');
  for (const { code } of sortRules) {
    if (!supportedParameter(type, code)) refuse(`Cannot sort ${type} by '${code}'`);
  }
  for (const target of include) {
    const included = supportedParameter(target.resourceType, target.searchParam);
    const knownTarget = target.targetType === undefined || isKnownType(target.targetType);
    if (included?.type !== 'reference' || !knownTarget) {
      refuse(`Cannot include '${target.resourceType}:${target.searchParam}'`);
    }
  }
  return {
    ...request,
    sortRules,
    filters: (request.filters ?? []).filter(({ value }) => value !== '').map((f) => checkFilter(type, f, baseUrl)),
    count: Math.min(wholeNumber('_count', request.count ?? defaultPageSize), largestPageSize),
    offset: wholeNumber('_offset', request.offset ?? 0),
  };
}

function checkFilter(type: string, filter: Filter, baseUrl: string): Filter {
  const parameter = supportedParameter(type, filter.code);
  if (!parameter) return refuse(`Search parameter '${filter.code}' of ${type} is unknown or not supported`);
  if (!operators[parameter.type]?.includes(filter.operator)) {
    refuse(`'${filter.operator}' is not supported on search parameter '${filter.code}' of ${type}`);
  }
  if (parameter.type !== 'reference' || filter.operator === Operator.MISSING) return filter;
  return { ...filter, value: spelledOut(filter.value, parameter.target ?? [], baseUrl).join(',') };
}

/** `123` → every type the parameter may refer to; `<base>/Patient/123` → `Patient/123`. */
function spelledOut(value: string, targets: readonly string[], baseUrl: string): string[] {
  return splitSearchOnComma(value).flatMap((reference) => {
    if (reference.startsWith(`${baseUrl}/`)) return [reference.slice(baseUrl.length + 1)];
    return reference.includes('/') ? [reference] : targets.map((target) => `${target}/${reference}`);
  });
}

function wholeNumber(name: string, value: number): number {
  return Number.isInteger(value) && value >= 0 ? value : refuse(`${name} must be a whole number, zero or more`);
}

function refuse(text: string): never {
  throw new OperationOutcomeError(badRequest(text));
}
