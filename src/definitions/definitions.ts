import type { Resource } from 'fhir/r4.js';
import type { Condition } from '../rules/condition.ts';
import type { LocalChange, Rule } from '../rules/rule.ts';
import type { Threshold, Vocabulary } from '../rules/situation.ts';
import type { ConceptMatcher } from '../terminology/match-concept.ts';
import type { NamePattern } from '../terminology/name-pattern.ts';
import type { ValueSetDefinition } from '../terminology/value-set.ts';
import { dayAt } from './day.ts';
import type { EvidenceFile, ThresholdsFile } from './schemas/evidence.ts';
import type { FactDefinition } from './schemas/facts.ts';
import type { OrderDefinition, OrdersFile } from './schemas/orders.ts';
import type { PatientViewFile } from './schemas/patient-view.ts';
import type { GapsFile, OverrideReasonsFile, SuggestionsFile } from './schemas/rules.ts';
import type { AskBedside, ServiceFile } from './schemas/service.ts';

/** An order we recognise, ready to match. */
export interface OrderMatcher {
  readonly name: string;
  readonly definition: OrderDefinition;
  readonly concept: ConceptMatcher;
  readonly variants: readonly { readonly label: string; readonly concept: ConceptMatcher }[];
  readonly probable?: { readonly label: string; readonly concept: ConceptMatcher; readonly companions: ConceptMatcher };
  readonly drugs?: { readonly concept: ConceptMatcher; readonly route: ConceptMatcher };
}

/** A fact we read, with its concept where it has one. */
export interface FactSource {
  readonly id: string;
  readonly definition: FactDefinition;
  readonly concept: ConceptMatcher;
}

/** A change of a hospital's policy, and who answers for it. Both days are within. */
export interface PolicyEntry {
  /** 'thresholds.some-limit', as `LocalChange.entry`. */
  readonly name: string;
  readonly reason: string;
  readonly approvedBy: string;
  readonly from: string;
  readonly until?: string;
}

/** What a hospital has made of the module on a day. */
export interface SitePolicy {
  /** The hospital, as it is printed on cards. */
  readonly site: string;
  /** Whose days the policy means. */
  readonly timeZone: string;
  /** The changes in force of what is advised. How the record is read and offered is not among them. */
  readonly changes: readonly LocalChange[];
  /** Every entry that has not expired, in force or still to begin, with who answers for it. */
  readonly entries: readonly PolicyEntry[];
  /** Said at start: entries that have expired, or change nothing. */
  readonly warnings: readonly string[];
}

/** A knowledge module, loaded, checked and compiled: everything the engine knows of a disease. */
export interface Definitions {
  readonly module: string;
  readonly service: ServiceFile;
  readonly askBedside: AskBedside;
  readonly orders: ReadonlyMap<string, OrderMatcher>;
  readonly groups: ReadonlyMap<string, ReadonlySet<string>>;
  readonly groupTitles: Readonly<Record<string, string>>;
  readonly indication: OrdersFile['indication'];
  readonly procedureNotFor: readonly NamePattern[];
  /** In declared order: a fact may refer to those before it. */
  readonly facts: ReadonlyMap<string, FactSource>;
  /** The facts that decide whether a patient and an order concern us. */
  readonly gateFacts: ReadonlySet<string>;
  readonly thresholds: ThresholdsFile;
  readonly evidence: EvidenceFile;
  readonly measureTitles: ReadonlyMap<string, string>;
  readonly conditions: ReadonlyMap<string, Condition>;
  /** What each named condition says, in a sentence. */
  readonly conditionTexts: ReadonlyMap<string, string>;
  readonly rules: readonly Rule[];
  readonly gaps: GapsFile;
  /** The card of the hook patient-view, if the module has one. */
  readonly patientView?: PatientViewFile;
  readonly suggestions: SuggestionsFile;
  readonly overrideReasons: OverrideReasonsFile;
  readonly orderTemplates: ReadonlyMap<string, Resource>;
  /** The templates that the hospital has provided or replaced. */
  readonly siteTemplates: ReadonlySet<string>;
  readonly valueSets: ReadonlyMap<string, ValueSetDefinition>;
  /** What clients call a read, where the hospital has renamed it. */
  readonly prefetchKeys: ReadonlyMap<string, string>;
  readonly site?: SitePolicy;
  /** What holds instead from a later day on, when an entry of the hospital's policy begins or ends. */
  readonly next?: { readonly from: string; readonly definitions: Definitions };
}

/** What holds at this time. A policy that begins or ends while the process runs needs no restart. */
export function definitionsAt(definitions: Definitions, now: Date): Definitions {
  const { next, site } = definitions;
  if (next === undefined || dayAt(now, site?.timeZone ?? 'UTC') < next.from) return definitions;
  return definitionsAt(next.definitions, now);
}

/** The key under which clients send a read. */
export function prefetchKeyOf(read: string, { prefetchKeys }: Definitions): string {
  return prefetchKeys.get(read) ?? read;
}

/** The values of a threshold on a day, YYYY-MM-DD, by unit: the newest not after it. */
export function valuesOn({ unit, values }: ThresholdsFile[string], day: string): ReadonlyMap<string, number> {
  const dates = Object.keys(values).sort();
  const inForce = dates.filter((date) => date <= day).at(-1) ?? dates[0] ?? '';
  const value = values[inForce]?.value ?? {};
  return new Map(Object.entries(typeof value === 'number' ? { [unit ?? '1']: value } : value));
}

/** The value of each threshold that is in force on a day. */
export function thresholdsOn(definitions: Definitions, day: Date): ReadonlyMap<string, Threshold> {
  const today = day.toISOString().slice(0, 10);
  const changes = definitions.site?.changes ?? [];
  const local = new Set(changes.flatMap(({ what }) => (what.kind === 'threshold' ? [what.id] : [])));
  return new Map(
    Object.entries(definitions.thresholds).map(([id, written]) => {
      const values = valuesOn(written, today);
      return [id, local.has(id) ? { id, values, local: true } : { id, values }];
    }),
  );
}

/** What the rules refer to, on a given day. */
export function vocabularyOn(definitions: Definitions, day: Date): Vocabulary {
  return {
    thresholds: thresholdsOn(definitions, day),
    groups: definitions.groups,
    conditions: definitions.conditions,
  };
}
