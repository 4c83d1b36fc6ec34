import type { FhirReader } from './fhir-reader.ts';
import { found, notAsked, type ReadResult } from './read-result.ts';
import { sameReference } from './references.ts';

/** What the scopes of a token say of one request. `partly`: of the type, but only of some resources of it. */
export type Coverage = 'covered' | 'partly' | 'not-covered' | 'unknown';

interface Scope {
  readonly context: 'patient' | 'user' | 'system';
  /** A resource type, or `*`. */
  readonly type: string;
  readonly read: boolean;
  readonly search: boolean;
  /** Restricted by a query, as SMART v2 can. */
  readonly restricted: boolean;
}

/** Of a token: its scopes, and the patient that `patient/` scopes are about where the token says so. */
export interface TokenScope {
  readonly scope?: string | undefined;
  readonly patient?: string | undefined;
}

/**
 * Whether a token can be used for a request. Words that are no scopes of resources (`launch`, `openid`) are ignored.
 * A scope that cannot be understood might be any: then nothing is known, and asking is the way to find out.
 *
 * @param request relative: 'Condition?patient=1', 'Patient/1'
 * @param patientId the patient of the call
 * @see SMART App Launch 1.0 (`patient/Condition.read`) and 2.x (`patient/Condition.rs?category=…`)
 */
export function coverageOf({ scope, patient }: TokenScope, request: string, patientId: string): Coverage {
  const scopes = scopesIn(scope);
  if (scopes.length === 0 || scopes.includes(undefined)) return 'unknown';
  const [type, isSearch] = partsOf(request);
  const fitting = scopes.filter(
    (one): one is Scope =>
      one !== undefined &&
      (one.type === '*' || one.type === type) &&
      (isSearch ? one.search : one.read) &&
      (one.context !== 'patient' || patient === undefined || sameReference(patient, patientId)),
  );
  if (fitting.length === 0) return 'not-covered';
  return fitting.every(({ restricted }) => restricted) ? 'partly' : 'covered';
}

function scopesIn(scope = ''): readonly (Scope | undefined)[] {
  const words = scope.split(/\s+/).filter((word) => /^(patient|user|system)\//.test(word));
  return words.map(parseScope);
}

function parseScope(word: string): Scope | undefined {
  const [, context, type, actions = '', query] =
    /^(patient|user|system)\/(\*|[A-Z][A-Za-z]*)\.(read|write|\*|c?r?u?d?s?)(\?.+)?$/.exec(word) ?? [];
  if (context === undefined || type === undefined || actions === '') return undefined;
  const both = actions === 'read' || actions === '*';
  const v2 = actions !== 'write' && !both;
  return {
    context: context as Scope['context'],
    type,
    read: both || (v2 && actions.includes('r')),
    search: both || (v2 && actions.includes('s')),
    restricted: query !== undefined,
  };
}

function partsOf(request: string): readonly [type: string, isSearch: boolean] {
  const [path = ''] = request.replace(/^\/+/, '').split('?');
  const [type = '', id] = path.split('/');
  return [type, id === undefined || id === ''];
}

/** Does not try what the token cannot be used for. What it can be used for in part is read, and never complete. */
export function scopedReader(reader: FhirReader, token: TokenScope, patientId: string): FhirReader {
  const anyRestricted = scopesIn(token.scope).some((scope) => scope?.restricted);
  return {
    read: async (request) => {
      const coverage = coverageOf(token, request, patientId);
      if (coverage === 'not-covered') return notAsked("the token's scope does not cover it");
      const result = await reader.read(request);
      return coverage === 'partly' ? incomplete(result) : result;
    },
    // What a next link leads to is not said by the link.
    readOn: async (next) => (anyRestricted ? incomplete(await reader.readOn(next)) : reader.readOn(next)),
  };
}

function incomplete(result: ReadResult): ReadResult {
  return result.state === 'found' ? found(result.resources, false) : result;
}
