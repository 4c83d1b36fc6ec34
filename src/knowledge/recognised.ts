import { formatList } from '../cards/format.ts';
import type { Definitions } from '../definitions/definitions.ts';
import type { FactDefinition } from '../definitions/schemas/facts.ts';
import type { ValueSetDefinition } from '../terminology/value-set.ts';
import { amount } from './amount.ts';

const mostCodes = 12;

/** By what a fact is recognised in a record, in words; undefined for a fact that reads no codes and no names. */
export function recognisedBy(definition: FactDefinition, { valueSets }: Definitions): string | undefined {
  if (!('names' in definition)) return undefined;
  const { valueSet, names, notNames, exclude } = definition;
  const codes = (id: string) => codesText(valueSets.get(id));
  const words = names.map((name) =>
    typeof name === 'string' ? name : `${name.abbreviation} (beside ${name.alongside.join(', ')})`,
  );
  const sentences = [
    valueSet === undefined ? '' : `Codes for ${codes(valueSet)}.`,
    exclude.length > 0 ? `Not codes for ${exclude.map(codes).join('; ')}.` : '',
    words.length > 0 ? `The words ${quoted(words)}.` : '',
    notNames.length > 0 ? `Not the words ${quoted(notNames)}.` : '',
    'plausible' in definition ? believedText(definition) : '',
  ];
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

function believedText({ units, plausible }: Extract<FactDefinition, { plausible: unknown }>): string {
  const ranges = units.flatMap((unit) => {
    const [low, high] = plausible[unit] ?? [];
    return low === undefined || high === undefined ? [] : [`${low} to ${amount(high, unit)}`];
  });
  return `Believed from ${formatList(ranges, 'or')}.`;
}

/** What the codes are called; codes without a name, and forms of codes, by themselves. */
function codesText(valueSet: ValueSetDefinition | undefined): string {
  const listed = [...(valueSet?.codes.values() ?? [])].flatMap((codes) =>
    [...codes].map(([code, { display }]) => display ?? code),
  );
  const forms = (valueSet?.patterns ?? []).map(({ regex }) => `any code of the form ${regex.source}`);
  const all = [...new Map([...listed, ...forms].map((name) => [name.toLowerCase(), name])).values()];
  const more = all.length > mostCodes ? `; ${all.length - mostCodes} more in ${valueSet?.id}` : '';
  return `${all.slice(0, mostCodes).join('; ')}${more}`;
}

function quoted(words: readonly string[]): string {
  return words.map((word) => `“${word}”`).join(', ');
}
