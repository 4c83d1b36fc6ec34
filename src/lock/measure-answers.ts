import { unitsOf } from '../definitions/checks/units.ts';
import type { Definitions } from '../definitions/definitions.ts';
import { scaleOf } from '../definitions/scale.ts';
import type { FactDefinition } from '../definitions/schemas/facts.ts';
import { exactly } from '../kernel/estimate.ts';
import type { Fact } from '../kernel/fact.ts';
import type { Measure } from '../measures/measure.ts';

/**
 * What a measure answers, over a fixed grid: each input goes through its plausible values in the smallest step that is
 * printed, while the others are unknown, low, in the middle or high. A formula that is written anew and answers the
 * same has not changed; a limit that moved by one step has.
 */
export function measureAnswers(measure: Measure, definitions: Definitions): readonly string[] {
  const known = computed.get(definitions.facts) ?? new Map<Measure, readonly string[]>();
  computed.set(definitions.facts, known);
  const answers = known.get(measure) ?? compute(measure, definitions);
  known.set(measure, answers);
  return answers;
}

/** Many rules rest on the same measure. */
const computed = new WeakMap<Definitions['facts'], Map<Measure, readonly string[]>>();

function compute(measure: Measure, definitions: Definitions): readonly string[] {
  const inputs = Object.keys(measure.inputs);
  const samples = new Map(inputs.map((id) => [id, samplesOf(id, definitions)]));
  const backgrounds = [undefined, 0, 0.5, 1].map(
    (part) =>
      new Map(
        inputs.map((id): [string, Fact] => {
          const all = samples.get(id) ?? [];
          return [id, (part === undefined ? undefined : all[Math.floor(part * (all.length - 1))]) ?? notKnown];
        }),
      ),
  );
  return backgrounds.flatMap((background) =>
    inputs.flatMap((id) =>
      (samples.get(id) ?? []).map((sample) => {
        const { value, label, notes } = measure.compute((name) =>
          name === id ? sample : (background.get(name) ?? notKnown),
        );
        // The last digits of a logarithm differ between machines.
        const ends = [value.low, value.high].map((end) => Number(end.toPrecision(6)));
        return [id, ...ends, value.lowOpen, value.highOpen, label, ...notes].join(' ');
      }),
    ),
  );
}

const notKnown: Fact = { state: 'absent', reason: 'not known' };

function samplesOf(id: string, definitions: Definitions): readonly Fact[] {
  const definition = definitions.facts.get(id)?.definition;
  if (definition === undefined) return [];
  const scale = scaleOf(definition, definitions);
  return unitsOf(definition).flatMap((unit) => {
    const [low, high, step] = gridOf(scale, unit);
    const count = Math.floor((high - low) / step + 1e-9) + 1;
    return Array.from({ length: count }, (_, index) => found(Number((low + index * step).toPrecision(6)), unit));
  });
}

function gridOf(definition: FactDefinition, unit: string): readonly [low: number, high: number, step: number] {
  if ('plausible' in definition) {
    const [low, high] = definition.plausible[unit] ?? [0, 1];
    const step = 10 ** Math.floor(Math.log10(high)) / 100;
    return [Math.max(step, Math.ceil(low / step) * step), high, step];
  }
  if (definition.reducer === 'latest-grade') return [...definition.range, 1];
  return [0, unit === 'd' ? 400 : unit === 'a' ? 100 : mostOfAnything, 1];
}

/** Presence, grades and small counts. */
const mostOfAnything = 5;

function found(value: number, unit: string): Fact {
  return {
    state: 'found',
    value: exactly(value),
    unit,
    provenance: { source: 'grid', asRecorded: String(value), steps: [], recorded: '2000-01-01' },
  };
}
