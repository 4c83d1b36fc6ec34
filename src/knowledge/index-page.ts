import type { CasesFile } from '../definitions/cases.ts';
import type { Definitions } from '../definitions/definitions.ts';
import type { Rule } from '../rules/rule.ts';
import { limitText } from './amount.ts';
import { baselineText } from './rule-cases.ts';
import { linkTo, type ModuleFacts, moduleFacts, type RuleLink } from './rule-page.ts';
import { diseaseOf, type Statement, statementOf } from './statement.ts';

/** All rules at a glance, and what holds for all of them. */
export interface IndexPage {
  readonly module: ModuleFacts;
  readonly disease: string;
  readonly concerns: Statement;
  readonly concernsNot?: Statement;
  readonly topics: readonly { readonly title: string; readonly rules: readonly IndexRow[] }[];
  readonly gaps: GapsText;
  readonly baseline: string;
  readonly cases: number;
}

export interface IndexRow extends RuleLink {
  readonly version: number;
  readonly status: string;
  readonly asks: boolean;
  /** A hospital's policy has changed it, or a limit that it rests on. */
  readonly local: boolean;
}

/** How missing information is asked for. */
export interface GapsText {
  readonly ref: string;
  readonly version: number;
  readonly tests: readonly string[];
  readonly bedside: readonly string[];
  /** What is a reason to ask for what only the bedside shows. */
  readonly reason: Statement;
  readonly pending: string;
}

export function indexPage(cases: CasesFile, definitions: Definitions): IndexPage {
  const { service, rules, gaps } = definitions;
  const { unless } = service.gate;
  const topics = Object.entries(service.topics).map(([id, { display }]) => ({
    title: display,
    rules: rules.filter(({ topic }) => topic === id).map(rowOf),
  }));
  return {
    module: moduleFacts(definitions),
    disease: diseaseOf(definitions),
    concerns: statementOf(service.gate.when, definitions),
    ...(unless && { concernsNot: statementOf(unless, definitions) }),
    topics: topics.filter((topic) => topic.rules.length > 0),
    gaps: {
      ...{ ref: gaps.ref, version: gaps.version, pending: limitText(gaps.pending, definitions) },
      tests: titlesOf('laboratory', definitions),
      bedside: gaps.bedside.facts.map((id) => definitions.facts.get(id)?.definition.title ?? id),
      reason: statementOf(gaps.suspicion, definitions),
    },
    baseline: baselineText(cases, definitions),
    cases: cases.cases.length,
  };
}

function rowOf(rule: Rule): IndexRow {
  const { version, status, whenUnknown, local } = rule;
  return { ...linkTo(rule), version, status, asks: whenUnknown === 'ask', local: local !== undefined };
}

function titlesOf(asks: string, { facts }: Definitions): readonly string[] {
  return [...facts.values()].flatMap(({ definition }) => (definition.asks === asks ? [definition.title] : []));
}
