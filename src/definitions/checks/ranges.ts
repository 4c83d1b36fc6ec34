import { measures } from '../../measures/index.ts';
import type { Fault } from '../definition-error.ts';
import type { Definitions } from '../definitions.ts';
import type { FactDefinition } from '../schemas/facts.ts';
import { comparisonsOf, conditionsOf, thresholdsOfFacts } from './references.ts';

type Range = readonly [low: number, high: number];

/** Limits lie where the compared value can be, and windows within the time that is read. */
export function checkRanges(definitions: Definitions): readonly Fault[] {
  const { facts } = definitions;
  const compared = conditionsOf(definitions).flatMap(([, condition]) => comparisonsOf(condition));
  const uses = [
    ...compared.flatMap(({ subject, id, threshold }) => (threshold ? [{ subject, id, threshold }] : [])),
    ...thresholdsOfFacts(definitions).map(([id, threshold]) => ({ subject: 'window' as const, id, threshold })),
  ];
  const faults = uses.flatMap(({ subject, id, threshold }) =>
    valuesOf(threshold, definitions)
      .flatMap(([unit, value]) => {
        const definition = facts.get(id)?.definition;
        if (unit === 'd' && definition) return windowProblem(value, definition, definitions) ?? [];
        const range = subject === 'measure' ? measureRange(id) : definition && factRange(definition, unit);
        if (range === undefined || (value >= range[0] && value <= range[1])) return [];
        return [`'${threshold}' is ${value}, and ${id} lies between ${range[0]} and ${range[1]}`];
      })
      .map((message) => ({ file: 'thresholds.yaml', message, about: threshold })),
  );
  return [...new Map(faults.map((fault) => [fault.message, fault])).values()];
}

function valuesOf(threshold: string, { thresholds }: Definitions): readonly (readonly [unit: string, value: number])[] {
  const { unit = '1', values = {} } = thresholds[threshold] ?? {};
  return Object.values(values).flatMap(({ value }) =>
    typeof value === 'number' ? [[unit, value]] : Object.entries(value),
  );
}

function measureRange(id: string): Range | undefined {
  return measures.find((one) => one.id === id)?.range;
}

function factRange(definition: FactDefinition, unit: string): Range | undefined {
  if ('plausible' in definition) return definition.plausible[unit];
  if ('range' in definition) return definition.range;
  if (definition.gradeNames === undefined) return undefined;
  const grades = Object.keys(definition.gradeNames).map(Number);
  return [Math.min(...grades), Math.max(...grades)];
}

/** What happened before the first day that is read cannot be found within a longer window. */
function windowProblem(days: number, { title, from }: FactDefinition, { service }: Definitions): string | undefined {
  if (!Number.isInteger(days) || days < 0) return `a window of ${days} days is not possible`;
  const read = from.map((key) => ({ key, days: daysRead(service.reads[key]?.query ?? '') }));
  const short = read.find((one) => one.days < days);
  return (
    short && `${days} days are longer than '${short.key}' is read for (${short.days} days), which ${title} rests on`
  );
}

function daysRead(query: string): number {
  return Number(/\{\{today\(\) - (\d+) days\}\}/.exec(query)?.[1] ?? Number.POSITIVE_INFINITY);
}
