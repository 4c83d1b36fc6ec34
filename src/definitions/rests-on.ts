import { measures } from '../measures/index.ts';
import type { Measure } from '../measures/measure.ts';
import type { Condition } from '../rules/condition.ts';
import type { Rule } from '../rules/rule.ts';
import { comparisonsOf, factsOfFacts, partsOf, thresholdsOfFacts } from './checks/references.ts';
import type { Definitions } from './definitions.ts';
import { placeholder } from './placeholder.ts';

/** What conditions and texts refer to, directly or through conditions, measures and facts. All sorted by name. */
export interface Foundation {
  /** The facts that conditions and texts name themselves. */
  readonly named: readonly string[];
  /** These, the inputs of the measures, and the facts by which those facts are read. */
  readonly facts: readonly string[];
  readonly measures: readonly Measure[];
  /** The thresholds that are compared with or printed. */
  readonly limits: readonly string[];
  /** The thresholds by which the facts are read: ages and windows. */
  readonly windows: readonly string[];
  /** Orders and groups of orders that conditions and texts name. */
  readonly orders: readonly string[];
  /** Orders and groups by which the facts are read. */
  readonly exposures: readonly string[];
}

/** What a rule rests on. */
export function ruleRestsOn({ when, unless, card }: Rule, definitions: Definitions): Foundation {
  const conditions = [when, ...(unless ? [unless] : [])];
  return restsOn(conditions, [card.finding, card.summary, card.brief ?? '', card.detail], definitions);
}

export function restsOn(
  conditions: readonly Condition[],
  texts: readonly string[],
  definitions: Definitions,
): Foundation {
  const parts = conditions.flatMap((one) => partsOf(writtenOut(one, definitions)));
  const compared = conditions.flatMap((one) => comparisonsOf(writtenOut(one, definitions)));
  const spoken = texts.flatMap((text) => [...text.matchAll(placeholder)].map(([, name = '']) => name));
  const compares = (subject: 'fact' | 'measure') => compared.flatMap((one) => (one.subject === subject ? one.id : []));
  const measured = new Set([...compares('measure'), ...spoken]);
  const used = measures.filter(({ id }) => measured.has(id));
  const named = unique([...compares('fact'), ...spoken.filter((name) => definitions.facts.has(name))]);
  const facts = withFactsOfFacts([...named, ...used.flatMap(({ inputs }) => Object.keys(inputs))], definitions);
  const reads = facts.flatMap((id) => stringsIn(definitions.facts.get(id)?.definition));
  return {
    named,
    facts,
    measures: used,
    limits: unique([
      ...compared.flatMap(({ threshold }) => threshold ?? []),
      ...spoken.filter((name) => name in definitions.thresholds),
    ]),
    windows: unique(thresholdsOfFacts(definitions).flatMap(([fact, limit]) => (facts.includes(fact) ? [limit] : []))),
    orders: unique([
      ...parts.flatMap((part) => ('order' in part ? [part.order] : 'draft' in part ? [part.draft] : [])),
      ...spoken.filter((name) => definitions.groups.has(name)),
    ]),
    exposures: unique(reads.filter((name) => definitions.groups.has(name))),
  };
}

/** A condition in which every named condition is replaced by what it says. */
export function writtenOut(condition: Condition, definitions: Definitions): Condition {
  const all = (parts: readonly Condition[]) => parts.map((part) => writtenOut(part, definitions));
  if ('all' in condition) return { all: all(condition.all) };
  if ('any' in condition) return { any: all(condition.any) };
  if ('none' in condition) return { none: all(condition.none) };
  if ('subject' in condition && condition.of !== undefined) {
    const { of, ...concerns } = condition;
    return { all: [concerns, writtenOut({ condition: of }, definitions)] };
  }
  if (!('condition' in condition)) return condition;
  return writtenOut(definitions.conditions.get(condition.condition) ?? { any: [] }, definitions);
}

/** These facts, and those by which they are read. */
export function withFactsOfFacts(ids: readonly string[], definitions: Definitions): readonly string[] {
  const named = factsOfFacts(definitions).flatMap(([id, other]) => (ids.includes(id) ? [other] : []));
  const all = unique([...ids, ...named]);
  return all.length === new Set(ids).size ? all : withFactsOfFacts(all, definitions);
}

/** Every text in a definition, whatever its key: reducers to come name orders and value sets under keys of their own. */
export function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}
