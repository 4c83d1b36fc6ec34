const powers = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** What UCUM writes, where a unit stands, and what people write. */
const spellings: readonly (readonly [RegExp, string | ((...match: string[]) => string)])[] = [
  [/→ \{[^{}]*\}$/, '→ no unit'],
  [/(?<=\d) \{[^{}]*\}$/, ''],
  [/\{1\.73_m2\}/, '1.73 m²'],
  [/\bu(?=(?:mol|g|L)\b)/g, 'µ'],
  [/\b10\*(\d)(?=\/)/g, (_, power = '') => `10${powers[Number(power)]}`],
  [/\[IU\]/g, 'IU'],
  [/mm\[Hg\]/g, 'mmHg'],
  [/\/\(24\.h\)/g, '/24 h'],
];

/**
 * A value, or a change of units, with its units as people write them: annotations of UCUM are no units.
 *
 * @example readableUnits('1.8 {INR}') // '1.8'
 */
export function readableUnits(text: string): string {
  return spellings.reduce((written, [unit, name]) => written.replace(unit, name as string), text);
}
