// Named imports on purpose: the default export is `{ UcumLhcUtils, … }` under Node and a module namespace under CommonJS.
import { UcumLhcUtils, UnitTables } from '@lhncbc/ucum-lhc';

let loaded: UcumLhcUtils | undefined;

/** The UCUM engine. Its table is read at the first use (about 30 ms), then kept. */
export function ucum(): UcumLhcUtils {
  loaded ??= UcumLhcUtils.getInstance();
  return loaded;
}

/** Valid UCUM that the engine's table does not list, because annotations are free text there. */
const annotated: ReadonlySet<string> = new Set(['1', '{INR}', '{score}', 'mL/min/{1.73_m2}']);

/**
 * Whether a unit may be computed with: it stands, letter for letter, in the UCUM table of units in use.
 *
 * Parsing alone is not enough: the UCUM grammar also accepts `K/uL` (kelvin per microlitre) and `mg/24.h` (a
 * twenty-fourth of a milligram, times hours), which no laboratory means.
 */
export function isKnownUnit(unit: string): boolean {
  if (annotated.has(unit)) return true;
  ucum();
  return UnitTables.getInstance().getUnitByCode(unit)?.csCode_ === unit;
}
