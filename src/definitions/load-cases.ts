import { basename } from 'node:path';
import { CasesFile, SiteCasesFile } from './cases.ts';
import { DefinitionError } from './definition-error.ts';
import { DefinitionFiles } from './files.ts';
import type { SiteCases } from './site/effects.ts';

/** Reads the cases of a module. @throws DefinitionError */
export function loadCases(folder: string): CasesFile {
  const files = new DefinitionFiles(folder);
  const cases = files.yaml('cases.yaml', CasesFile);
  if (cases === undefined) throw new DefinitionError(files.faults);
  return cases;
}

/** Reads the cases of a hospital's overlay; undefined when it has none. @throws DefinitionError */
export function loadSiteCases(folder: string, { baseline }: CasesFile): SiteCases | undefined {
  const files = new DefinitionFiles(folder);
  if (!files.has('cases.yaml')) return undefined;
  const source = files.source('cases.yaml');
  const written = source && files.parse(source, SiteCasesFile);
  if (source === undefined || written === undefined) throw new DefinitionError(files.faults);
  return {
    cases: { baseline: written.baseline ?? baseline, cases: written.cases },
    ownRules: files.list('rules', '.yaml').map((file) => basename(file, '.yaml')),
    placeOf: (name) => `${source.file}:${source.find(name, source.span([])) ?? 1}`,
  };
}
