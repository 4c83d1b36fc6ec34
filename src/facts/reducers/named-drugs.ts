import type { FactDefinition } from '../../definitions/schemas/facts.ts';
import type { OrderName } from '../../kernel/fact.ts';
import { type MatchOptions, matchText } from '../../terminology/match-concept.ts';
import { compileName, type NamePattern } from '../../terminology/name-pattern.ts';
import type { ReducerContext } from '../patient-record.ts';

/** How a text is read for the drugs that it names. */
export type NamedDrugs = Pick<Extract<FactDefinition, { drugs: string }>, 'drugs' | 'classes' | 'otherwise'>;

/**
 * The drugs that a text speaks of: those that it names, and every drug of a class that it names, which is then called
 * by the class. Empty when it only says that there are such drugs.
 *
 * @returns undefined when it speaks of none
 */
export function drugsNamedIn(
  text: string,
  { drugs, classes, otherwise }: NamedDrugs,
  { orders }: ReducerContext,
  options: MatchOptions,
): readonly OrderName[] | undefined {
  const says = (names: readonly string[], notNames: readonly string[] = []) =>
    matchText(text, { names: names.map(compileName), notNames: notNames.map(compileName) }, options) !== undefined;
  const named = orders(drugs)
    .filter(({ concept: { names } }) => matchText(text, { names, notNames: [] }, options) !== undefined)
    .map(({ name, definition }) => ({ name, label: definition.label }));
  const ofClasses = classes
    .filter(({ names, notNames }) => says(names, notNames))
    .flatMap(({ of, label }) => orders(of).map(({ name }) => ({ name, label })));
  const all = [...named, ...ofClasses];
  return all.length > 0 || says(otherwise) ? all : undefined;
}

/** Every name by which a text may speak of such drugs. */
export function drugNames({ drugs, classes, otherwise }: NamedDrugs, { orders }: ReducerContext): NamePattern[] {
  const ofClasses = [...classes.flatMap(({ names }) => names), ...otherwise].map(compileName);
  return [...orders(drugs).flatMap(({ concept }) => concept.names), ...ofClasses];
}
