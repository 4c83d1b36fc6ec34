import type { Resource } from 'fhir/r4.js';
import { type CodeMapping, parseConceptMap } from '../terminology/concept-map.ts';
import { ResourceError } from '../terminology/resource-error.ts';
import { parseValueSet, type ValueSetDefinition } from '../terminology/value-set.ts';
import type { DefinitionFiles } from './files.ts';
import { OrderTemplate } from './schemas/site.ts';

/** Reads a FHIR ValueSet; undefined, with the faults noted, when it cannot be used. */
export function readValueSet(file: string, files: DefinitionFiles): ValueSetDefinition | undefined {
  return readResource(file, files, (json) => parseValueSet(json, file));
}

/** Reads a FHIR ConceptMap; undefined, with the faults noted, when it cannot be used. */
export function readConceptMap(file: string, files: DefinitionFiles): readonly CodeMapping[] | undefined {
  return readResource(file, files, (json) => parseConceptMap(json, file));
}

/** Reads an order that a suggestion may create; undefined, with the faults noted, when it cannot be drafted. */
export function readOrderTemplate(file: string, files: DefinitionFiles): Resource | undefined {
  const source = files.source(file);
  // As it was written: the schema would give its keys another order.
  return source && files.parse(source, OrderTemplate) && (source.data as Resource);
}

function readResource<T>(file: string, files: DefinitionFiles, parse: (json: unknown) => T): T | undefined {
  const source = files.source(file);
  if (source === undefined) return undefined;
  try {
    return parse(source.data);
  } catch (error) {
    if (!(error instanceof ResourceError)) throw error;
    for (const { path, problem } of error.faults) {
      files.fault(file, `${path}: ${problem}`, source.span(stepsOf(path))[0]);
    }
    return undefined;
  }
}

/** The steps of a path as terminology writes it. @example stepsOf('group[0].source') // ['group', 0, 'source'] */
export function stepsOf(path: string): readonly (string | number)[] {
  return [...path.matchAll(/[^.[\]]+/g)].map(([step]) => (/^\d+$/.test(step) ? Number(step) : step));
}
