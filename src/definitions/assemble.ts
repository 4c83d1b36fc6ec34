import { measures } from '../measures/index.ts';
import type { Condition } from '../rules/condition.ts';
import { compileName } from '../terminology/name-pattern.ts';
import { factsIn } from './checks/references.ts';
import { compileFactConcept, compileGroups, compileOrder } from './compile.ts';
import type { Fault } from './definition-error.ts';
import type { Definitions } from './definitions.ts';
import type { Module } from './module.ts';
import type { ServiceFile } from './schemas/service.ts';

/** What a hospital decides beside the module. */
export type LocalParts = Pick<Definitions, 'askBedside' | 'siteTemplates' | 'prefetchKeys'>;

/** Compiles a module into definitions; none, with the faults, when a name or a value set cannot be used. */
export function assemble(
  module: Module,
  local: LocalParts = { askBedside: module.service.askBedside, siteTemplates: new Set(), prefetchKeys: new Map() },
): { readonly definitions?: Definitions; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const compiled = compileAll(module, faults);
  if (faults.length > 0) return { faults };
  const { service, orders } = module;
  const conditions = new Map(Object.entries(module.conditions).map(([id, { when }]) => [id, when]));
  const definitions: Definitions = {
    module: module.name,
    service,
    ...compiled,
    groupTitles: orders.groupTitles,
    indication: orders.indication,
    procedureNotFor: orders.procedureNotFor.map(compileName),
    thresholds: module.thresholds,
    evidence: module.evidence,
    measureTitles: new Map(measures.map(({ id, title }) => [id, title])),
    conditions,
    conditionTexts: new Map(Object.entries(module.conditions).map(([id, { description }]) => [id, description])),
    gateFacts: gateFacts(service, conditions, orders.indication.other),
    ...(module.patientView && { patientView: module.patientView }),
    rules: module.rules,
    gaps: module.gaps,
    suggestions: module.suggestions,
    overrideReasons: module.overrideReasons,
    orderTemplates: module.orderTemplates,
    valueSets: module.valueSets,
    ...local,
  };
  return { definitions, faults };
}

function compileAll({ orders, facts, valueSets }: Module, faults: Fault[]) {
  const attempt = <T>(file: string, place: string, compile: () => T): T[] => {
    try {
      return [compile()];
    } catch (error) {
      const message = `${place}: ${error instanceof Error ? error.message : String(error)}`;
      faults.push({ file, message, about: place.replace('orders.', '') });
      return [];
    }
  };
  const matchers = Object.entries(orders.orders).flatMap(([name, order]) =>
    attempt('orders.yaml', `orders.${name}`, () => compileOrder(name, order, valueSets)),
  );
  const sources = Object.entries(facts).flatMap(([id, definition]) =>
    attempt('facts.yaml', id, () => ({ id, definition, concept: compileFactConcept(definition, valueSets) })),
  );
  const [groups = new Map()] = attempt('orders.yaml', 'groups', () =>
    compileGroups(Object.keys(orders.orders), orders.groups),
  );
  return {
    orders: new Map(matchers.map((matcher) => [matcher.name, matcher])),
    facts: new Map(sources.map((source) => [source.id, source])),
    groups: groups as ReadonlyMap<string, ReadonlySet<string>>,
  };
}

function gateFacts({ gate }: ServiceFile, named: ReadonlyMap<string, Condition>, other: string): ReadonlySet<string> {
  return new Set([...factsIn(gate.when, named), other]);
}
