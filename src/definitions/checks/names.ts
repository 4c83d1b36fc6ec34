import { measures } from '../../measures/index.ts';
import type { Fault } from '../definition-error.ts';
import type { Definitions } from '../definitions.ts';
import { placeholder } from '../placeholder.ts';
import {
  conditionsOf,
  factsOfFacts,
  factsOfWrongKind,
  measureIds,
  partsOf,
  ruleFile,
  thresholdsOfFacts,
} from './references.ts';

type Use = readonly [file: string, kind: Kind, name: string];
const kinds = [
  'fact',
  'measure',
  'threshold',
  'condition',
  'order',
  'evidence',
  'suggestion',
  'override reason',
  'topic',
  'read',
  'order template',
  'value set',
] as const;
type Kind = (typeof kinds)[number];

function declared(definitions: Definitions): Readonly<Record<Kind, ReadonlySet<string>>> {
  const {
    facts,
    thresholds,
    conditions,
    groups,
    evidence,
    suggestions,
    overrideReasons,
    service,
    orderTemplates,
    valueSets,
  } = definitions;
  return {
    fact: new Set(facts.keys()),
    measure: measureIds,
    threshold: new Set(Object.keys(thresholds)),
    condition: new Set(conditions.keys()),
    order: new Set(groups.keys()),
    evidence: new Set(Object.keys(evidence)),
    suggestion: new Set(Object.keys(suggestions)),
    'override reason': new Set(Object.keys(overrideReasons.reasons)),
    topic: new Set(Object.keys(service.topics)),
    read: new Set(Object.keys(service.reads)),
    'order template': new Set(orderTemplates.keys()),
    'value set': new Set(valueSets.keys()),
  };
}

function uses(definitions: Definitions): readonly Use[] {
  const { rules, gaps, service, thresholds, suggestions, facts, indication, patientView, evidence } = definitions;
  const of = (file: string, kind: Kind, names: readonly string[]): Use[] => names.map((name) => [file, kind, name]);
  const conditionUses = conditionsOf(definitions).flatMap(([file, condition]) =>
    partsOf(condition).flatMap((part): Use[] => {
      if ('condition' in part) return [[file, 'condition', part.condition]];
      if ('order' in part) return [[file, 'order', part.order]];
      if ('draft' in part) return [[file, 'order', part.draft]];
      if (!('subject' in part)) return [];
      return [
        [file, part.subject, part.id],
        ...of(file, 'threshold', part.threshold === undefined ? [] : [part.threshold]),
      ];
    }),
  );
  return [
    ...conditionUses,
    ...rules.flatMap((rule): Use[] => [
      [ruleFile(rule.id), 'topic', rule.topic],
      ...of(ruleFile(rule.id), 'suggestion', rule.suggestions),
      ...of(ruleFile(rule.id), 'override reason', rule.overrideReasons),
      ...of(ruleFile(rule.id), 'evidence', rule.evidence),
    ]),
    ...(['laboratory', 'bedside', 'unusable', 'unavailable'] as const).flatMap((kind) =>
      of('gaps.yaml', 'override reason', gaps[kind].overrideReasons),
    ),
    ...of('service.yaml', 'topic', service.timeline.topics),
    ...of('gaps.yaml', 'topic', [gaps.topic, ...gaps.bedside.toldIn]),
    ...of('gaps.yaml', 'threshold', [gaps.pending]),
    ...of('gaps.yaml', 'fact', gaps.bedside.facts),
    ...of('gaps.yaml', 'measure', [gaps.laboratory.measure]),
    ...of('service.yaml', 'fact', service.summary.facts),
    ...of('service.yaml', 'measure', service.summary.measures),
    ...of('orders.yaml', 'fact', Object.values(indication)),
    ...of('orders.yaml', 'order', Object.keys(definitions.groupTitles)),
    ...of('patient-view.yaml', 'topic', patientView ? [patientView.topic] : []),
    ...(patientView?.due ?? []).flatMap(({ outOfDate = [] }) =>
      outOfDate.flatMap((name) => of('patient-view.yaml', measureIds.has(name) ? 'measure' : 'fact', [name])),
    ),
    ...Object.values(evidence).flatMap(({ of: group }): Use[] =>
      group === undefined ? [] : [['evidence.yaml', 'order', group]],
    ),
    ...Object.values(thresholds).flatMap(({ values }) =>
      of(
        'thresholds.yaml',
        'evidence',
        Object.values(values).map(({ evidence }) => evidence),
      ),
    ),
    ...measures.flatMap(({ id, inputs, evidence }) => [
      ...of(`measure ${id}`, 'fact', Object.keys(inputs)),
      ...of(`measure ${id}`, 'evidence', evidence),
    ]),
    ...[...facts.values()].flatMap(({ definition }) => [
      ...of('facts.yaml', 'read', definition.from),
      ...('order' in definition ? of('facts.yaml', 'order', [definition.order]) : []),
      ...('mentions' in definition ? of('facts.yaml', 'order', definition.mentions) : []),
      ...('drugs' in definition
        ? of('facts.yaml', 'order', [definition.drugs, ...definition.classes.map((one) => one.of)])
        : []),
      ...('orderTemplate' in definition && definition.orderTemplate !== undefined
        ? of('facts.yaml', 'order template', [definition.orderTemplate])
        : []),
      ...('related' in definition && definition.related.valueSet !== undefined
        ? of('facts.yaml', 'value set', [definition.related.valueSet])
        : []),
      ...(['answers', 'severity', 'severeCodes', 'absentCodes'] as const).flatMap((key) => {
        const name = (definition as Partial<Record<string, unknown>>)[key];
        return typeof name === 'string' ? of('facts.yaml', 'value set', [name]) : [];
      }),
    ]),
    ...thresholdsOfFacts(definitions).map(([, name]): Use => ['facts.yaml', 'threshold', name]),
    ...factsOfFacts(definitions).map(([, name]): Use => ['facts.yaml', 'fact', name]),
    ...Object.values(suggestions).map(
      (one): Use =>
        'create' in one
          ? ['suggestions.yaml', 'order template', one.create]
          : ['suggestions.yaml', 'order', one.delete],
    ),
  ];
}

/** Every name that is used is declared. */
export function checkNames(definitions: Definitions): readonly Fault[] {
  const known = declared(definitions);
  const missing = uses(definitions).filter(([, kind, name]) => !known[kind].has(name));
  const order = [...definitions.facts.keys()];
  const backwards = factsOfFacts(definitions).filter(([id, named]) => order.indexOf(named) > order.indexOf(id));
  return [
    ...missing.map(([file, kind, name]) => ({ file, message: `${kind} '${name}' is not declared`, about: name })),
    ...backwards.map(([id, named]) => ({
      file: 'facts.yaml',
      message: `${id}: '${named}' must stand above it`,
      about: id,
    })),
    ...factsOfWrongKind(definitions).map(([id, named, kind]) => ({
      file: 'facts.yaml',
      message: `${id}: '${named}' must be a fact of the kind ${kind}`,
      about: id,
    })),
    ...loops(definitions),
  ];
}

/** A named condition that leads back to itself. */
function loops({ conditions }: Definitions): readonly Fault[] {
  const leadsTo = (id: string, path: readonly string[]): boolean =>
    path.includes(id) ||
    partsOf(conditions.get(id) ?? { any: [] }).some(
      (part) => 'condition' in part && leadsTo(part.condition, [...path, id]),
    );
  return [...conditions.keys()]
    .filter((id) => leadsTo(id, []))
    .map((id) => ({ file: 'conditions.yaml', message: `${id}: leads back to itself`, about: id }));
}

/** What nothing refers to: dead knowledge. Value sets serve orders and facts, which the compiler has resolved. */
export function unusedNames(definitions: Definitions): readonly Fault[] {
  const files: Partial<Record<Kind, string>> = {
    fact: 'facts.yaml',
    threshold: 'thresholds.yaml',
    condition: 'conditions.yaml',
    evidence: 'evidence.yaml',
    suggestion: 'suggestions.yaml',
    'override reason': 'override-reasons.yaml',
    read: 'service.yaml',
    'order template': 'order-templates',
  };
  const known = declared(definitions);
  const used = new Set(uses(definitions).map(([, kind, name]) => `${kind} ${name}`));
  const spoken = new Set([...textsOf(definitions).matchAll(placeholder)].map(([, name]) => name));
  return (Object.entries(files) as [Kind, string][]).flatMap(([kind, file]) =>
    [...known[kind]]
      .filter((name) => !used.has(`${kind} ${name}`) && !spoken.has(name))
      .map((name) => ({ file, message: `${kind} '${name}' is never used`, about: name })),
  );
}

function textsOf({ rules, gaps, service, patientView }: Definitions): string {
  const cards = rules.flatMap(({ card }) => [card.finding, card.summary, card.brief ?? '', card.detail]);
  return [
    ...cards,
    JSON.stringify(gaps),
    JSON.stringify(patientView ?? {}),
    ...service.notes.map(({ says }) => says),
  ].join('\n');
}
