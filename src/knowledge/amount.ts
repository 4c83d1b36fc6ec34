import { formatQuantity } from '../cards/format.ts';
import type { Definitions } from '../definitions/definitions.ts';
import { exactly } from '../kernel/estimate.ts';

/** A number with its unit as it is read aloud: '42 days', '1 day', '2 mg/dL'. */
export function amount(value: number, unit: string): string {
  const text = formatQuantity(exactly(value), unit);
  return value === 1 ? text.replace(/(day|year)s$/, '$1') : text;
}

/** The newest value of a limit, in every unit it is given in: '2 mg/dL (34 µmol/L)'. */
export function limitText(id: string, { thresholds }: Definitions): string {
  const { unit = '1', values = {} } = thresholds[id] ?? {};
  const newest = Object.keys(values).sort().at(-1);
  return newest === undefined ? id : valueText(values[newest]?.value ?? Number.NaN, unit);
}

/** A value as it is written in thresholds.yaml: a number, or one number per unit. */
export function valueText(value: number | Readonly<Record<string, number>>, unit: string): string {
  if (typeof value === 'number') return amount(value, unit);
  const [first = '', ...others] = Object.entries(value).map(([one, number]) => amount(number, one));
  return others.length > 0 ? `${first} (${others.join(', ')})` : first;
}
