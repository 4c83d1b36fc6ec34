import { CasesFile } from './cases.ts';
import { DefinitionError } from './definition-error.ts';
import { DefinitionFiles } from './files.ts';

/** Reads the cases of a module. @throws DefinitionError */
export function loadCases(folder: string): CasesFile {
  const files = new DefinitionFiles(folder);
  const cases = files.yaml('cases.yaml', CasesFile);
  if (cases === undefined) throw new DefinitionError(files.faults);
  return cases;
}
