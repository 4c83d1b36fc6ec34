import { canonicalSystem, normaliseCode } from './code-systems.ts';
import type { ResourceFault } from './resource-error.ts';

/** What a value set says about one code. */
export interface ValueSetCode {
  readonly display?: string;
  readonly ordinal?: number;
}

/** All codes of a system that have a given form. */
export interface CodePattern {
  readonly system: string;
  readonly regex: RegExp;
}

/** Codes by canonical system and normalised code, and forms of codes. */
export interface CodeSelection {
  readonly codes: ReadonlyMap<string, ReadonlyMap<string, ValueSetCode>>;
  readonly patterns: readonly CodePattern[];
}

const ordinalValue = 'http://hl7.org/fhir/StructureDefinition/valueset-ordinalValue';

/** Reads `ValueSet.compose`. Faults are added to `faults`; the result is only meaningful when there are none. */
export function readCompose(
  compose: unknown,
  faults: ResourceFault[],
): { readonly included: CodeSelection; readonly excluded: CodeSelection } {
  const source = record(compose);
  if (source === undefined) faults.push({ path: 'compose', problem: 'is missing' });
  else if (list(source.include).length === 0) faults.push({ path: 'compose.include', problem: 'must not be empty' });
  return {
    included: readSelection(source?.include, 'compose.include', faults),
    excluded: readSelection(source?.exclude, 'compose.exclude', faults),
  };
}

function readSelection(parts: unknown, path: string, faults: ResourceFault[]): CodeSelection {
  if (parts !== undefined && !Array.isArray(parts)) faults.push({ path, problem: 'must be a list' });
  const codes = new Map<string, Map<string, ValueSetCode>>();
  const patterns: CodePattern[] = [];
  list(parts).forEach((entry, index) => {
    const at = `${path}[${index}]`;
    const part = record(entry) ?? {};
    if (part.valueSet !== undefined) faults.push({ path: `${at}.valueSet`, problem: 'imports are not supported' });
    const system = typeof part.system === 'string' ? canonicalSystem(part.system) : undefined;
    if (system === undefined) faults.push({ path: `${at}.system`, problem: 'is missing' });
    const concepts = list(part.concept);
    const filters = list(part.filter);
    if (concepts.length + filters.length === 0) {
      faults.push({ path: at, problem: 'needs concept or filter: a whole code system is not supported' });
    }
    if (concepts.length > 0 && filters.length > 0) {
      faults.push({ path: at, problem: 'has both concept and filter: FHIR allows one of them' });
    }
    if (filters.length > 1)
      faults.push({ path: `${at}.filter`, problem: 'several filters in one part are not supported' });
    concepts.forEach((concept, position) => {
      const read = readConcept(record(concept) ?? {}, `${at}.concept[${position}]`, faults);
      if (read === undefined || system === undefined) return;
      const ofSystem = codes.get(system) ?? new Map<string, ValueSetCode>();
      codes.set(system, ofSystem.set(normaliseCode(system, read.code), read.about));
    });
    filters.forEach((filter, position) => {
      const regex = readFilter(record(filter) ?? {}, `${at}.filter[${position}]`, faults);
      if (regex !== undefined && system !== undefined) patterns.push({ system, regex });
    });
  });
  return { codes, patterns };
}

function readConcept(
  concept: Record<string, unknown>,
  path: string,
  faults: ResourceFault[],
): { code: string; about: ValueSetCode } | undefined {
  if (typeof concept.code !== 'string' || concept.code.trim() === '') {
    faults.push({ path: `${path}.code`, problem: 'must be a text' });
    return undefined;
  }
  const display = typeof concept.display === 'string' ? { display: concept.display } : {};
  const extension = list(concept.extension)
    .map((entry) => record(entry) ?? {})
    .find(({ url }) => url === ordinalValue);
  if (extension === undefined) return { code: concept.code, about: display };
  const ordinal = extension.valueDecimal;
  if (typeof ordinal !== 'number') {
    faults.push({ path: `${path}.extension`, problem: 'the ordinal value must be a valueDecimal' });
    return undefined;
  }
  return { code: concept.code, about: { ...display, ordinal } };
}

/** What could take more than linear time, or is never needed for the form of a code. */
const unsafeRegex = /\)[*+{]|\(\?(?!:)|\\[1-9k]|(?:[*+]|,\}).*(?:[*+]|,\}).*(?:[*+]|,\})/;

function readFilter(filter: Record<string, unknown>, path: string, faults: ResourceFault[]): RegExp | undefined {
  const before = faults.length;
  if (filter.property !== 'code') faults.push({ path: `${path}.property`, problem: 'only "code" is supported' });
  if (filter.op !== 'regex') faults.push({ path: `${path}.op`, problem: 'only "regex" is supported' });
  const value = filter.value;
  if (typeof value !== 'string' || value === '') {
    faults.push({ path: `${path}.value`, problem: 'must be a regular expression' });
  } else if (unsafeRegex.test(value)) {
    faults.push({
      path: `${path}.value`,
      problem: 'repeated groups, look-around, back references and more than two open repeats are not allowed',
    });
  }
  if (faults.length > before) return undefined;
  try {
    return new RegExp(`^(?:${String(value)})$`);
  } catch {
    faults.push({ path: `${path}.value`, problem: 'is not a regular expression' });
    return undefined;
  }
}

function record(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
