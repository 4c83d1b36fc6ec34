import { canonicalSystem, normaliseCode } from './code-systems.ts';
import { ResourceError, type ResourceFault } from './resource-error.ts';
import { type CodeSelection, readCompose, type ValueSetCode } from './value-set-compose.ts';

export type { CodePattern, CodeSelection, ValueSetCode } from './value-set-compose.ts';

/** A FHIR ValueSet, ready for look-up. */
export interface ValueSetDefinition extends CodeSelection {
  readonly id: string;
  readonly url: string;
  readonly version?: string;
  readonly title?: string;
  /** What is in it, and what is not, for who reviews it. */
  readonly description?: string;
  readonly excluded: CodeSelection;
}

/**
 * Reads a FHIR R4 ValueSet: `compose.include` and `exclude` with enumerated concepts, or a filter on the form of
 * the code. Whatever would need a terminology server (imports, hierarchy, whole code systems) is a fault.
 *
 * @param file named in the message
 * @throws ResourceError with every fault of the file
 */
export function parseValueSet(json: unknown, file: string): ValueSetDefinition {
  const faults: ResourceFault[] = [];
  const source = typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {};
  const text = (key: string): string => {
    const value = source[key];
    if (typeof value === 'string' && value.trim() !== '') return value;
    faults.push({ path: key, problem: 'must be a text' });
    return '';
  };
  if (source.resourceType !== 'ValueSet') faults.push({ path: 'resourceType', problem: 'must be "ValueSet"' });
  const id = text('id');
  const url = text('url');
  const optional = (key: 'version' | 'title' | 'description') =>
    source[key] === undefined ? {} : { [key]: text(key) };
  const about = { ...optional('version'), ...optional('title'), ...optional('description') };
  const { included, excluded } = readCompose(source.compose, faults);
  if (faults.length > 0) throw new ResourceError(file, faults);
  return { id, url, ...about, ...included, excluded };
}

/** Adds a hospital's codes to a shipped value set. What either excludes stays out. Both must have the same id. */
export function mergeValueSets(base: ValueSetDefinition, extra: ValueSetDefinition): ValueSetDefinition {
  if (base.id !== extra.id) throw new Error(`cannot merge value set "${extra.id}" into "${base.id}"`);
  const versions = [base.version, extra.version].filter((version) => version !== undefined);
  return {
    id: base.id,
    url: base.url,
    ...(versions.length > 0 ? { version: versions.join('+') } : {}),
    ...(base.title !== undefined && { title: base.title }),
    ...(base.description !== undefined && { description: base.description }),
    ...mergeSelections(base, extra),
    excluded: mergeSelections(base.excluded, extra.excluded),
  };
}

/** The value set with one code more, which says what `about` says. */
export function withCode(base: ValueSetDefinition, system: string, code: string, about: ValueSetCode) {
  const codes = new Map([[system, new Map([[code, about]])]]);
  return { ...base, ...mergeSelections(base, { codes, patterns: [] }) };
}

function mergeSelections(base: CodeSelection, extra: CodeSelection): CodeSelection {
  const codes = new Map(base.codes);
  for (const [system, added] of extra.codes) codes.set(system, new Map([...(codes.get(system) ?? []), ...added]));
  return { codes, patterns: [...base.patterns, ...extra.patterns] };
}

/**
 * The bare enumerated codes of a value set, without repetition, in file order, for a search such as `code=1,2`.
 * Forms of codes (filters) cannot be listed and are not in it.
 */
export function codesOf(valueSet: ValueSetDefinition): string[] {
  const listed = [...valueSet.codes].flatMap(([system, codes]) =>
    [...codes.keys()].filter((code) => find(valueSet.excluded, system, code) === undefined),
  );
  return [...new Set(listed)];
}

/** What the value set says about a coding, under any name of its system; undefined when it is not in the set. */
export function findCode(valueSet: ValueSetDefinition, system: string, code: string): ValueSetCode | undefined {
  const canonical = canonicalSystem(system);
  if (canonical === undefined) return undefined;
  return findNormalised(valueSet, canonical, normaliseCode(canonical, code));
}

/** The same for a coding that is already canonical. */
export function findNormalised(valueSet: ValueSetDefinition, system: string, code: string): ValueSetCode | undefined {
  if (find(valueSet.excluded, system, code) !== undefined) return undefined;
  return find(valueSet, system, code);
}

/** Codes are short; a longer text is not one, and is not tried against patterns. */
const longestCode = 64;

function find({ codes, patterns }: CodeSelection, system: string, code: string): ValueSetCode | undefined {
  const listed = codes.get(system)?.get(code);
  if (listed !== undefined || code.length > longestCode) return listed;
  return patterns.some((pattern) => pattern.system === system && pattern.regex.test(code)) ? {} : undefined;
}
