import { checkNames } from './checks/names.ts';
import { checkTemplates } from './checks/templates.ts';
import { checkTexts } from './checks/texts.ts';
import { checkUnits } from './checks/units.ts';
import type { Fault } from './definition-error.ts';
import type { Definitions } from './definitions.ts';

/** Everything that can be wrong with a module whose files are well-formed. */
export function checkDefinitions(definitions: Definitions): readonly Fault[] {
  const faults = [checkNames, checkUnits, checkTexts, checkTemplates].flatMap((check) => check(definitions));
  return faults.map((fault) => ({ ...fault, file: `${definitions.module}/${fault.file}` }));
}
