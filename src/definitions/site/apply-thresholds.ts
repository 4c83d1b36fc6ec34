import { valuesOn } from '../definitions.ts';
import type { Module } from '../module.ts';
import type { ThresholdEntry } from '../schemas/site.ts';
import type { Entry } from './entry.ts';
import type { Notes } from './notes.ts';

/** The thresholds with the hospital's values in place of the shipped ones. */
export function changeThresholds(
  { thresholds }: Module,
  entries: readonly Entry<ThresholdEntry>[],
  day: string,
  notes: Notes,
): Module['thresholds'] {
  const changed = { ...thresholds };
  for (const entry of entries) {
    const { id, from, content } = entry;
    const shipped = thresholds[id];
    if (shipped === undefined) {
      notes.fault(entry, `there is no shipped threshold '${id}'`);
      continue;
    }
    if (shipped.fixed !== undefined) {
      notes.fault(entry, `cannot be set: ${shipped.fixed}`);
      continue;
    }
    const was = valuesOn(shipped, day);
    const now = valuesOf(content.value);
    const problem = unitProblem([...was.keys()], content.value) ?? disagreement(now, was);
    if (problem !== undefined) {
      notes.fault(entry, problem, ['value']);
      continue;
    }
    const { evidence, locator } = content;
    const bare = shipped.unit === undefined ? undefined : now.get(shipped.unit);
    const value = bare ?? Object.fromEntries(now);
    const values = { [from]: { value, evidence, ...(locator === undefined ? {} : { locator }) } };
    changed[id] = { ...shipped, values, reviewedOn: from };
    notes.touch('thresholds.yaml', entry.place);
    notes.change(entry, { kind: 'threshold', id, shipped: was, now, evidence });
    if ([...was].every(([unit, number]) => now.get(unit) === number)) notes.warn(entry, 'sets what is shipped');
  }
  return changed;
}

function valuesOf(value: ThresholdEntry['value']): ReadonlyMap<string, number> {
  return new Map(Object.entries(typeof value === 'number' ? { '1': value } : value));
}

/** A number is never without its unit, and a value in one unit of two would leave the other one as it was. */
function unitProblem(units: readonly string[], value: ThresholdEntry['value']): string | undefined {
  const given = typeof value === 'number' ? [] : Object.keys(value);
  const expected = `{ ${units.map((unit) => `"${unit}": …`).join(', ')} }`;
  if (typeof value === 'number') return units.join() === '1' ? undefined : `has no unit; write ${expected}`;
  if (given.length === units.length && units.every((unit) => given.includes(unit))) return undefined;
  return `is given in ${given.join(', ') || 'no unit'}; write ${expected}`;
}

/** Values in several units are the same quantity, in the proportion of the shipped ones: a slip in one of them shows. */
function disagreement(now: ReadonlyMap<string, number>, was: ReadonlyMap<string, number>): string | undefined {
  const [[first, value] = ['', 0], ...others] = [...now];
  for (const [unit, other] of others) {
    const proportion = (was.get(unit) ?? 0) / (was.get(first) ?? 0);
    if (Math.abs(other / (value * proportion) - 1) > 0.03)
      return `${value} ${first} and ${other} ${unit} are not the same: expected is about ${Number((value * proportion).toPrecision(3))} ${unit}`;
  }
  return undefined;
}
