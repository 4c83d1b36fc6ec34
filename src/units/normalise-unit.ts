import { isKnownUnit } from './ucum.ts';
import { unitBySpelling } from './unit-spellings.ts';

/**
 * The UCUM code that a unit string of a record means.
 *
 * Trusted are the spellings listed in `unit-spellings.ts`, powers of ten per volume in their usual spellings, and
 * exact codes of the UCUM table. Everything else is not a unit, even when the UCUM grammar would accept it.
 *
 * @param written  `Quantity.code` or `Quantity.unit` as received
 * @param expected the UCUM unit the caller reads the value in; settles what alone would be ambiguous: a blank or
 *   `ratio` where a pure number is expected, and `G/L` (grams per litre, or giga per litre for counts)
 * @returns UCUM code, or undefined when the unit is missing, unknown or ambiguous
 * @see UCUM, https://ucum.org/ucum ; the rejected spellings were collected from real records
 * @example normaliseUnit('x10E3/uL') // '10*3/uL'
 */
export function normaliseUnit(written: string | undefined, expected?: string): string | undefined {
  const text = plain(written ?? '');
  if (text === 'G/L' || text === 'G/l') return gigaOrGram(expected);
  const lower = text.toLowerCase();
  if (expected !== undefined && isPureNumber(expected) && readsAsPureNumber(lower, expected)) return expected;
  if (text === '') return undefined;
  const unit = lookUp(text, lower);
  return unit !== undefined && isKnownUnit(unit) ? unit : undefined;
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Blanks removed, either micro sign as `u`, superscripts as powers, the multiplication sign as `x`. */
function plain(written: string): string {
  if (written.length > 40) return '?';
  return written
    .replace(/\s/g, '')
    .replace(/[\u00b5\u03bc]/g, 'u')
    .replace(/×/g, 'x')
    .replace(/[⁰¹²³⁴-⁹]+/g, (digits) => `*${[...digits].map((digit) => superscripts.indexOf(digit)).join('')}`);
}

function lookUp(text: string, lower: string): string | undefined {
  return unitBySpelling.get(lower) ?? countPerVolume(lower) ?? unannotated(lower) ?? text;
}

const volumes: Readonly<Record<string, string>> = { l: 'L', ml: 'mL', ul: 'uL', mcl: 'uL', mm3: 'uL', cumm: 'uL' };

/** `10^9/L`, `x10E3/uL`, `10*3/mcL`, `x10(3)/uL` → UCUM. `10E3` is written for a thousand, not for ten thousand. */
function countPerVolume(lower: string): string | undefined {
  const match = /^x?10(?:\*\*|[*^e]|(?=\())\(?(3|6|9|12)\)?\/(l|ml|ul|mcl|mm3|cumm)$/.exec(lower);
  const volume = volumes[match?.[2] ?? ''];
  return match && volume !== undefined ? `10*${match[1]}/${volume}` : undefined;
}

/** A remark in braces behind a complete unit does not change it: `mg/dL{calc}`. */
function unannotated(lower: string): string | undefined {
  const bare = lower.replace(/(?<=[a-z])\{[^{}]*\}$/, '');
  return bare === lower ? undefined : (unitBySpelling.get(bare) ?? countPerVolume(bare));
}

function gigaOrGram(expected: string | undefined): string | undefined {
  if (expected === undefined) return undefined;
  if (/^(?:10\*\d+)?\/[munp]?L$/.test(expected)) return '10*9/L';
  return /^[kmunp]?g\/[dcmunp]?L$/.test(expected) ? 'g/L' : undefined;
}

function isPureNumber(unit: string): boolean {
  return unit === '1' || /^\{[^{}]*\}$/.test(unit);
}

function readsAsPureNumber(lower: string, expected: string): boolean {
  // What is counted is said in braces: `{lesions}`.
  if (expected === '1' && /^\{[a-z#]+\}$/.test(lower)) return true;
  const annotation = expected.replace(/[{}]/g, '').toLowerCase();
  return ['', '1', 'ratio', '{ratio}', annotation, `{${annotation}}`].includes(lower);
}
