import { basename } from 'node:path';
import type { Rule } from '../rules/rule.ts';
import type { DefinitionFiles } from './files.ts';
import { inOrder, type Module } from './module.ts';
import { readOrderTemplate, readValueSet } from './read-resources.ts';
import { EvidenceFile, ThresholdsFile } from './schemas/evidence.ts';
import { FactsFile } from './schemas/facts.ts';
import { OrdersFile } from './schemas/orders.ts';
import { PatientViewFile } from './schemas/patient-view.ts';
import { ConditionsFile, GapsFile, OverrideReasonsFile, RuleFile, SuggestionsFile } from './schemas/rules.ts';
import { ServiceFile } from './schemas/service.ts';

/** Reads a knowledge module; undefined, with the faults noted, when one of its files does not fit. */
export function readModule(files: DefinitionFiles): Module | undefined {
  const service = files.yaml('service.yaml', ServiceFile);
  const orders = files.yaml('orders.yaml', OrdersFile);
  const facts = files.yaml('facts.yaml', FactsFile);
  const thresholds = files.yaml('thresholds.yaml', ThresholdsFile);
  const evidence = files.yaml('evidence.yaml', EvidenceFile);
  const conditions = files.yaml('conditions.yaml', ConditionsFile);
  const gaps = files.yaml('gaps.yaml', GapsFile);
  const suggestions = files.yaml('suggestions.yaml', SuggestionsFile);
  const overrideReasons = files.yaml('override-reasons.yaml', OverrideReasonsFile);
  const hasPatientView = files.list('.', 'patient-view.yaml').length > 0;
  const patientView = hasPatientView ? files.yaml('patient-view.yaml', PatientViewFile) : undefined;
  const rules = files.list('rules', '.yaml').flatMap((file) => readRule(file, files) ?? []);
  const valueSets = files.list('value-sets', '.json').flatMap((file) => readValueSet(file, files) ?? []);
  const templates = files.list('order-templates', '.json').flatMap((file) => {
    const template = readOrderTemplate(file, files);
    return template ? [[basename(file, '.json'), template] as const] : [];
  });
  const complete = service && orders && facts && thresholds && evidence && conditions && gaps && suggestions;
  if (!complete || !overrideReasons || files.faults.length > 0) return undefined;
  return {
    name: basename(files.folder),
    ...{ service, orders, facts, thresholds, evidence, conditions, gaps, suggestions, overrideReasons },
    ...(patientView && { patientView }),
    rules: inOrder(rules),
    valueSets: new Map(valueSets.map((one) => [one.id, one])),
    orderTemplates: new Map(templates),
  };
}

function readRule(file: string, files: DefinitionFiles): Rule | undefined {
  const rule = files.yaml(file, RuleFile);
  if (rule === undefined) return undefined;
  if (`${rule.id}.yaml` !== basename(file)) files.fault(file, `the id '${rule.id}' must be the name of the file`);
  return rule as Rule;
}
