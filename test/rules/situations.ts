import type { Fact } from '../../src/kernel/fact.ts';
import type { Measurement } from '../../src/measures/measure.ts';
import type { Condition } from '../../src/rules/condition.ts';
import type { OrderInSession, Situation, Vocabulary } from '../../src/rules/situation.ts';

/** A situation in which nothing is known and nothing is ordered, but for this. */
export function situation(
  known: {
    readonly orders?: readonly OrderInSession[];
    readonly facts?: Readonly<Record<string, Fact>>;
    readonly measures?: Readonly<Record<string, Pick<Measurement, 'value'> & Partial<Measurement>>>;
  } = {},
): Situation {
  const measures = Object.entries(known.measures ?? {}).map(
    ([id, measurement]) => [id, { label: '', inputs: [], open: [], notes: [], ...measurement }] as const,
  );
  return {
    orders: known.orders ?? [],
    facts: new Map(Object.entries(known.facts ?? {})),
    measures: new Map(measures),
  };
}

/** A draft that the service advises on. */
export function order(name: string, changes: Partial<OrderInSession> = {}): OrderInSession {
  return { name, label: name, advised: true, otherIndication: false, ...changes };
}

export function vocabulary(
  names: {
    readonly thresholds?: Readonly<Record<string, Readonly<Record<string, number>>>>;
    readonly groups?: Readonly<Record<string, readonly string[]>>;
    readonly conditions?: Readonly<Record<string, Condition>>;
  } = {},
): Vocabulary {
  const thresholds = Object.entries(names.thresholds ?? {});
  const groups = Object.entries(names.groups ?? {});
  return {
    thresholds: new Map(thresholds.map(([id, values]) => [id, { id, values: new Map(Object.entries(values)) }])),
    groups: new Map(groups.map(([id, members]) => [id, new Set(members)])),
    conditions: new Map(Object.entries(names.conditions ?? {})),
  };
}
