import { factsIn } from '../definitions/checks/references.ts';
import type { Definitions } from '../definitions/definitions.ts';
import { restsOn } from '../definitions/rests-on.ts';
import type { Condition } from '../rules/condition.ts';
import type { Rule } from '../rules/rule.ts';

/** What a rule loses where nothing but the prefetch templates is sent, and the service has no server to read from. */
export interface FurtherReads {
  readonly rule: Pick<Rule, 'id' | 'ref'>;
  /** Without these it is undetermined, and silent. */
  readonly needed: readonly string[];
  /** Without these nothing takes it back. */
  readonly softening: readonly string[];
  /** Without these it knows less: of some facts only what the first of their reads tells. */
  readonly adding: readonly string[];
}

/** The rules that look at reads which no template asks for. */
export function furtherReads(definitions: Definitions): readonly FurtherReads[] {
  const evaluated = definitions.rules.filter(({ status }) => status === 'active' || status === 'silent');
  const rows = evaluated.map((rule) => {
    const needed = readsOf(rule.when, definitions);
    const softening = rule.unless ? readsOf(rule.unless, definitions).first : [];
    return { rule, needed: needed.first, softening, adding: needed.further };
  });
  return rows.filter(({ needed, softening, adding }) => [...needed, ...softening, ...adding].length > 0);
}

/** The keys on which a fact of the condition rests, and those that only add to one. */
function readsOf(
  condition: Condition,
  definitions: Definitions,
): Readonly<Record<'first' | 'further', readonly string[]>> {
  const { facts, conditions, service } = definitions;
  const isFurther = (key: string) => service.reads[key]?.prefetch === false;
  const froms = (ids: readonly string[]) => ids.map((id) => facts.get(id)?.definition.from ?? []);
  const own = froms(factsIn(condition, conditions)).filter(([first = '']) => isFurther(first));
  const all = froms(restsOn([condition], [], definitions).facts).filter(([first = '']) => !isFurther(first));
  const keys = (lists: readonly (readonly string[])[]) => [...new Set(lists.flat().filter(isFurther))];
  return { first: keys(own), further: keys(all) };
}
