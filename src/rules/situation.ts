import type { Fact, OrderName } from '../kernel/fact.ts';
import type { Measure, Measurement } from '../measures/measure.ts';
import type { Condition } from './condition.ts';

/** What a condition needs to know of an order. */
export interface OrderInSession extends OrderName {
  /** The order is advised on; otherwise it is context. */
  readonly advised: boolean;
  /** Its reason is another disease: only what holds for any indication is said of it. */
  readonly otherIndication: boolean;
}

/** Everything a rule can look at. */
export interface Situation {
  readonly orders: readonly OrderInSession[];
  readonly facts: ReadonlyMap<string, Fact>;
  readonly measures: ReadonlyMap<string, Measurement>;
}

/** A limit or a window, in force today. One value per unit where the tables are not conversions of each other. */
export interface Threshold {
  readonly id: string;
  readonly values: ReadonlyMap<string, number>;
  /** A hospital has set it: said where it is printed. */
  readonly local?: true;
}

/** What a rule refers to by name. */
export interface Vocabulary {
  readonly thresholds: ReadonlyMap<string, Threshold>;
  /** Order names by group; every order is also a group of its own. */
  readonly groups: ReadonlyMap<string, ReadonlySet<string>>;
  readonly conditions: ReadonlyMap<string, Condition>;
}

/** Adds the measures to the facts. */
export function computeMeasures(
  measures: readonly Measure[],
  facts: ReadonlyMap<string, Fact>,
): ReadonlyMap<string, Measurement> {
  return new Map(measures.map((measure) => [measure.id, measure.compute((id) => factOf(facts, id))]));
}

const notGathered: Fact = { state: 'unavailable', reason: 'not gathered' };

/** The fact of this name; one that nobody gathered is unavailable. */
export function factOf(facts: ReadonlyMap<string, Fact>, id: string): Fact {
  return facts.get(id) ?? notGathered;
}
