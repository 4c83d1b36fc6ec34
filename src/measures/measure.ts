import type { Estimate } from '../kernel/estimate.ts';
import type { Fact } from '../kernel/fact.ts';

/** The result of a measure: a range, however little is known, and what it was made of. */
export interface Measurement {
  readonly value: Estimate;
  /** For the clinician: 'B8', 'A5 to B7', '-2.31 (grade 2)'. */
  readonly label: string;
  /** The facts that were used. */
  readonly inputs: readonly string[];
  /** The inputs that are not known exactly: knowing one of them better may narrow the result. */
  readonly open: readonly string[];
  /** What a reader has to know to judge the number: borderline values, conflicts, inputs that cannot be interpreted. */
  readonly notes: readonly string[];
}

/** A named formula over facts. Pure: the same facts give the same measurement. */
export interface Measure {
  readonly id: string;
  readonly title: string;
  /** The longest that a label may become: summaries must fit with it. */
  readonly longestLabel: string;
  /** UCUM unit of the result. */
  readonly unit: string;
  /** The least and the most it can be, where it is a scale with ends. A limit beyond them would never be reached. */
  readonly range?: readonly [low: number, high: number];
  /** The facts it reads, with the UCUM units it can read each of them in. */
  readonly inputs: Readonly<Record<string, readonly string[]>>;
  /** Where the formula is published: keys of the evidence list. */
  readonly evidence: readonly string[];
  compute(fact: (id: string) => Fact): Measurement;
}

/** 'Low' or 'low to high', each end written by `format`. */
export function rangeLabel({ low, high }: Estimate, format: (value: number) => string): string {
  const [from, to] = [format(low), format(high)];
  return from === to ? from : `${from} to ${to}`;
}
