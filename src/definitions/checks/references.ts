import { measures } from '../../measures/index.ts';
import type { Comparison, Condition } from '../../rules/condition.ts';
import type { Definitions } from '../definitions.ts';

/** Every place that holds a condition, with the file it stands in. */
export function conditionsOf(definitions: Definitions): readonly (readonly [file: string, condition: Condition])[] {
  const { service, rules, conditions, gaps, patientView } = definitions;
  const lines = patientView ? [...patientView.lines, ...patientView.due] : [];
  return [
    ...rules.flatMap((rule) =>
      [rule.when, ...(rule.unless ? [rule.unless] : [])].map((one) => [ruleFile(rule.id), one] as const),
    ),
    ...[...conditions.values()].map((one) => ['conditions.yaml', one] as const),
    ['service.yaml', service.gate.when],
    ...(service.gate.unless ? [['service.yaml', service.gate.unless] as const] : []),
    ...service.notes.map(({ when }) => ['service.yaml', when] as const),
    ['gaps.yaml', gaps.suspicion],
    ['gaps.yaml', gaps.continuation],
    ...lines.flatMap(({ when, unless }) =>
      [when, unless].flatMap((one) => (one === undefined ? [] : [['patient-view.yaml', one] as const])),
    ),
  ];
}

export function ruleFile(id: string): string {
  return `rules/${id}.yaml`;
}

/** The conditions within a condition, itself among them. Named conditions are not entered. */
export function partsOf(condition: Condition): readonly Condition[] {
  return [condition, ...directPartsOf(condition).flatMap(partsOf)];
}

function directPartsOf(condition: Condition): readonly Condition[] {
  if ('all' in condition) return condition.all;
  if ('any' in condition) return condition.any;
  if ('none' in condition) return condition.none;
  return 'subject' in condition && condition.of !== undefined ? [{ condition: condition.of }] : [];
}

export function comparisonsOf(condition: Condition): readonly Comparison[] {
  return partsOf(condition).filter((part): part is Comparison => 'subject' in part);
}

/** The facts that a condition comes down to; named conditions are entered, measures are not. */
export function factsIn(condition: Condition, conditions: ReadonlyMap<string, Condition>): readonly string[] {
  return partsOf(condition).flatMap((part) => {
    if ('condition' in part) return factsIn(conditions.get(part.condition) ?? { any: [] }, conditions);
    return 'subject' in part && part.subject === 'fact' ? [part.id] : [];
  });
}

/** The thresholds that facts name: ages, windows. */
export function thresholdsOfFacts({ facts }: Definitions): readonly (readonly [fact: string, threshold: string])[] {
  const keys = ['maxAge', 'absenceValid', 'signOfLife', 'ahead', 'authored', 'courseDays', 'after', 'within'] as const;
  return [...facts.values()].flatMap(({ id, definition }) =>
    keys.flatMap((key) => {
      const named = (definition as Partial<Record<(typeof keys)[number], string>>)[key];
      return named === undefined ? [] : [[id, named] as const];
    }),
  );
}

/** The facts that facts name. A fact may name only those above it. */
export function factsOfFacts({ facts }: Definitions): readonly (readonly [fact: string, named: string])[] {
  const keys = [
    'before',
    'controlledBy',
    'last',
    'notObtainableWhen',
    'answeredBy',
    'of',
    'assessment',
    'quantity',
    'problem',
    'at',
    'sessions',
  ] as const;
  return [...facts.values()].flatMap(({ id, definition }) =>
    keys.flatMap((key) => {
      const named = (definition as Partial<Record<(typeof keys)[number], string>>)[key];
      return named === undefined ? [] : [[id, named] as const];
    }),
  );
}

/** The kind of fact that each of these keys names. */
const kindsNamed = {
  assessment: 'response-since',
  quantity: 'latest-quantity',
  problem: 'graded-problem',
  sessions: 'last-procedure',
} as const;

/** The facts that name a fact of another kind than they can use. */
export function factsOfWrongKind({
  facts,
}: Definitions): readonly (readonly [fact: string, named: string, kind: string])[] {
  return [...facts.values()].flatMap(({ id, definition }) =>
    (Object.keys(kindsNamed) as (keyof typeof kindsNamed)[]).flatMap((key) => {
      const kind = kindsNamed[key];
      const named = (definition as Partial<Record<typeof key, string>>)[key];
      const found = named === undefined ? undefined : facts.get(named)?.definition.reducer;
      return named === undefined || found === undefined || found === kind ? [] : [[id, named, kind] as const];
    }),
  );
}

export const measureIds: ReadonlySet<string> = new Set(measures.map(({ id }) => id));
