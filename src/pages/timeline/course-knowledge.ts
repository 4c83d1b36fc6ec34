import { compileFactConcept, compileGroups, compileOrder } from '../../definitions/compile.ts';
import { type Definitions, thresholdsOn } from '../../definitions/definitions.ts';
import { requestFor } from '../../definitions/prefetch-templates.ts';
import { withFactsOfFacts } from '../../definitions/rests-on.ts';
import type { FactDefinition } from '../../definitions/schemas/facts.ts';
import type { OrderDefinition } from '../../definitions/schemas/orders.ts';
import type { FactDefinitions } from '../../facts/gather-facts.ts';
import { albi } from '../../measures/albi/albi.ts';
import { childPughScore } from '../../measures/child-pugh/child-pugh.ts';
import type { Threshold } from '../../rules/situation.ts';
import type { CodeSelection, ValueSetDefinition } from '../../terminology/value-set.ts';

/** The scores that are drawn. */
export const drawnMeasures = [childPughScore, albi] as const;

/** The results that are drawn, which the scores are made of. */
export const drawnResults = ['bilirubin', 'albumin', 'inr'] as const;

/** The facts by which treatments and responses are read. */
export const treatmentFacts = {
  sessions: 'tace-last',
  exposure: 'systemic-therapy-last-given',
  response: 'tace-response',
};
export const runningWindow = 'running-sign-of-life-days';
const resultsWindow = 'labs-valid-days';

/** What the app has to know of the knowledge in force to read a record as the service does. JSON. */
export interface CourseKnowledge {
  readonly facts: Readonly<Record<string, FactDefinition>>;
  readonly orders: Readonly<Record<string, OrderDefinition>>;
  readonly groups: Readonly<Record<string, readonly string[]>>;
  readonly valueSets: readonly WrittenValueSet[];
  readonly thresholds: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** By read: the search for everything ever recorded, with {patient} for the id. */
  readonly requests: Readonly<Record<string, string>>;
  /** What the reads are called. */
  readonly titles: Readonly<Record<string, string>>;
}

interface WrittenSelection {
  readonly codes: readonly (readonly [
    string,
    readonly (readonly [string, { display?: string; ordinal?: number }])[],
  ])[];
  readonly patterns: readonly { readonly system: string; readonly source: string; readonly flags: string }[];
}

interface WrittenValueSet extends WrittenSelection {
  readonly id: string;
  readonly url: string;
  readonly excluded: WrittenSelection;
}

/** Writes down what the app needs of the knowledge in force on a day. */
export function writeCourseKnowledge(definitions: Definitions, now: Date): CourseKnowledge {
  const named = [...drawnMeasures.flatMap(({ inputs }) => Object.keys(inputs)), ...Object.values(treatmentFacts)];
  const ids = withFactsOfFacts(named, definitions);
  const facts = [...definitions.facts].flatMap(([id, { definition }]) =>
    ids.includes(id) ? [[id, definition] as const] : [],
  );
  const keys = [...new Set(facts.flatMap(([, { from }]) => from))];
  const { reads } = definitions.service;
  return {
    facts: Object.fromEntries(facts),
    orders: Object.fromEntries([...definitions.orders].map(([name, { definition }]) => [name, definition])),
    groups: Object.fromEntries([...definitions.groups].map(([name, orders]) => [name, [...orders]])),
    valueSets: [...definitions.valueSets.values()].map(writeValueSet),
    thresholds: Object.fromEntries(
      [...thresholdsOn(definitions, now)].map(([id, { values }]) => [id, Object.fromEntries(values)]),
    ),
    requests: Object.fromEntries(keys.map((key) => [key, everything(requestFor(key, '{patient}', now, definitions))])),
    titles: Object.fromEntries(keys.map((key) => [key, reads[key]?.title ?? key])),
  };
}

/** Searches of the service begin on a day where older records could not matter; here they do. */
function everything(request: string): string {
  return request.replace('%7Bpatient%7D', '{patient}').replace(/&[a-z-]+=ge\d{4}-\d{2}-\d{2}/g, '');
}

function writeValueSet({ id, url, codes, patterns, excluded }: ValueSetDefinition): WrittenValueSet {
  return { id, url, ...writeSelection({ codes, patterns }), excluded: writeSelection(excluded) };
}

function writeSelection({ codes, patterns }: CodeSelection): WrittenSelection {
  return {
    codes: [...codes].map(([system, ofSystem]) => [
      system,
      [...ofSystem].map(([code, { ordinal }]) => [code, ordinal === undefined ? {} : { ordinal }] as const),
    ]),
    patterns: patterns.map(({ system, regex }) => ({ system, source: regex.source, flags: regex.flags })),
  };
}

/** The knowledge, ready to read a record by. */
export interface CourseReading {
  readonly definitions: FactDefinitions;
  readonly thresholds: ReadonlyMap<string, Threshold>;
}

/** For how many days a result counts. */
export function validDaysOf({ thresholds }: CourseReading): number {
  return thresholds.get(resultsWindow)?.values.values().next().value ?? 0;
}

/** Compiles what was written down, by the compiler of the service. */
export function readCourseKnowledge({ facts, orders, groups, valueSets, thresholds }: CourseKnowledge): CourseReading {
  const sets = new Map(valueSets.map((one) => [one.id, readValueSet(one)]));
  return {
    definitions: {
      facts: new Map(
        Object.entries(facts).map(([id, definition]) => [
          id,
          { id, definition, concept: compileFactConcept(definition, sets) },
        ]),
      ),
      orders: new Map(Object.entries(orders).map(([name, definition]) => [name, compileOrder(name, definition, sets)])),
      groups: compileGroups(Object.keys(orders), groups),
      valueSets: sets,
    },
    thresholds: new Map(
      Object.entries(thresholds).map(([id, values]) => [id, { id, values: new Map(Object.entries(values)) }]),
    ),
  };
}

function readValueSet({ id, url, excluded, ...included }: WrittenValueSet): ValueSetDefinition {
  return { id, url, ...readSelection(included), excluded: readSelection(excluded) };
}

function readSelection({ codes, patterns }: WrittenSelection): CodeSelection {
  return {
    codes: new Map(codes.map(([system, ofSystem]) => [system, new Map(ofSystem)])),
    patterns: patterns.map(({ system, source, flags }) => ({ system, regex: new RegExp(source, flags) })),
  };
}
