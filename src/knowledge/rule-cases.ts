import { capitalised, withinSentence } from '../cards/format.ts';
import type { CasesFile, RuleCase } from '../definitions/cases.ts';
import { unitsOf } from '../definitions/checks/units.ts';
import type { Definitions } from '../definitions/definitions.ts';
import { type Foundation, ruleRestsOn } from '../definitions/rests-on.ts';
import { scaleOf } from '../definitions/scale.ts';
import type { Rule } from '../rules/rule.ts';
import { amount } from './amount.ts';

/** A case of cases.yaml as a clinician reads it. */
export interface CaseLine {
  readonly name: string;
  /** What is ordered, and what of the patient differs from the baseline. */
  readonly said: string;
}

export interface RuleCases {
  readonly fires: readonly CaseLine[];
  readonly undetermined: readonly CaseLine[];
  /** The cases that come near, those of its family first: an order of the rule, and something it looks at. */
  readonly doesNotFire: readonly CaseLine[];
  /** How many others come near. Cases about other things are not counted: a new one would change every page. */
  readonly further: number;
}

const mostNear = 12;

/** The cases of a rule, by what they expect of it. */
export function casesOf(rule: Rule, { cases }: CasesFile, definitions: Definitions): RuleCases {
  const line = (one: RuleCase) => ({ name: capitalised(one.case), said: saidOf(one, definitions) });
  const fires = cases.filter((one) => one.fires.includes(rule.id));
  const undetermined = cases.filter((one) => one.undetermined.includes(rule.id));
  const others = cases.filter((one) => !fires.includes(one) && !undetermined.includes(one));
  const foundation = ruleRestsOn(rule, definitions);
  const family = new Set(definitions.rules.filter(({ family }) => family === rule.family).map(({ id }) => id));
  const isOfFamily = (one: RuleCase) => [...one.fires, ...one.undetermined].some((id) => family.has(id));
  const near = others
    .filter((one) => comesNear(one, foundation, definitions))
    .sort((a, b) => Number(isOfFamily(b)) - Number(isOfFamily(a)));
  const shown = near.length > 0 ? near.slice(0, mostNear) : others.slice(0, 1);
  return {
    fires: fires.map(line),
    undetermined: undetermined.map(line),
    doesNotFire: shown.map(line),
    further: Math.max(0, near.length - shown.length),
  };
}

/** The patient of whom a case says only what is different. */
export function baselineText({ baseline }: CasesFile, definitions: Definitions): string {
  return givenText(baseline, definitions);
}

function comesNear({ orders, drafts, given }: RuleCase, foundation: Foundation, { groups }: Definitions): boolean {
  const asked = new Set(foundation.orders.flatMap((group) => [...(groups.get(group) ?? [])]));
  const session = [...orders, ...drafts];
  const ordered = asked.size === 0 || session.some((name) => asked.has(name));
  const several = session.filter((name) => asked.has(name)).length > 1;
  return ordered && (several || Object.keys(given).some((fact) => foundation.facts.includes(fact)));
}

function saidOf({ orders, drafts, otherIndication, given }: RuleCase, definitions: Definitions): string {
  const label = (name: string) => {
    const text = definitions.orders.get(name)?.definition.label ?? name;
    return otherIndication.includes(name) ? `${text} (for another disease)` : text;
  };
  const ordered = `${capitalised(orders.map(label).join(' + '))} ordered`;
  const beside = drafts.length > 0 ? `, ${drafts.map(label).join(' + ')} also among the drafts` : '';
  const different = givenText(given, definitions);
  return `${ordered}${beside}${different === '' ? '' : `; ${different}`}.`;
}

function givenText(given: CasesFile['baseline'], definitions: Definitions): string {
  return Object.entries(given)
    .map(([id, value]) => {
      const title = definitions.facts.get(id)?.definition.title ?? id;
      return `${withinSentence(title)} ${valueText(id, value, definitions)}`;
    })
    .join(', ');
}

const words: Readonly<Record<string, string>> = {
  yes: 'recorded',
  no: 'not recorded',
  never: 'never',
  unknown: 'not recorded',
  unavailable: 'could not be read',
  stale: 'too old',
  unusable: 'unusable',
};

/** Facts whose unit is 1 because they count or grade; of all others 1 is "yes". */
const counts: ReadonlySet<string> = new Set(['latest-quantity', 'latest-grade', 'session-count', 'non-responses']);

const presence: Readonly<Record<string, string>> = { '0': 'excluded', '1': 'recorded', '0 to 1': 'not certain' };

/** 'none', 'slight or moderate', 'anything from none to severe'. */
function gradeWords(text: string, names: Readonly<Record<string, string>>): string {
  const [from = '', to] = text.split(' to ');
  const told = (grade: string) => names[grade] ?? grade;
  if (to === undefined) return told(from);
  return Number(to) - Number(from) === 1
    ? `${told(from)} or ${told(to)}`
    : `anything from ${told(from)} to ${told(to)}`;
}

/** A value as cases.yaml has it, in the words of the fact: '41 days ago', 'slight or controlled', '2.5 mg/dL'. */
function valueText(id: string, value: string | number, definitions: Definitions): string {
  const [text = '', of] = String(value).split(' of ');
  if (of !== undefined) {
    const labels = of.split(' + ').map((name) => definitions.orders.get(name)?.definition.label ?? name);
    return `${valueText(id, text, definitions)} (${labels.join(' + ')})`;
  }
  if (words[text] !== undefined) return words[text];
  const definition = definitions.facts.get(id)?.definition;
  if (definition === undefined) return text;
  const [unit = '1'] = unitsOf(definition);
  const scale = scaleOf(definition, definitions);
  if (scale.gradeNames !== undefined) return gradeWords(text, scale.gradeNames);
  if (unit === 'd') return `${text.replace(/^>/, 'more than ')} ${text === '1' ? 'day' : 'days'} ago`;
  if (!counts.has(definition.reducer) && unit === '1') return presence[text] ?? text;
  return typeof value === 'number' ? amount(value, unit) : text.replaceAll('umol', 'µmol');
}
