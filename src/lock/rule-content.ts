import type { Definitions } from '../definitions/definitions.ts';
import {
  type Foundation,
  restsOn,
  ruleRestsOn,
  stringsIn,
  withFactsOfFacts,
  writtenOut,
} from '../definitions/rests-on.ts';
import type { Condition } from '../rules/condition.ts';
import type { Rule } from '../rules/rule.ts';
import type { CodeSelection, ValueSetDefinition } from '../terminology/value-set.ts';
import { measureAnswers } from './measure-answers.ts';

/**
 * Everything that decides of whom a rule speaks and what it says, in the parts that a clinician would look at one by
 * one. What is neither behaviour nor wording on a card is left out: versions, known gaps, descriptions, locators,
 * review dates and rationales (the record on the lock in docs/adr says why).
 */
export interface Content {
  /** The rule itself, with its named conditions written out. */
  readonly rule: unknown;
  /** Limits and windows: every dated value with its unit. */
  readonly limits: unknown;
  /** How each fact is read: from where, by which codes and names, how old it may be. */
  readonly facts: unknown;
  /** By which codes and names orders are recognised, and what they are called. */
  readonly orders: unknown;
  /** What the formulas answer. */
  readonly measures: unknown;
  /** The evidence as it is printed. */
  readonly evidence: unknown;
  /** What the card offers to do, and to answer. */
  readonly offers: unknown;
}

/** What a rule consists of. */
export function ruleContent(rule: Rule, definitions: Definitions): Content {
  const { version: _, knownGaps: __, suggestions, overrideReasons, evidence, ...rest } = rule;
  const offered = suggestions.map((id) => definitions.suggestions[id]);
  const deleted = offered.flatMap((one) => (one && 'delete' in one ? [one.delete] : []));
  return {
    ...contentOf(ruleRestsOn(rule, definitions), definitions, { groups: deleted }),
    rule: {
      ...rest,
      when: writtenOut(rule.when, definitions),
      ...(rule.unless && { unless: writtenOut(rule.unless, definitions) }),
      topic: definitions.service.topics[rule.topic],
    },
    evidence: evidence.map((key) => printedEvidence(key, definitions)),
    offers: {
      suggestions: offered.map((one) =>
        one && 'create' in one ? [one, definitions.orderTemplates.get(one.create)] : one,
      ),
      overrideReasons: reasons(overrideReasons, definitions),
    },
  };
}

/** What asking for missing information consists of. */
export function gapsContent(definitions: Definitions): Content {
  const { gaps, facts, orderTemplates, service } = definitions;
  const { version: _, suspicion, continuation, ...rest } = gaps;
  const asked = [...facts.values()].filter(({ definition }) => definition.asks !== 'nothing');
  const tests = asked.flatMap(({ definition }) =>
    'orderTemplate' in definition ? (definition.orderTemplate ?? []) : [],
  );
  const kinds = [gaps.laboratory, gaps.bedside, gaps.unusable, gaps.unavailable];
  const foundation = restsOn([suspicion, continuation], [JSON.stringify(rest)], definitions);
  return {
    ...contentOf(foundation, definitions, { facts: asked.map(({ id }) => id), limits: [gaps.pending] }),
    rule: {
      ...rest,
      conditions: [suspicion, continuation].map((one) => writtenOut(one, definitions)),
      askBedside: service.askBedside,
      topic: service.topics[gaps.topic],
    },
    offers: {
      tests: tests.map((template) => orderTemplates.get(template)),
      overrideReasons: kinds.map((kind) => reasons(kind.overrideReasons, definitions)),
    },
  };
}

/** What the card of an opened record consists of; undefined when the module has none. */
export function patientViewContent(definitions: Definitions): Content | undefined {
  const { patientView, service } = definitions;
  if (patientView === undefined) return undefined;
  const { version: _, lines, due, ...rest } = patientView;
  const all = [...lines, ...due];
  const conditions = all.flatMap(({ when, unless }) => [when, unless].filter((one) => one !== undefined));
  const texts = all.map(({ says }) => says);
  const asked = due.flatMap(({ outOfDate = [] }) => outOfDate.map((id) => `{${id}}`));
  return {
    ...contentOf(restsOn(conditions, [...texts, ...asked], definitions), definitions, {}),
    rule: {
      ...rest,
      lines: all.map(({ when, unless, ...line }) => [
        line,
        when && writtenOut(when, definitions),
        unless && writtenOut(unless, definitions),
      ]),
      topic: service.topics[patientView.topic],
    },
  };
}

/** Whom the service speaks of at all. */
export function gateContent(definitions: Definitions): Content {
  const { service, indication, procedureNotFor } = definitions;
  const conditions: readonly Condition[] = [service.gate.when, ...(service.gate.unless ? [service.gate.unless] : [])];
  return {
    ...contentOf(restsOn(conditions, [], definitions), definitions, { facts: Object.values(indication) }),
    rule: { gate: conditions.map((one) => writtenOut(one, definitions)), indication, procedureNotFor },
  };
}

/** What every card says besides its findings: the patient's data, the notes, the closing line. */
export function everyCardContent(definitions: Definitions): Content {
  const { footer, longestDetail, source, summary, notes } = definitions.service;
  const foundation = restsOn(
    notes.map(({ when }) => when),
    notes.map(({ says }) => says),
    definitions,
  );
  return {
    ...contentOf(foundation, definitions, { facts: summary.facts }),
    rule: {
      ...{ footer, longestDetail, source, summary },
      notes: notes.map(({ when, says }) => [writtenOut(when, definitions), says]),
    },
  };
}

interface Further {
  readonly facts?: readonly string[];
  readonly limits?: readonly string[];
  readonly groups?: readonly string[];
}

function contentOf(foundation: Foundation, definitions: Definitions, further: Further): Content {
  const { facts: moreFacts = [], limits: moreLimits = [], groups: moreGroups = [] } = further;
  const { limits, windows, facts, orders, exposures, measures } = foundation;
  return {
    rule: undefined,
    limits: unique([...limits, ...windows, ...moreLimits]).map((id) => limit(id, definitions)),
    facts: withFactsOfFacts([...facts, ...moreFacts], definitions).map((id) => fact(id, definitions)),
    orders: unique([...orders, ...exposures, ...moreGroups]).map((group) => ordersOf(group, definitions)),
    measures: measures.map((measure) => [measure.id, measure.title, measureAnswers(measure, definitions)]),
    evidence: undefined,
    offers: undefined,
  };
}

function limit(id: string, { thresholds }: Definitions): unknown {
  const { unit, values = {} } = thresholds[id] ?? {};
  return [id, unit, Object.entries(values).map(([from, { value }]) => [from, value])];
}

function fact(id: string, definitions: Definitions): unknown {
  const definition = definitions.facts.get(id)?.definition;
  if (definition === undefined) return [id];
  const { absenceRationale: _, ...read } = definition;
  const queries = definition.from.map((key) => definitions.service.reads[key]?.query);
  return [id, read, queries, valueSetsOf(read, definitions)];
}

function ordersOf(group: string, definitions: Definitions): unknown {
  const names = [...(definitions.groups.get(group) ?? [])].sort();
  return [
    group,
    names.map((name) => {
      const definition = definitions.orders.get(name)?.definition;
      return [name, definition, valueSetsOf(definition, definitions)];
    }),
  ];
}

function printedEvidence(key: string, { evidence }: Definitions): unknown {
  const entry = evidence[key];
  if (entry === undefined) return [key];
  const { title: _, year: __, locator: ___, lastChecked: ____, ...printed } = entry;
  return printed;
}

function reasons(keys: readonly string[], { overrideReasons }: Definitions): unknown {
  return keys.map((key) => [key, overrideReasons.reasons[key]]);
}

function valueSetsOf(definition: unknown, { valueSets }: Definitions): unknown {
  return unique(stringsIn(definition)).flatMap((name) => {
    const valueSet = valueSets.get(name);
    return valueSet === undefined ? [] : [[name, codesOf(valueSet)]];
  });
}

/** The codes alone: how they are displayed decides nothing. */
function codesOf(valueSet: ValueSetDefinition): unknown {
  const listed = ({ codes, patterns }: CodeSelection) => [
    ...[...codes].flatMap(([system, all]) =>
      [...all].map(([code, { ordinal }]) => `${system}|${code} ${ordinal ?? ''}`),
    ),
    ...patterns.map(({ system, regex }) => `${system}|${regex.source}`),
  ];
  return { included: listed(valueSet).sort(), excluded: listed(valueSet.excluded).sort() };
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}
