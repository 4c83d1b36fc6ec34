import type { ServiceRequest } from 'fhir/r4.js';
import type { Action, Suggestion } from '../cds-hooks/card.ts';
import { codingsOf, textsOf } from '../fhir/codeable-concept.ts';
import type { Draft } from '../orders/draft.ts';
import type { RecognisedOrder } from '../orders/recognise-orders.ts';
import type { Finding } from './finding.ts';
import { withinSentence } from './format.ts';
import { fill } from './placeholders.ts';
import type { Subject } from './subject.ts';

const most = 4;

/** What suggestions are made of besides the findings. */
export interface SuggestionContext {
  readonly subject: Subject;
  readonly orders: readonly RecognisedOrder[];
  readonly drafts: readonly Draft[];
  /** What was ordered lately and is still active, as concepts. */
  readonly pending?: readonly unknown[];
  readonly patientId: string;
  readonly sandbox: boolean;
  newId(): string;
}

/**
 * What a card offers to do: create an order from a template, or remove drafts of this request. One action each, as the
 * least able client wants it; at most four, in the order of the findings; what removes then stands together, first.
 */
export function suggestionsFor(findings: readonly Finding[], context: SuggestionContext): readonly Suggestion[] {
  const { newId } = context;
  const tests = [...new Set(findings.flatMap((finding) => finding.tests))];
  const names = [...new Set(findings.flatMap((finding) => finding.suggestions))];
  const actions = [
    ...tests.flatMap((id) => testAction(id, context)),
    ...names.flatMap((name) => namedActions(name, context)),
  ];
  const unique = new Map(actions.map((action) => [action.resourceId ?? JSON.stringify(action.resource), action]));
  const offered = [...unique.values()].slice(0, most);
  const removals = offered.filter(({ type }) => type === 'delete');
  return [...removals, ...offered.filter(({ type }) => type !== 'delete')].map((action) => ({
    label: action.description,
    uuid: newId(),
    actions: [action],
  }));
}

function testAction(id: string, context: SuggestionContext): readonly Action[] {
  const { definitions } = context.subject;
  const definition = definitions.facts.get(id)?.definition;
  if (definition?.reducer !== 'latest-quantity' || definition.orderTemplate === undefined) return [];
  const label = fill(definitions.gaps.laboratory.suggestionLabel, context.subject, undefined, {
    test: withinSentence(definition.title),
  });
  return create(definition.orderTemplate, label, context);
}

function namedActions(name: string, context: SuggestionContext): readonly Action[] {
  const { definitions, vocabulary } = context.subject;
  const suggestion = definitions.suggestions[name];
  if (suggestion === undefined) return [];
  if ('create' in suggestion) {
    const mapped = context.sandbox || definitions.siteTemplates.has(suggestion.create);
    return suggestion.offered === 'when-mapped' && !mapped ? [] : create(suggestion.create, suggestion.label, context);
  }
  const group = vocabulary.groups.get(suggestion.delete);
  return context.orders
    .filter((order) => group?.has(order.name) && isReference(order.reference))
    .map((order) => ({
      type: 'delete',
      description: fill(suggestion.label, context.subject, undefined, { order: order.label }),
      resourceId: order.reference,
    }));
}

function create(
  template: string,
  description: string,
  { subject, patientId, drafts, pending = [] }: SuggestionContext,
): readonly Action[] {
  const resource = subject.definitions.orderTemplates.get(template) as ServiceRequest | undefined;
  const ordered = [...drafts.map(({ concept }) => concept), ...pending];
  if (resource === undefined || ordered.some((concept) => isSameOrder(concept, resource.code))) return [];
  const order: ServiceRequest = { ...resource, subject: { reference: `Patient/${patientId}` } };
  return [{ type: 'create', description, resource: order }];
}

/** What is drafted or ordered already is not offered again. */
function isSameOrder(ordered: unknown, offered: unknown): boolean {
  const texts = textsOf(offered).map((text) => text.toLowerCase());
  const codes = codingsOf(offered).map(({ code }) => code);
  return (
    textsOf(ordered).some((text) => texts.includes(text.toLowerCase())) ||
    codingsOf(ordered).some(({ code }) => code !== undefined && codes.includes(code))
  );
}

/** A client can only be asked to remove what FHIR allows to be named. */
function isReference(reference: string): boolean {
  return /^[A-Z][A-Za-z]+\/[A-Za-z0-9.-]+$/.test(reference);
}
