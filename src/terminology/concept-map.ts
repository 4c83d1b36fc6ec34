import { canonicalSystem, normaliseCode } from './code-systems.ts';
import { ResourceError, type ResourceFault } from './resource-error.ts';

/** A code under its canonical system, normalised. */
export interface MappedCode {
  readonly system: string;
  readonly code: string;
}

/** A local code that means the same as another one. */
export interface CodeMapping {
  readonly local: MappedCode & { readonly display?: string };
  readonly standard: MappedCode;
  /** Where the standard code stands in the resource. */
  readonly path: string;
}

/** Why a mapping that is less than equal is no ground for advice. Names of FHIR R4's ConceptMapEquivalence. */
const refused: Readonly<Record<string, string>> = {
  wider: 'the target means more than the local code, so what holds for it need not hold here',
  subsumes: 'the target means more than the local code, so what holds for it need not hold here',
  narrower: 'the target means less than the local code, which may stand for something else',
  specializes: 'the target means less than the local code, which may stand for something else',
  inexact: 'the two only overlap',
  relatedto: 'how the two are related is not said',
};
const accepted: ReadonlySet<unknown> = new Set(['equivalent', 'equal']);
/** They say that there is no mapping: nothing follows. */
const none: ReadonlySet<unknown> = new Set(['unmatched', 'disjoint']);

/**
 * Reads a FHIR R4 ConceptMap: the local codes that are `equivalent` or `equal` to others. Mappings that are less, or
 * hold only under conditions, are faults.
 *
 * @param file named in the message
 * @throws ResourceError with every fault of the file
 */
export function parseConceptMap(json: unknown, file: string): readonly CodeMapping[] {
  const faults: ResourceFault[] = [];
  const fault = (path: string, problem: string) => void faults.push({ path, problem });
  const resource = record(json);
  if (resource.resourceType !== 'ConceptMap') fault('resourceType', 'must be "ConceptMap"');
  const groups = list(resource.group);
  if (groups.length === 0) fault('group', 'must not be empty');
  const mappings = groups.flatMap((entry, index) => {
    const at = `group[${index}]`;
    const group = record(entry);
    const [from, to] = [systemOf(group.source), systemOf(group.target)];
    if (from === undefined) fault(`${at}.source`, 'is missing: the code system of the local codes');
    if (to === undefined) fault(`${at}.target`, 'is missing: the code system of the codes they are mapped to');
    if (group.unmapped !== undefined) fault(`${at}.unmapped`, 'is not supported: every mapping is written out');
    if (list(group.element).length === 0) fault(`${at}.element`, 'must not be empty');
    return list(group.element).flatMap((one, position) =>
      mappingsOf(record(one), from ?? '', to ?? '', `${at}.element[${position}]`, fault),
    );
  });
  if (faults.length > 0) throw new ResourceError(file, faults);
  return mappings;
}

function mappingsOf(
  element: Record<string, unknown>,
  from: string,
  to: string,
  path: string,
  fault: (path: string, problem: string) => void,
): readonly CodeMapping[] {
  const local = codeOf(element.code);
  if (local === undefined) fault(`${path}.code`, 'must be a text');
  return list(element.target).flatMap((entry, index) => {
    const at = `${path}.target[${index}]`;
    const target = record(entry);
    const { equivalence } = target;
    if (none.has(equivalence)) return [];
    const standard = codeOf(target.code);
    if (standard === undefined) fault(`${at}.code`, 'must be a text');
    if (equivalence === undefined) fault(`${at}.equivalence`, 'is missing: equivalent or equal, as in FHIR R4');
    else if (!accepted.has(equivalence)) {
      const why = refused[String(equivalence)] ?? 'it is no equivalence of FHIR R4';
      fault(`${at}.equivalence`, `'${equivalence}' is refused: ${why}`);
    }
    for (const key of ['dependsOn', 'product'] as const) {
      if (list(target[key]).length > 0) fault(`${at}.${key}`, 'is not supported: a mapping holds always or not at all');
    }
    if (local === undefined || standard === undefined) return [];
    const display = typeof element.display === 'string' ? { display: element.display } : {};
    return [
      {
        local: { system: from, code: normaliseCode(from, local), ...display },
        standard: { system: to, code: normaliseCode(to, standard) },
        path: `${at}.code`,
      },
    ];
  });
}

function systemOf(value: unknown): string | undefined {
  return typeof value === 'string' ? canonicalSystem(value) : undefined;
}

function codeOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
