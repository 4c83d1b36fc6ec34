import { measures } from '../../measures/index.ts';
import type { Fault } from '../definition-error.ts';
import type { Definitions } from '../definitions.ts';
import type { FactDefinition } from '../schemas/facts.ts';
import { comparisonsOf, conditionsOf } from './references.ts';

const days: ReadonlySet<FactDefinition['reducer']> = new Set([
  'last-episode',
  'last-exposure',
  'last-order',
  'last-performed',
  'last-procedure',
]);

/** The UCUM units in which a fact can be found. */
export function unitsOf(definition: FactDefinition): readonly string[] {
  if ('units' in definition) return definition.units;
  if (days.has(definition.reducer)) return ['d'];
  return definition.reducer === 'age' ? ['a'] : ['1'];
}

/** Numbers are compared only in units in which both sides have a value, and thresholds say in which unit they are. */
export function checkUnits(definitions: Definitions): readonly Fault[] {
  const { facts, thresholds } = definitions;
  const faults: Fault[] = [];
  for (const [id, { unit, values }] of Object.entries(thresholds)) {
    const bare = Object.values(values).some(({ value }) => typeof value === 'number');
    if (bare && unit === undefined) faults.push({ file: 'thresholds.yaml', message: `${id}: has no unit`, about: id });
    if (!bare && unit !== undefined)
      faults.push({ file: 'thresholds.yaml', message: `${id}: has a unit and values per unit`, about: id });
  }
  for (const [file, condition] of conditionsOf(definitions)) {
    for (const { subject, id, threshold } of comparisonsOf(condition)) {
      const known = threshold === undefined ? undefined : thresholds[threshold];
      if (known === undefined) continue;
      const definition = facts.get(id)?.definition;
      const needed = subject === 'measure' ? ['1'] : definition ? unitsOf(definition) : [];
      for (const { value } of Object.values(known.values)) {
        const given = typeof value === 'number' ? [known.unit ?? '1'] : Object.keys(value);
        const missing = needed.filter((unit) => !given.includes(unit));
        if (missing.length > 0) {
          faults.push({
            file,
            message: `${subject} '${id}' is found in ${missing.join(', ')}, but '${threshold}' has no value in it`,
            about: threshold ?? id,
          });
        }
      }
    }
  }
  return [...faults, ...measureInputs(definitions)];
}

function measureInputs({ facts }: Definitions): readonly Fault[] {
  return measures.flatMap(({ id, inputs }) =>
    Object.entries(inputs).flatMap(([fact, units]) => {
      const definition = facts.get(fact)?.definition;
      const wrong = definition ? unitsOf(definition).filter((unit) => !units.includes(unit)) : [];
      return wrong.map((unit) => ({
        file: 'facts.yaml',
        message: `${fact}: the measure ${id} cannot read it in ${unit}`,
        about: fact,
      }));
    }),
  );
}

/** Thresholds whose values per unit are not the same quantity: worth a look, no fault. */
export function differingUnits(
  { thresholds }: Pick<Definitions, 'thresholds'>,
  convert: (value: number, from: string, to: string) => number | undefined,
): readonly string[] {
  return Object.entries(thresholds).flatMap(([id, { values }]) =>
    Object.values(values).flatMap(({ value }) => {
      if (typeof value === 'number') return [];
      const [first, ...others] = Object.entries(value);
      return others.flatMap(([unit, number]) => {
        const converted = first && convert(first[1], first[0], unit);
        return converted !== undefined && Math.abs(converted / number - 1) > 0.03
          ? [`${id}: ${first?.[0]} and ${unit} differ by more than 3 %`]
          : [];
      });
    }),
  );
}
