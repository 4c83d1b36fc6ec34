import { z } from 'zod';
import { between, type Estimate, exactly, lessThan, moreThan } from '../kernel/estimate.ts';
import type { Fact, OrderName } from '../kernel/fact.ts';
import { measures } from '../measures/index.ts';
import { evaluateRules } from '../rules/evaluate.ts';
import { computeMeasures, type OrderInSession, type Situation, type Vocabulary } from '../rules/situation.ts';
import { unitsOf } from './checks/units.ts';
import type { Definitions } from './definitions.ts';

/** `2.5 mg/dL`, `<0.2 mg/dL`, `1 to 3`, `never`, a number, `yes of one-drug + other-drug`; or what is wrong with it: `unknown`, `unavailable`, `stale`, `unusable`. */
const Given = z.union([z.number(), z.string()]);

const Case = z.strictObject({
  case: z.string().min(1),
  /** Orders advised on. */
  orders: z.array(z.string()).min(1),
  /** Orders of the session that are context. */
  drafts: z.array(z.string()).default([]),
  /** Orders among `orders` that are meant for another disease. */
  otherIndication: z.array(z.string()).default([]),
  given: z.record(z.string(), Given).default({}),
  /** The rules that fire. Every rule not named here or under `undetermined` must not fire. */
  fires: z.array(z.string()).default([]),
  undetermined: z.array(z.string()).default([]),
});

/** cases.yaml: what the rules say of situations, readable by a clinician. */
export const CasesFile = z.strictObject({
  /** The facts of a well patient; a case says only what is different. */
  baseline: z.record(z.string(), Given),
  cases: z.array(Case).min(1),
});
/** A hospital's cases start from the same patient unless they say otherwise. */
export const SiteCasesFile = CasesFile.partial({ baseline: true });
export type CasesFile = z.infer<typeof CasesFile>;
export type RuleCase = z.infer<typeof Case>;

/** What a case expects and what the rules said, where they differ. */
export interface CaseFailure {
  readonly case: string;
  readonly message: string;
}

/** Runs every case. Empty when all of them hold. */
export function runCases(file: CasesFile, definitions: Definitions, vocabulary: Vocabulary): readonly CaseFailure[] {
  return file.cases.flatMap((one) => {
    const verdicts = verdictsOf(one, file.baseline, definitions, vocabulary);
    return [...new Set([...verdicts.keys(), ...one.fires, ...one.undetermined])].flatMap((rule) => {
      const truth = verdicts.get(rule) ?? 'not evaluated';
      const expected = one.fires.includes(rule) ? 'true' : one.undetermined.includes(rule) ? 'undetermined' : 'false';
      return truth === expected ? [] : [{ case: one.case, message: `${rule}: expected ${expected}, found ${truth}` }];
    });
  });
}

/** What each rule says of a case. @throws Error when the case names what is not declared */
export function verdictsOf(
  one: RuleCase,
  baseline: CasesFile['baseline'],
  definitions: Definitions,
  vocabulary: Vocabulary,
): ReadonlyMap<string, string> {
  const situation = situationOf(one, baseline, definitions);
  return new Map(evaluateRules(definitions.rules, situation, vocabulary).map(({ rule, truth }) => [rule.id, truth]));
}

/** The situation that a case describes. @throws Error when the case names what is not declared */
export function situationOf(one: RuleCase, baseline: CasesFile['baseline'], definitions: Definitions): Situation {
  const unknownRules = [...one.fires, ...one.undetermined].filter(
    (id) => !definitions.rules.some((rule) => rule.id === id),
  );
  if (unknownRules.length > 0) throw new Error(`case '${one.case}': no rule ${unknownRules.join(', ')}`);
  const facts = factsOf({ ...baseline, ...one.given }, one.case, definitions);
  const orders = [
    ...one.orders.map((name) => order(name, true, one)),
    ...one.drafts.map((name) => order(name, false, one)),
  ];
  return { orders, facts, measures: computeMeasures(measures, facts) };

  function order(name: string, advised: boolean, { otherIndication }: RuleCase): OrderInSession {
    const matcher = definitions.orders.get(name);
    if (matcher === undefined) throw new Error(`case '${one.case}': no order '${name}'`);
    return { name, label: matcher.definition.label, advised, otherIndication: otherIndication.includes(name) };
  }
}

function factsOf(given: CasesFile['baseline'], name: string, definitions: Definitions): ReadonlyMap<string, Fact> {
  const { facts, service } = definitions;
  const undeclared = Object.keys(given).filter((id) => !facts.has(id));
  if (undeclared.length > 0) throw new Error(`case '${name}': no fact ${undeclared.join(', ')}`);
  return new Map(
    [...facts.values()].map(({ id, definition }) => {
      const absent = definition.whenAbsent === 'no' ? 'no' : 'unknown';
      const [text = '', of] = String(given[id] ?? absent).split(' of ');
      const fact = factOfText(text, unitsOf(definition), `case '${name}': ${id}`, service.evidencePack);
      return [
        id,
        fact.state === 'found' && of !== undefined ? { ...fact, orders: of.split(' + ').map(orderNamed) } : fact,
      ];
    }),
  );

  function orderNamed(order: string): OrderName {
    const matcher = definitions.orders.get(order);
    if (matcher === undefined) throw new Error(`case '${name}': no order '${order}'`);
    return { name: order, label: matcher.definition.label };
  }
}

const states = ['unavailable', 'stale', 'unusable'] as const;

/** @param today the day of the case: what happened days ago is dated back from it, what is a range has no day */
function factOfText(text: string, units: readonly string[], place: string, today: string): Fact {
  const days = units[0] === 'd' && /^\d+$/.test(text) ? Number(text) : 0;
  const recorded = new Date(Date.parse(today) - days * 86_400_000).toISOString().slice(0, 10);
  const isRange = units[0] === 'd' && !/^\d+$/.test(text);
  const provenance = { source: 'case', asRecorded: text, steps: [], ...(!isRange && { recorded }) };
  const written = units.find((one) => one !== '1' && text.endsWith(` ${one}`));
  const unit = written ?? units[0] ?? '1';
  const state = states.find((one) => one === text);
  if (state === 'unavailable') return { state, reason: 'as the case says' };
  if (state !== undefined) return { state, reason: 'as the case says', provenance };
  if (text === 'unknown') return { state: 'absent', reason: 'as the case says' };
  if (text === 'no' || text === 'never') {
    return {
      state: 'absent',
      reason: 'as the case says',
      readsAs: exactly(unit === 'd' ? Number.POSITIVE_INFINITY : 0),
      unit,
    };
  }
  if (text === 'yes') return { state: 'found', value: exactly(1), unit, provenance };
  return {
    state: 'found',
    value: estimateOf(written ? text.slice(0, -written.length) : text, place),
    unit,
    provenance,
  };
}

function estimateOf(text: string, place: string): Estimate {
  const match = /^([<>]?)(-?[\d.]+)(?: to ([\d.]+))?$/.exec(text.trim());
  if (match === null) throw new Error(`${place}: '${text}' is no value`);
  const [, comparator, low, high] = match;
  if (high !== undefined) return between(Number(low), Number(high));
  if (comparator === '<') return lessThan(Number(low));
  return comparator === '>' ? moreThan(Number(low)) : exactly(Number(low));
}
