import { isKnownUnit, ucum } from './ucum.ts';

/**
 * A value in another unit of the same kind of quantity.
 *
 * @param value number in `from`
 * @param from  UCUM code, as `normaliseUnit` gives it
 * @param to    UCUM code
 * @returns the value in `to`, to 12 significant digits (floating-point noise must not move a value across a
 *   threshold); undefined for unknown units, another kind of quantity (mass and amount of substance included:
 *   there is no molar mass here), other annotations (`mL/min` is not `mL/min/{1.73_m2}`), or a value not finite
 * @example convert(75, 'mg/dL', 'g/L') // 0.75
 */
export function convert(value: number, from: string, to: string): number | undefined {
  if (!Number.isFinite(value) || !isKnownUnit(from) || !isKnownUnit(to)) return undefined;
  if (from === to) return value;
  if (!sameAnnotations(from, to)) return undefined;
  const { status, toVal } = ucum().convertUnitTo(from, value, to);
  if (status !== 'succeeded' || toVal === null || !Number.isFinite(toVal)) return undefined;
  return Number(toVal.toPrecision(12));
}

/** Whether values in unit `a` can be given in unit `b`. */
export function commensurable(a: string, b: string): boolean {
  return convert(1, a, b) !== undefined;
}

/** Annotations carry meaning that UCUM ignores; only `1` may stand for any annotated pure number. */
function sameAnnotations(a: string, b: string): boolean {
  const pureNumber = /^(?:1|\{[^{}]*\})$/;
  if ((a === '1' || b === '1') && pureNumber.test(a) && pureNumber.test(b)) return true;
  return annotationsOf(a) === annotationsOf(b);
}

function annotationsOf(unit: string): string {
  return (unit.match(/\{[^{}]*\}/g) ?? []).join('');
}
