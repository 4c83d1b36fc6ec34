import type { Resource } from 'fhir/r4.js';
import type { Rule } from '../rules/rule.ts';
import type { ValueSetDefinition } from '../terminology/value-set.ts';
import type { EvidenceFile, ThresholdsFile } from './schemas/evidence.ts';
import type { FactsFile } from './schemas/facts.ts';
import type { OrdersFile } from './schemas/orders.ts';
import type { PatientViewFile } from './schemas/patient-view.ts';
import type { ConditionsFile, GapsFile, OverrideReasonsFile, SuggestionsFile } from './schemas/rules.ts';
import type { ServiceFile } from './schemas/service.ts';

/** A knowledge module as it is written, before anything is compiled. This is what a hospital's policy changes. */
export interface Module {
  readonly name: string;
  readonly service: ServiceFile;
  readonly orders: OrdersFile;
  readonly facts: FactsFile;
  readonly thresholds: ThresholdsFile;
  readonly evidence: EvidenceFile;
  readonly conditions: ConditionsFile;
  readonly gaps: GapsFile;
  readonly suggestions: SuggestionsFile;
  readonly overrideReasons: OverrideReasonsFile;
  /** What is told when a record is opened, where the module has it. */
  readonly patientView?: PatientViewFile;
  readonly rules: readonly Rule[];
  readonly valueSets: ReadonlyMap<string, ValueSetDefinition>;
  readonly orderTemplates: ReadonlyMap<string, Resource>;
}

/** In the order of the evidence pack, then by name: findings of equal weight are told in this order. */
export function inOrder(rules: readonly Rule[]): readonly Rule[] {
  return [...rules].sort((a, b) => (a.ref < b.ref ? -1 : Number(a.ref > b.ref)));
}
