import { asArray } from '../../fhir/codeable-concept.ts';
import { type Estimate, exactly, lessThan, moreThan } from '../../kernel/estimate.ts';
import { normaliseUnit } from '../../units/normalise-unit.ts';
import type { ObservedValue } from './observations.ts';

/** A quantity as a laboratory wrote it. */
export interface WrittenQuantity {
  readonly value: number;
  /** '' when there is none. */
  readonly comparator: string;
  /** UCUM; undefined when none is written, null when what is written is no unit we know. */
  readonly unit: string | null | undefined;
  /** Untouched, for the reader. */
  readonly asRecorded: string;
}

/** Reads a Quantity, a bare number or a text such as '<0.2 mg/dL'. Undefined when there is no number. */
export function writtenQuantity(
  observed: ObservedValue,
  expectedUnit: string | undefined,
): WrittenQuantity | undefined {
  const { valueQuantity, valueInteger, valueDecimal, valueString } = observed;
  const unitFrom = (written: readonly unknown[]) => unitOf(written, observed.referenceRange, expectedUnit);
  if (valueQuantity && typeof valueQuantity.value === 'number') {
    const { value, comparator = '', code, unit } = valueQuantity;
    const asRecorded = `${comparator}${value} ${unit ?? code ?? ''}`.trim();
    return { value, comparator, unit: unitFrom([code, unit]), asRecorded };
  }
  const number = [valueDecimal, valueInteger].find((one) => typeof one === 'number');
  if (typeof number === 'number') return { value: number, comparator: '', unit: unitFrom([]), asRecorded: `${number}` };
  const text = /^\s*(?:([<>]=?)\s*)?(\d{1,6}(?:[.,]\d{1,6})?)\s*([^\s\d].{0,20}|)$/.exec(valueString ?? '');
  if (text === null) return undefined;
  const [asRecorded, comparator = '', digits = '', unit = ''] = text;
  return { value: Number(digits.replace(',', '.')), comparator, unit: unitFrom([unit.trim()]), asRecorded };
}

/** The first unit we know of those written; where none is written, the reference range may tell. */
function unitOf(written: readonly unknown[], referenceRange: unknown, expected: string | undefined) {
  const given = written.filter(isWritten);
  const units = given.length > 0 ? given : unitsOfRange(referenceRange);
  const known = units.map((unit) => normaliseUnit(unit, expected)).find((unit) => unit !== undefined);
  if (known !== undefined) return known;
  return given.length > 0 ? null : undefined;
}

function unitsOfRange(referenceRange: unknown): readonly string[] {
  type Range = Partial<Record<'low' | 'high', { code?: unknown; unit?: unknown }>> | null;
  const ranges = asArray(referenceRange as Range | Range[]);
  return ranges
    .flatMap((range) => [range?.low?.code, range?.low?.unit, range?.high?.code, range?.high?.unit])
    .filter(isWritten);
}

function isWritten(unit: unknown): unit is string {
  return typeof unit === 'string' && unit.trim() !== '';
}

/** What a value with its comparator says; undefined for a comparator that says nothing of the value. */
export function quantityEstimate(value: number, comparator: string): Estimate | undefined {
  switch (comparator) {
    case '':
      return exactly(value);
    case '<':
      return lessThan(value);
    case '>':
      return moreThan(value);
    case '<=':
      return { ...lessThan(value), highOpen: false };
    case '>=':
      return { ...moreThan(value), lowOpen: false };
    default:
      return undefined;
  }
}
