import { capitalised, formatList, withinSentence } from '../cards/format.ts';
import { factsOfFacts } from '../definitions/checks/references.ts';
import { unitsOf } from '../definitions/checks/units.ts';
import type { Definitions } from '../definitions/definitions.ts';
import { type Foundation, stringsIn } from '../definitions/rests-on.ts';
import type { FactDefinition } from '../definitions/schemas/facts.ts';
import type { Rule } from '../rules/rule.ts';
import { limitText } from './amount.ts';
import { recognisedBy } from './recognised.ts';

/** One fact that a rule rests on, and what is made of its absence. */
export interface DataRow {
  readonly title: string;
  /** For what it is used: the rule itself, a score, the reading of another fact. */
  readonly usedFor: string;
  readonly from: string;
  readonly age: string;
  readonly absence: string;
  readonly asked: string;
  /** By which codes and words it is found; none for what is no concept. */
  readonly recognised?: string;
}

/** The facts that a rule rests on, in the order in which they are declared. */
export function dataRows(rule: Rule, foundation: Foundation, definitions: Definitions): readonly DataRow[] {
  const facts = [...definitions.facts.values()].filter(({ id }) => foundation.facts.includes(id));
  return facts.map(({ id, definition }) => {
    const recognised = recognisedBy(definition, definitions);
    return {
      title: capitalised(definition.title),
      usedFor: usedFor(id, foundation, definitions),
      from: formatList(definition.from.map((key) => definitions.service.reads[key]?.title ?? key)),
      age: ageText(definition, definitions),
      absence: absenceText(definition),
      asked: askedText(id, definition, rule, definitions),
      ...(recognised !== undefined && { recognised }),
    };
  });
}

function usedFor(id: string, { named, measures }: Foundation, definitions: Definitions): string {
  const scores = measures.filter(({ inputs }) => id in inputs).map(({ title }) => title);
  const facts = factsOfFacts(definitions)
    .filter(([, other]) => other === id)
    .map(([fact]) => withinSentence(definitions.facts.get(fact)?.definition.title ?? fact));
  const uses = [...(named.includes(id) ? ['the rule'] : []), ...scores];
  return formatList([...new Set(uses.length > 0 ? uses : facts)]);
}

/** How old what is recorded may be. A reducer that is not known here is described by the windows it names. */
function ageText(definition: FactDefinition, definitions: Definitions): string {
  const limit = (id: string) => limitText(id, definitions);
  switch (definition.reducer) {
    case 'latest-grade': {
      const before = definition.before && definitions.facts.get(definition.before)?.definition.title;
      return `at most ${limit(definition.maxAge)}${before ? `, and not after the ${before}` : ''}`;
    }
    case 'graded-problem':
      return `any age while it is active; a statement that there is none counts ${limit(definition.absenceValid)}`;
    case 'problem':
      return 'any age while it is active';
    case 'active-medication':
      return 'while it is on active order';
    case 'running-exposure':
      return `on active order, with a sign of life within ${limit(definition.signOfLife)}`;
    case 'planned-procedure':
      return `planned within the next ${limit(definition.ahead)}; without a date, ordered within ${limit(definition.authored)}`;
    case 'draft-reason':
      return 'the orders of this call';
    default: {
      if ('maxAge' in definition) return `at most ${limit(definition.maxAge)}`;
      const windows = stringsIn(definition).filter((name) => name in definitions.thresholds);
      const said = windows.map((id) => `${definitions.thresholds[id]?.description}: ${limit(id)}`);
      return said.length > 0 ? said.join('; ') : 'any age';
    }
  }
}

function absenceText(definition: FactDefinition): string {
  if (definition.whenAbsent === 'unknown') return 'not known';
  const read = unitsOf(definition).includes('d') ? 'never' : 'no';
  return `read as “${read}”: ${definition.absenceRationale ?? ''}`;
}

function askedText(
  id: string,
  definition: FactDefinition,
  { whenUnknown }: Rule,
  { facts, gaps }: Definitions,
): string {
  if (whenUnknown === 'silent' || definition.asks === 'nothing') return 'no';
  if (definition.asks === 'bedside')
    return gaps.bedside.facts.includes(id) ? 'yes, when the record gives a reason' : 'listed on a card, not asked for';
  const except = 'notObtainableWhen' in definition ? definition.notObtainableWhen : undefined;
  const title = except === undefined ? undefined : (facts.get(except)?.definition.title ?? except);
  return `yes, with a test to order${title === undefined ? '' : `, unless recorded: ${title}`}`;
}
