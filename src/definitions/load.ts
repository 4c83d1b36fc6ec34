import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Resource } from 'fhir/r4.js';
import { measures } from '../measures/index.ts';
import type { Condition } from '../rules/condition.ts';
import type { Rule } from '../rules/rule.ts';
import { compileName } from '../terminology/name-pattern.ts';
import { mergeValueSets, parseValueSet, type ValueSetDefinition } from '../terminology/value-set.ts';
import { checkDefinitions } from './check.ts';
import { factsIn } from './checks/references.ts';
import { compileFactConcept, compileGroups, compileOrder } from './compile.ts';
import { DefinitionError, type Fault } from './definition-error.ts';
import type { Definitions } from './definitions.ts';
import { DefinitionFiles } from './files.ts';
import { EvidenceFile, ThresholdsFile } from './schemas/evidence.ts';
import { FactsFile } from './schemas/facts.ts';
import { OrdersFile } from './schemas/orders.ts';
import { PatientViewFile } from './schemas/patient-view.ts';
import { ConditionsFile, GapsFile, OverrideReasonsFile, RuleFile, SuggestionsFile } from './schemas/rules.ts';
import { ServiceFile } from './schemas/service.ts';
import { OrderTemplate, SiteFile } from './schemas/site.ts';

/** The one knowledge module under `hooks/`. @throws DefinitionError when there is none, or more than one */
export function moduleFolder(hooks: string): string {
  const folders = readdirSync(hooks).filter((name) => existsSync(join(hooks, name, 'service.yaml')));
  const [only] = folders;
  if (only !== undefined && folders.length === 1) return join(hooks, only);
  const message =
    folders.length === 0 ? 'no folder holds a service.yaml' : `one module is possible, found ${folders.join(', ')}`;
  throw new DefinitionError([{ file: hooks, message }]);
}

/**
 * Loads a knowledge module, and the hospital's overlay if there is one, and checks all of it.
 *
 * @param folder the module's folder, `hooks/<module>`
 * @param siteFolder the hospital's folder: site.yaml, value-sets/ (local codes, merged into the value set of the same
 *   id) and order-templates/
 * @throws DefinitionError listing every fault with file and line
 */
export function loadDefinitions(folder: string, siteFolder?: string): Definitions {
  const files = new DefinitionFiles(folder);
  const siteFiles = siteFolder === undefined ? undefined : new DefinitionFiles(siteFolder);
  const service = files.yaml('service.yaml', ServiceFile);
  const orders = files.yaml('orders.yaml', OrdersFile);
  const facts = files.yaml('facts.yaml', FactsFile);
  const thresholds = files.yaml('thresholds.yaml', ThresholdsFile);
  const evidence = files.yaml('evidence.yaml', EvidenceFile);
  const conditions = files.yaml('conditions.yaml', ConditionsFile);
  const gaps = files.yaml('gaps.yaml', GapsFile);
  const suggestions = files.yaml('suggestions.yaml', SuggestionsFile);
  const overrideReasons = files.yaml('override-reasons.yaml', OverrideReasonsFile);
  const patientView =
    files.list('.', 'patient-view.yaml').length > 0 && files.yaml('patient-view.yaml', PatientViewFile);
  const rules = loadRules(files);
  const site = siteFiles?.yaml('site.yaml', SiteFile);
  const valueSets = loadValueSets(files, siteFiles);
  const siteTemplates = siteFiles ? loadTemplates(siteFiles) : new Map<string, Resource>();
  const orderTemplates = new Map([...loadTemplates(files), ...siteTemplates]);
  const faults = () => [...files.faults, ...(siteFiles?.faults ?? [])];
  const complete = service && orders && facts && thresholds && evidence && conditions && gaps && suggestions;
  if (!complete || !overrideReasons || faults().length > 0) throw new DefinitionError(faults());
  const compiled = compileAll({ orders, facts }, valueSets, files);
  if (faults().length > 0) throw new DefinitionError(faults());
  const named = new Map(Object.entries(conditions).map(([id, { when }]) => [id, when]));
  const definitions: Definitions = {
    module: basename(folder),
    service,
    askBedside: site?.askBedside ?? service.askBedside,
    ...compiled,
    groupTitles: orders.groupTitles,
    indication: orders.indication,
    procedureNotFor: orders.procedureNotFor.map(compileName),
    thresholds,
    evidence,
    measureTitles: new Map(measures.map(({ id, title }) => [id, title])),
    conditions: named,
    conditionTexts: new Map(Object.entries(conditions).map(([id, { description }]) => [id, description])),
    gateFacts: gateFacts(service, named, orders.indication.other),
    rules,
    gaps,
    ...(patientView && { patientView }),
    suggestions,
    overrideReasons,
    orderTemplates,
    siteTemplates: new Set(siteTemplates.keys()),
    valueSets,
  };
  const wrong: readonly Fault[] = checkDefinitions(definitions);
  if (wrong.length > 0) throw new DefinitionError(wrong);
  return definitions;
}

function compileAll(
  { orders, facts }: { orders: OrdersFile; facts: FactsFile },
  valueSets: ReadonlyMap<string, ValueSetDefinition>,
  files: DefinitionFiles,
) {
  const attempt = <T>(file: string, place: string, compile: () => T): T[] => {
    try {
      return [compile()];
    } catch (error) {
      files.fault(file, `${place}: ${error instanceof Error ? error.message : String(error)}`);
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
  const conditions = [gate.when, ...(gate.unless ? [gate.unless] : [])];
  return new Set([...conditions.flatMap((condition) => factsIn(condition, named)), other]);
}

/** In the order of the evidence pack, then by name: findings of equal weight are told in this order. */
function loadRules(files: DefinitionFiles): Rule[] {
  const rules = files.list('rules', '.yaml').flatMap((file) => {
    const rule = files.yaml(file, RuleFile);
    if (rule === undefined) return [];
    if (`${rule.id}.yaml` !== basename(file)) files.fault(file, `the id '${rule.id}' must be the name of the file`);
    return [rule as Rule];
  });
  return rules.sort((a, b) => (a.ref < b.ref ? -1 : Number(a.ref > b.ref)));
}

function loadValueSets(files: DefinitionFiles, siteFiles?: DefinitionFiles): Map<string, ValueSetDefinition> {
  const valueSets = new Map<string, ValueSetDefinition>();
  const add = (folder: DefinitionFiles, merge: boolean) => {
    for (const file of folder.list('value-sets', '.json')) {
      try {
        const json = folder.json(file);
        if (json === undefined) continue;
        const valueSet = parseValueSet(json, file);
        const base = valueSets.get(valueSet.id);
        if (merge && base === undefined)
          throw new Error(`there is no value set '${valueSet.id}' to add local codes to`);
        valueSets.set(valueSet.id, base && merge ? mergeValueSets(base, valueSet) : valueSet);
      } catch (error) {
        folder.fault(file, error instanceof Error ? error.message : String(error));
      }
    }
  };
  add(files, false);
  if (siteFiles) add(siteFiles, true);
  return valueSets;
}

/** @returns templates by name, checked to be orders that can be drafted */
function loadTemplates(files: DefinitionFiles): Map<string, Resource> {
  const templates = files.list('order-templates', '.json').flatMap((file): [string, Resource][] => {
    const json = files.json(file);
    const faults = OrderTemplate.safeParse(json).error?.issues ?? [];
    if (faults.length === 0) return [[basename(file, '.json'), json as Resource]];
    for (const { path, message } of faults) files.fault(file, `${path.join('.')}: ${message}`);
    return [];
  });
  return new Map(templates);
}
