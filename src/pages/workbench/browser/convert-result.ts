import { convert } from '../../../units/convert.ts';
import { parseQuantity } from './edit-record.ts';
import type { LaboratoryTest } from './record-templates.ts';

export interface UnitChange {
  /** UCUM. */
  readonly from: string;
  /** UCUM. */
  readonly to: string;
  readonly test: LaboratoryTest;
}

/**
 * The same result in another unit, as people write it. It has at least three significant digits, and so many more that
 * the way back gives the number that it was made from.
 *
 * @param written a number or a limit: '0.9', '<0.2'
 * @returns undefined when it is neither, or when no conversion between the units is known
 * @example convertedResult('0.9', { from: 'mg/dL', to: 'umol/L', test: laboratoryTests.bilirubin }) // '15.4'
 */
export function convertedResult(written: string, { from, to, test }: UnitChange): string | undefined {
  const quantity = parseQuantity(written);
  const exact = quantity && inUnit(quantity.value, from, to, test);
  if (quantity === undefined || exact === undefined) return undefined;
  const digits = Math.max(fewestDigits, significantDigits(quantity.value));
  for (let precision = fewestDigits; precision <= mostDigits; precision += 1) {
    const rounded = Number(exact.toPrecision(precision));
    const back = inUnit(rounded, to, from, test);
    if (back?.toPrecision(digits) !== quantity.value.toPrecision(digits)) continue;
    const text = `${quantity.comparator}${rounded}`;
    return parseQuantity(text) && text;
  }
  return undefined;
}

const fewestDigits = 3;
/** As many as `convert` gives. */
const mostDigits = 12;

function significantDigits(value: number): number {
  return String(value)
    .replace('.', '')
    .replace(/^0+|0+$/g, '').length;
}

/** Between mass and amount of substance by way of mg/dL and umol/L. */
function inUnit(value: number, from: string, to: string, { umolPerLPerMgPerDl }: LaboratoryTest): number | undefined {
  const direct = convert(value, from, to);
  if (direct !== undefined || umolPerLPerMgPerDl === undefined) return direct;
  const mass = convert(value, from, 'mg/dL');
  if (mass !== undefined) return convert(mass * umolPerLPerMgPerDl, 'umol/L', to);
  const amount = convert(value, from, 'umol/L');
  return amount === undefined ? undefined : convert(amount / umolPerLPerMgPerDl, 'mg/dL', to);
}
