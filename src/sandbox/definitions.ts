import type { Bundle, FhirResource, SearchParameter } from 'fhir/r4.js';
import {
  getResourceTypes,
  getSearchParameter,
  getSearchParameters,
  indexSearchParameter,
  indexStructureDefinitionBundle,
  isResourceType,
  readJsonAsync,
} from './medplum.ts';

let loading: Promise<void> | undefined;

/** Gives Medplum the R4 definitions, once per process (about half a second: the structures are 37 MB of JSON). */
export function loadDefinitions(): Promise<void> {
  loading ??= load();
  return loading;
}

async function load(): Promise<void> {
  for (const file of ['fhir/r4/profiles-types.json', 'fhir/r4/profiles-resources.json']) {
    indexStructureDefinitionBundle(await readJsonAsync(file));
  }
  const { entry = [] }: Bundle<FhirResource> = await readJsonAsync('fhir/r4/search-parameters.json');
  for (const { resource } of entry) {
    if (resource?.resourceType === 'SearchParameter') indexForEachType(resource);
  }
}

function indexForEachType(parameter: SearchParameter): void {
  if (parameter.expression === undefined) return;
  for (const type of parameter.base) {
    const narrowed = { ...parameter, base: [type], expression: expressionFor(type, parameter.expression) };
    indexSearchParameter(narrowed as Parameters<typeof indexSearchParameter>[0]);
  }
}

/**
 * The part of a search parameter's expression that concerns one resource type. Many parameters are a union over
 * twenty types and more; evaluating all of it for every resource is what makes an unprepared search slow, by a factor
 * of a hundred.
 *
 * @example expressionFor('Condition', 'AllergyIntolerance.code | Condition.code') // 'Condition.code'
 */
export function expressionFor(type: string, expression: string): string {
  const ofType = new RegExp(`(^|[^A-Za-z.])${type}\\.`);
  const terms = splitUnion(expression).filter((term) => ofType.test(term));
  return terms.length > 0 ? terms.join(' | ') : expression;
}

function splitUnion(expression: string): string[] {
  const terms = [''];
  let depth = 0;
  for (const character of expression) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (character === '|' && depth === 0) terms.push('');
    else terms[terms.length - 1] += character;
  }
  return terms.map((term) => term.trim());
}

/** Among Medplum's R4 structures, but only part of R4B. */
const notInR4 = 'SubscriptionStatus';

export function isKnownType(type: string): boolean {
  return type !== notInR4 && isResourceType(type) === true;
}

export function knownTypes(): string[] {
  return getResourceTypes().filter(isKnownType);
}

/** The kinds of search parameter this server evaluates. */
export type SearchableType = 'token' | 'reference' | 'date' | 'string' | 'uri';

const searchable: ReadonlySet<string> = new Set<SearchableType>(['token', 'reference', 'date', 'string', 'uri']);
const medplumOnly: ReadonlySet<string> = new Set(['_compartment', '_project']);

/** A search parameter this server supports, or undefined (unknown, or a kind it cannot evaluate). */
export function supportedParameter(type: string, code: string) {
  const parameter = Object.hasOwn(getSearchParameters(type) ?? {}, code) ? getSearchParameter(type, code) : undefined;
  if (!parameter || !searchable.has(parameter.type) || medplumOnly.has(code)) return undefined;
  return { ...parameter, type: parameter.type as SearchableType };
}

/** Every supported search parameter of a resource type, by code. */
export function supportedParameters(type: string) {
  return Object.keys(getSearchParameters(type) ?? {})
    .sort()
    .flatMap((code) => supportedParameter(type, code) ?? []);
}
