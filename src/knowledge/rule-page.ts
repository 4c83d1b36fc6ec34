import { firedVerdicts } from '../cards/finding.ts';
import type { CasesFile } from '../definitions/cases.ts';
import { type Definitions, vocabularyOn } from '../definitions/definitions.ts';
import { type Foundation, ruleRestsOn } from '../definitions/rests-on.ts';
import type { Rule } from '../rules/rule.ts';
import { type CardText, cardOf } from './card-text.ts';
import { type EvidenceEntry, type EvidenceGroup, evidenceEntry, evidenceOf } from './evidence-entries.ts';
import { type LimitRow, limitRows } from './limit-rows.ts';
import { baselineText, casesOf, type RuleCases } from './rule-cases.ts';
import { type DataRow, dataRows } from './rule-data.ts';
import { ordersText, type Statement, statementOf } from './statement.ts';

/** Everything a clinician has to know of a rule to judge it, in words. How it is written down is another matter. */
export interface RulePage {
  readonly id: string;
  readonly ref: string;
  readonly title: string;
  readonly version: number;
  readonly status: string;
  readonly statusMeans: string;
  readonly indicator: string;
  readonly topic: string;
  readonly module: ModuleFacts;
  /** Whom the service speaks of at all. */
  readonly concerns: Statement;
  readonly concernsNot?: Statement;
  readonly fires: Statement;
  readonly unless?: Statement;
  readonly groups: readonly OrderGroup[];
  readonly scores: readonly Score[];
  readonly limits: readonly LimitRow[];
  readonly card: CardText;
  readonly evidence: readonly EvidenceGroup[];
  readonly baseline: string;
  readonly cases: RuleCases;
  readonly asks: boolean;
  readonly data: readonly DataRow[];
  readonly family: Family;
  readonly knownGaps?: string;
}

/** What all pages share. */
export interface ModuleFacts {
  readonly title: string;
  readonly evidencePack: string;
  readonly clinicalOwner: string;
  readonly signOff?: string;
}

/** A formula that the rule uses. */
export interface Score {
  readonly title: string;
  /** The facts it is made of. */
  readonly from: readonly string[];
  readonly sources: readonly EvidenceEntry[];
}

export interface OrderGroup {
  readonly title: string;
  readonly orders: readonly string[];
}

/** Rules of which only one is printed: the worst that fired. */
export interface Family {
  readonly name: string;
  readonly supersedes: readonly RuleLink[];
  readonly givesWayTo: readonly RuleLink[];
}

export interface RuleLink {
  readonly id: string;
  readonly ref: string;
  readonly title: string;
  readonly indicator: string;
}

const statusMeanings = {
  active: 'shown to clinicians',
  silent: 'evaluated and logged, not shown',
  draft: 'being written, not evaluated',
  retired: 'no longer evaluated',
} as const;

/** The limits of a page are those that will be in force last, so that a page changes with its files and never by itself. */
const lastDay = new Date('9999-12-31');

export function rulePage(rule: Rule, cases: CasesFile, definitions: Definitions): RulePage {
  const { service } = definitions;
  const { unless: notConcerned } = service.gate;
  const foundation = ruleRestsOn(rule, definitions);
  const firing = cases.cases.find((one) => one.fires.includes(rule.id));
  return {
    id: rule.id,
    ref: rule.ref,
    title: rule.title,
    version: rule.version,
    status: rule.status,
    statusMeans: statusMeanings[rule.status],
    indicator: rule.card.indicator,
    topic: service.topics[rule.topic]?.display ?? rule.topic,
    module: moduleFacts(definitions),
    concerns: statementOf(service.gate.when, definitions),
    ...(notConcerned && { concernsNot: statementOf(notConcerned, definitions) }),
    fires: statementOf(rule.when, definitions),
    ...(rule.unless && { unless: statementOf(rule.unless, definitions) }),
    groups: groupsOf(foundation, definitions),
    scores: foundation.measures.map(({ title, inputs, evidence }) => ({
      title,
      from: Object.keys(inputs).map((id) => definitions.facts.get(id)?.definition.title ?? id),
      sources: evidence.flatMap((key) => evidenceEntry(key, definitions) ?? []),
    })),
    limits: limitRows(foundation, definitions),
    card: cardOf(rule, {
      firing,
      baseline: cases.baseline,
      definitions,
      vocabulary: vocabularyOn(definitions, lastDay),
    }),
    evidence: evidenceOf(rule.evidence, definitions),
    baseline: baselineText(cases, definitions),
    cases: casesOf(rule, cases, definitions),
    asks: rule.whenUnknown === 'ask',
    data: dataRows(rule, foundation, definitions),
    family: familyOf(rule, definitions),
    ...(rule.knownGaps !== undefined && { knownGaps: rule.knownGaps }),
  };
}

export function moduleFacts({ service }: Definitions): ModuleFacts {
  const { title, evidencePack, clinicalOwner, signOff } = service;
  return { title, evidencePack, clinicalOwner, ...(signOff !== undefined && { signOff }) };
}

export function linkTo({ id, ref, title, card }: Rule): RuleLink {
  return { id, ref, title, indicator: card.indicator };
}

/** The groups with a title of their own, whose orders would otherwise stay unsaid. */
function groupsOf({ orders, exposures }: Foundation, definitions: Definitions): readonly OrderGroup[] {
  const titled = [...orders, ...exposures].filter((name) => definitions.groupTitles[name] !== undefined);
  return [...new Set(titled)].map((name) => ({
    title: ordersText(name, definitions),
    orders: [...(definitions.groups.get(name) ?? [])].map(
      (one) => definitions.orders.get(one)?.definition.label ?? one,
    ),
  }));
}

/** Which of the family is printed when both fire, as the cards decide it. */
function familyOf(rule: Rule, { rules }: Definitions): Family {
  const isShown = ({ status }: Rule) => status === 'active';
  const others = rules.filter((other) => other.family === rule.family && other.id !== rule.id && isShown(other));
  const winner = (other: Rule) => {
    const inOrder = rules.filter((one) => one === rule || one === other);
    const trace = { condition: { any: [] }, truth: 'true', parts: [], orders: [], open: [] } as const;
    const verdicts = inOrder.map((one) => ({
      rule: { ...one, status: 'active' as const },
      truth: 'true' as const,
      when: trace,
    }));
    return firedVerdicts(verdicts)[0]?.rule.id;
  };
  return {
    name: rule.family,
    supersedes: others.filter((other) => winner(other) === rule.id).map(linkTo),
    givesWayTo: others.filter((other) => winner(other) === other.id).map(linkTo),
  };
}
