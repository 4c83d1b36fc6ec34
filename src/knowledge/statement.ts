import { capitalised, formatList, withinSentence } from '../cards/format.ts';
import { unitsOf } from '../definitions/checks/units.ts';
import type { Definitions } from '../definitions/definitions.ts';
import { scaleOf } from '../definitions/scale.ts';
import type { Comparison, Condition, Operator } from '../rules/condition.ts';
import { limitText } from './amount.ts';

/** A condition in plain language: a sentence, and the sentences it is made of. */
export interface Statement {
  readonly text: string;
  readonly parts: readonly Statement[];
  /** How the parts belong together, where the text says nothing else. */
  readonly how?: How;
}

const leads = { all: 'all of these', any: 'at least one of these', none: 'none of these' } as const;
export type How = keyof typeof leads;

/** Introduces a statement within a sentence: 'It fires when all of these are true:'. */
export function introduced(before: string, statement: Statement, after: string): Statement {
  const { how, parts } = statement;
  if (how === undefined) return { text: `${before} this is ${after}:`, parts: [statement] };
  return { text: `${before} ${leads[how]} ${how === 'all' ? 'are' : 'is'} ${after}:`, parts };
}

/**
 * Says a condition so that it can be reviewed without knowing how it is written: numbers are filled in, named
 * conditions are said and then written out, orders are called by their labels.
 *
 * @param happened the facts of which something else says that they happened: of those "or never" is not said
 */
export function statementOf(
  condition: Condition,
  definitions: Definitions,
  happened: ReadonlySet<string> = new Set(),
): Statement {
  const combined = combination(condition);
  if (combined !== undefined) return combine(...combined, definitions, happened);
  if ('condition' in condition) return named(condition.condition, definitions, happened);
  if ('order' in condition) {
    const purpose = condition.indication === 'any' ? ', for whatever disease' : ` for ${diseaseOf(definitions)}`;
    return leaf(`${capitalised(ordersText(condition.order, definitions))} is ordered${purpose}.`);
  }
  if ('draft' in condition)
    return leaf(`${capitalised(ordersText(condition.draft, definitions))} is among the orders of the session.`);
  if ('subject' in condition && condition.of !== undefined) return concerning(condition, condition.of, definitions);
  return leaf(compared(condition as Comparison, false, definitions, happened));
}

/** What orders of a group are called: by the title of the group, else one by one. */
export function ordersText(group: string, { groups, groupTitles, orders }: Definitions): string {
  const labels = [...(groups.get(group) ?? [])].map((name) => orders.get(name)?.definition.label ?? name);
  return groupTitles[group] ?? formatList(labels, 'or');
}

/** The disease whose orders concern the module, by its own title. */
export function diseaseOf({ facts, indication }: Definitions): string {
  return facts.get(indication.ours)?.definition.title ?? indication.ours;
}

function combination(condition: Condition): readonly [How, readonly Condition[]] | undefined {
  if ('all' in condition) return ['all', condition.all];
  if ('any' in condition) return ['any', condition.any];
  return 'none' in condition ? ['none', condition.none] : undefined;
}

function combine(
  how: How,
  parts: readonly Condition[],
  definitions: Definitions,
  happened: ReadonlySet<string>,
): Statement {
  const [only] = parts;
  if (only === undefined || parts.length > 1) {
    const known =
      how === 'all' ? new Set([...happened, ...parts.flatMap((part) => bounded(part, definitions))]) : happened;
    const said = parts.map((part) => statementOf(part, definitions, known));
    return { text: `${capitalised(leads[how])}:`, how, parts: said };
  }
  if (how !== 'none') return statementOf(only, definitions, happened);
  if ('subject' in only && only.of === undefined) return leaf(compared(only, true, definitions, happened));
  const { text, parts: inner } = statementOf(only, definitions, happened);
  return { text: `Not true: ${withinSentence(text)}`, parts: inner };
}

/** The facts that, for this to be true, happened at most some time ago. */
function bounded(condition: Condition, definitions: Definitions): readonly string[] {
  if ('all' in condition) return condition.all.flatMap((part) => bounded(part, definitions));
  if ('condition' in condition) {
    const named = definitions.conditions.get(condition.condition);
    return named === undefined ? [] : bounded(named, definitions);
  }
  return 'subject' in condition && ['atMost', 'below'].includes(condition.operator) ? [condition.id] : [];
}

/** The sentence of a named condition, followed by what it says exactly. */
function named(id: string, definitions: Definitions, happened: ReadonlySet<string>): Statement {
  const sentence = definitions.conditionTexts.get(id) ?? id;
  const { text, parts } = statementOf(definitions.conditions.get(id) ?? { any: [] }, definitions, happened);
  if (parts.length === 0) return { text: `${sentence} That is:`, parts: [leaf(text)] };
  return { text: `${sentence} That is, ${withinSentence(text)}`, parts };
}

/** What is recorded, and of which orders it has to speak; the condition that they make true is only named. */
function concerning(condition: Comparison, of: string, definitions: Definitions): Statement {
  const recorded = compared({ ...condition, operator: 'present' }, false, definitions);
  const holds = definitions.conditionTexts.get(of) ?? of;
  return leaf(`${recorded} It names no drug, or one because of which this is true: ${withinSentence(holds)}`);
}

type Comparing = Exclude<Operator, 'present' | 'concerns'>;

const opposites: Readonly<Record<Comparing, Comparing>> = {
  above: 'atMost',
  atLeast: 'below',
  below: 'atLeast',
  atMost: 'above',
};

function compared(
  { subject, id, operator, threshold }: Comparison,
  negated: boolean,
  definitions: Definitions,
  happened: ReadonlySet<string> = new Set(),
): string {
  const { facts, measureTitles } = definitions;
  const definition = subject === 'fact' ? facts.get(id)?.definition : undefined;
  const title = definition?.title ?? measureTitles.get(id) ?? id;
  if (operator === 'present' || operator === 'concerns') return `${negated ? 'Not recorded' : 'Recorded'}: ${title}.`;
  const meant = negated ? opposites[operator] : operator;
  const limit = limitText(threshold ?? '', definitions);
  if (definition && unitsOf(definition).includes('d')) {
    const never = (meant === 'above' || meant === 'atLeast') && !happened.has(id) ? ', or never' : '';
    return `${capitalised(title)}: ${daysAgo[meant]} ${limit} ago${never}.`;
  }
  const scale = definition && scaleOf(definition, definitions);
  if (scale?.gradeNames !== undefined)
    return `${capitalised(title)} is ${grades[meant](gradeText(limit, scale.gradeNames))}.`;
  return `${capitalised(title)} is ${amounts[meant](limit)}.`;
}

const daysAgo = { above: 'more than', atLeast: 'at least', below: 'fewer than', atMost: 'at most' } as const;

const amounts = {
  above: (limit: string) => `above ${limit}`,
  atLeast: (limit: string) => `${limit} or more`,
  below: (limit: string) => `below ${limit}`,
  atMost: (limit: string) => `${limit} or less`,
} as const;

const grades = {
  above: (grade: string) => `worse than ${grade}`,
  atLeast: (grade: string) => `${grade} or worse`,
  below: (grade: string) => `milder than ${grade}`,
  atMost: (grade: string) => `${grade} or milder`,
} as const;

/** 'grade 3 (severe or refractory)'; a name that says its number stands alone. */
function gradeText(grade: string, names: Readonly<Record<string, string>>): string {
  const name = names[grade];
  if (name === undefined) return `grade ${grade}`;
  return name.includes(grade) ? name : `grade ${grade} (${name})`;
}

function leaf(text: string): Statement {
  return { text, parts: [] };
}
