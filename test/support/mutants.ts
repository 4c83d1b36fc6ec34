import { type Definitions, thresholdsOn } from '../../src/definitions/definitions.ts';

/** The definitions with one limit moved by one step. */
export interface Mutant {
  readonly threshold: string;
  /** 'labs-valid-days 30 d → 31 d'. */
  readonly name: string;
  readonly definitions: Definitions;
}

/** Tests that are printed with a decimal; everything else (scores, grades, days, years, counts) is whole. */
const decimalsOfUnit: Readonly<Record<string, number>> = { 'mg/dL': 1, 'g/dL': 1, '{INR}': 1 };

/** Every value that is in force on a day, one step up and one step down, in each of its units by itself. */
export function mutantsOf(definitions: Definitions, day: Date): readonly Mutant[] {
  return [...thresholdsOn(definitions, day)].flatMap(([threshold, { values }]) =>
    [...values].flatMap(([unit, value]) =>
      [1, -1].map((direction) => {
        const step = direction * stepOf(value, unit);
        const moved = Number((value + step).toPrecision(12));
        return {
          threshold,
          name: `${threshold} ${value} ${unit} → ${moved} ${unit}`,
          definitions: withValues(definitions, threshold, new Map([...values, [unit, moved]])),
        };
      }),
    ),
  );
}

/** The smallest decimal that is printed, of the limit itself or of results in its unit. */
export function stepOf(value: number, unit: string): number {
  const own = /\.(\d+)$/.exec(String(value))?.[1]?.length ?? 0;
  return 10 ** -Math.max(own, decimalsOfUnit[unit] ?? 0);
}

function withValues(definitions: Definitions, id: string, values: ReadonlyMap<string, number>): Definitions {
  const threshold = definitions.thresholds[id];
  if (threshold === undefined) return definitions;
  const { unit } = threshold;
  const value = unit === undefined ? Object.fromEntries(values) : (values.get(unit) ?? Number.NaN);
  const dated = Object.entries(threshold.values).map(([from, one]) => [from, { ...one, value }]);
  return {
    ...definitions,
    thresholds: { ...definitions.thresholds, [id]: { ...threshold, values: Object.fromEntries(dated) } },
  };
}
