import { compileBracketTag } from '../terminology/bracket-tag.ts';
import type { ConceptMatcher } from '../terminology/match-concept.ts';
import { compileAbbreviation, compileName, type NamePattern } from '../terminology/name-pattern.ts';
import { mergeValueSets, type ValueSetDefinition } from '../terminology/value-set.ts';
import type { OrderMatcher } from './definitions.ts';
import type { FactDefinition } from './schemas/facts.ts';
import type { OrderDefinition } from './schemas/orders.ts';

type ValueSets = ReadonlyMap<string, ValueSetDefinition>;
type WrittenName = string | { readonly abbreviation: string; readonly alongside: readonly string[] };

/** A concept as written in orders.yaml and facts.yaml. */
export interface WrittenConcept {
  readonly valueSet?: string | undefined;
  readonly names?: readonly WrittenName[];
  readonly exclude?: readonly string[];
  readonly notNames?: readonly string[];
  readonly bracketTags?: readonly string[];
  readonly compatible?: readonly string[];
}

/** Prepares a concept for matching. @throws Error on a malformed name or an unknown value set */
export function compileConcept(written: WrittenConcept, valueSets: ValueSets): ConceptMatcher {
  const { names = [], exclude = [], notNames = [], bracketTags = [], compatible = [] } = written;
  const excluded = unionOf(exclude.map((id) => valueSetNamed(id, valueSets)));
  return {
    ...(written.valueSet === undefined ? {} : { valueSet: valueSetNamed(written.valueSet, valueSets) }),
    ...(excluded === undefined ? {} : { exclude: excluded }),
    names: names.map(compileWrittenName),
    notNames: notNames.map(compileName),
    strip: bracketTags.map(compileBracketTag),
    compatible: compatible.map((id) => valueSetNamed(id, valueSets)),
    abbreviationNeedsNoForeignCode: names.some((name) => typeof name !== 'string'),
  };
}

export function compileOrder(name: string, definition: OrderDefinition, valueSets: ValueSets): OrderMatcher {
  const { probable, drugs, variants, notNames } = definition;
  return {
    name,
    definition,
    concept: compileConcept(definition, valueSets),
    variants: variants.map(({ label, names }) => ({ label, concept: compileConcept({ names }, valueSets) })),
    ...(probable && {
      probable: {
        label: probable.label,
        concept: compileConcept({ valueSet: probable.valueSet, exclude: [probable.exclude], notNames }, valueSets),
        companions: compileConcept({ valueSet: probable.companions }, valueSets),
      },
    }),
    ...(drugs && {
      drugs: {
        concept: compileConcept({ ...drugs }, valueSets),
        route: compileConcept({ valueSet: drugs.route, names: drugs.routeNames }, valueSets),
      },
    }),
  };
}

/** The concept of a fact; facts that read no codes match nothing. */
export function compileFactConcept(definition: FactDefinition, valueSets: ValueSets): ConceptMatcher {
  return compileConcept('names' in definition ? definition : {}, valueSets);
}

/** Order names by group, groups of groups resolved; every order is a group of its own. */
export function compileGroups(
  orders: readonly string[],
  groups: Readonly<Record<string, readonly string[]>>,
): Map<string, ReadonlySet<string>> {
  const compiled = new Map<string, ReadonlySet<string>>(orders.map((name) => [name, new Set([name])]));
  const resolve = (name: string, path: readonly string[]): ReadonlySet<string> => {
    const known = compiled.get(name);
    if (known) return known;
    const members = groups[name];
    if (members === undefined)
      throw new Error(`'${path.at(-1)}' holds '${name}', which is neither an order nor a group`);
    if (path.includes(name)) throw new Error(`'${name}' holds itself`);
    const resolved = new Set(members.flatMap((member) => [...resolve(member, [...path, name])]));
    compiled.set(name, resolved);
    return resolved;
  };
  for (const name of Object.keys(groups)) resolve(name, []);
  return compiled;
}

function compileWrittenName(name: WrittenName): NamePattern {
  return typeof name === 'string' ? compileName(name) : compileAbbreviation(name);
}

function unionOf([first, ...rest]: readonly ValueSetDefinition[]): ValueSetDefinition | undefined {
  return first && rest.reduce((union, one) => mergeValueSets(union, { ...one, id: union.id }), first);
}

function valueSetNamed(id: string, valueSets: ValueSets): ValueSetDefinition {
  const found = valueSets.get(id);
  if (found === undefined) throw new Error(`value set '${id}' does not exist`);
  return found;
}
