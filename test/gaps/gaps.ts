import { type Definitions, vocabularyOn } from '../../src/definitions/definitions.ts';
import { findGaps, type Gaps } from '../../src/gaps/find-gaps.ts';
import type { Fact } from '../../src/kernel/fact.ts';
import { measures } from '../../src/measures/index.ts';
import { evaluateRules } from '../../src/rules/evaluate.ts';
import { computeMeasures, type OrderInSession, type Situation } from '../../src/rules/situation.ts';
import { factsOf, now, recordOf } from '../facts/records.ts';
import { found } from '../measures/facts.ts';
import { order } from '../rules/situations.ts';
import { shippedDefinitions } from '../support/app.ts';

export const vocabulary = vocabularyOn(shippedDefinitions(), now);

/** Everything known, nothing wrong: Child-Pugh A5, ECOG 0, no exposure. */
export const well: Readonly<Record<string, Fact>> = {
  hcc: found(1),
  bilirubin: found(0.8, 'mg/dL'),
  albumin: found(4.2, 'g/dL'),
  inr: found(1, '{INR}'),
  creatinine: found(0.9, 'mg/dL'),
  ascites: found(0),
  encephalopathy: found(0),
  ecog: found(0),
  'upper-endoscopy-last': found(60, 'd'),
  'hbsag-tested': found(1),
  hbsag: found(0),
};

/** A well patient but for these facts; what is not said was asked for and not recorded. */
export function situationOf(orders: readonly OrderInSession[], facts: Readonly<Record<string, Fact>> = {}): Situation {
  const all = new Map([...factsOf(recordOf({})), ...Object.entries(well), ...Object.entries(facts)]);
  return { orders, facts: all, measures: computeMeasures(measures, all) };
}

interface Circumstances {
  readonly orders?: readonly string[];
  readonly facts?: Readonly<Record<string, Fact>>;
  readonly askBedside?: Definitions['askBedside'];
  readonly awaited?: readonly string[];
  readonly failedReads?: readonly string[];
}

/** The gaps of a call about TACE in a well patient, but for these circumstances. */
export function gapsOf(circumstances: Circumstances = {}): Gaps {
  const { orders = ['tace'], facts = {}, askBedside, awaited = [], failedReads = [] } = circumstances;
  const definitions = { ...shippedDefinitions(), ...(askBedside !== undefined && { askBedside }) };
  const situation = situationOf(
    orders.map((name) => order(name)),
    facts,
  );
  const verdicts = evaluateRules(definitions.rules, situation, vocabulary);
  return findGaps({
    definitions,
    situation,
    vocabulary,
    verdicts,
    awaited: new Set(awaited),
    failedReads: new Set(failedReads),
  });
}
