import { checkGrades } from './checks/grades.ts';
import { checkNames } from './checks/names.ts';
import { checkRanges } from './checks/ranges.ts';
import { checkTemplates } from './checks/templates.ts';
import { checkTexts } from './checks/texts.ts';
import { checkUnits } from './checks/units.ts';
import type { Fault } from './definition-error.ts';
import type { Definitions } from './definitions.ts';

/** Everything that can be wrong with well-formed definitions. The files are named within the module's folder. */
export function checkDefinitions(definitions: Definitions): readonly Fault[] {
  const checks = [checkNames, checkUnits, checkRanges, checkGrades, checkTexts, checkTemplates];
  return checks.flatMap((check) => check(definitions));
}
