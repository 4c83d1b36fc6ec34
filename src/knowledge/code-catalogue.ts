import { capitalised } from '../cards/format.ts';
import type { Definitions } from '../definitions/definitions.ts';
import { stringsIn } from '../definitions/rests-on.ts';
import { findNormalised, type ValueSetDefinition } from '../terminology/value-set.ts';

/** A value set as a reviewer reads it. */
export interface CatalogueCodes {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  readonly url: string;
  readonly version?: string;
  readonly codes: readonly CatalogueCode[];
  /** Codes that are recognised by their form, and codes that are kept out. */
  readonly patterns: readonly { readonly system: string; readonly form: string }[];
  readonly excluded: readonly CatalogueCode[];
  /** The facts and orders that name it, as they are called. */
  readonly namedBy: readonly string[];
}

export interface CatalogueCode {
  readonly system: string;
  readonly code: string;
  readonly display?: string;
  /** The grade that it stands for. */
  readonly ordinal?: number;
  /** Added by the hospital. */
  readonly local: boolean;
}

/**
 * Every value set, by title.
 *
 * @param definitions what is in force
 * @param shipped the module without the hospital's policy
 */
export function codeCatalogue(definitions: Definitions, shipped: Definitions): readonly CatalogueCodes[] {
  const sets = [...definitions.valueSets.values()].map((set): CatalogueCodes => {
    const { id, url, version, title, description, patterns, excluded } = set;
    const base = shipped.valueSets.get(id);
    return {
      ...{ id, url, title: title ?? id },
      ...(description !== undefined && { description }),
      ...(version !== undefined && { version }),
      codes: listed(set.codes, base),
      patterns: patterns.map(({ system, regex }) => ({ system, form: regex.source })),
      excluded: listed(excluded.codes, undefined),
      namedBy: namedBy(id, definitions),
    };
  });
  return sets.sort((a, b) => a.title.localeCompare(b.title, 'en'));
}

function listed(codes: ValueSetDefinition['codes'], base: ValueSetDefinition | undefined): readonly CatalogueCode[] {
  return [...codes].flatMap(([system, ofSystem]) =>
    [...ofSystem].map(([code, about]) => ({
      ...{ system, code, ...about },
      local: base !== undefined && findNormalised(base, system, code) === undefined,
    })),
  );
}

function namedBy(id: string, { facts, orders }: Definitions): readonly string[] {
  const ofFacts = [...facts.values()].filter(({ definition }) => stringsIn(definition).includes(id));
  const ofOrders = [...orders.values()].filter(({ definition }) => stringsIn(definition).includes(id));
  const titles = [
    ...ofFacts.map(({ definition }) => capitalised(definition.title)),
    ...ofOrders.map(({ definition }) => `${capitalised(definition.label)} (order)`),
  ];
  return [...new Set(titles)];
}
