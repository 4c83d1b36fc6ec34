import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { operationOutcomeSchema } from '../conformance/responses.ts';

/** As much of an HTTP response as is checked; supertest's fits. */
export interface AnyResponse {
  readonly status: number;
  readonly body: unknown;
  readonly text?: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** The request that was answered: suggestions are held against its drafts. */
interface AnyRequest {
  readonly context?: unknown;
}

const schemaFile = 'test/conformance/schema/cds-hooks-3.0.derived.schema.json';
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(JSON.parse(readFileSync(schemaFile, 'utf8')), 'cds-hooks');
ajv.addSchema(operationOutcomeSchema, 'operation-outcome');

/** The validator of one definition of the CDS Hooks schema: 'response', 'discovery', 'card' … */
export function definition(name: string): ValidateFunction {
  const validate = ajv.getSchema(`cds-hooks#/$defs/${name}`);
  if (validate === undefined) throw new Error(`The schema does not define ${name}`);
  return validate;
}

/**
 * Fails with every fault of a response: cards or discovery when it is a success, else an OperationOutcome.
 *
 * @param request the body that was sent; without it, suggestions that name a draft are faults
 */
export function expectValid(response: AnyResponse, request?: AnyRequest): void {
  expect(faultsOf(response, request)).toEqual([]);
}

/** Every fault of a response; empty when it is valid. */
export function faultsOf({ status, body, text, headers }: AnyResponse, request?: AnyRequest): string[] {
  const type = String(headers['content-type'] ?? '');
  const faults = /^application\/(fhir\+)?json\b/.test(type) ? [] : [`content-type is ${type || 'missing'}`];
  if (text !== undefined && text !== JSON.stringify(body)) faults.push('the JSON holds insignificant white space');
  if (status < 200 || status > 299) return [...faults, ...outcomeFaults(body)];
  if (status !== 200) faults.push(`a success is 200, not ${status}`);
  return [...faults, ...(isObject(body) && 'services' in body ? discoveryFaults(body) : cardsFaults(body, request))];
}

/** Faults of a body with cards: of the schema, of the invariants it cannot express, and of what this service promises. */
export function cardsFaults(body: unknown, request?: AnyRequest): string[] {
  const cards = objects(body, 'cards');
  const suggestions = cards.flatMap((card) => objects(card, 'suggestions'));
  return [
    ...schemaFaults(definition('response'), body),
    ...emptyValues(body, new Set(['cards'])),
    ...repeated([...cards, ...suggestions].map(({ uuid }) => uuid)).map((uuid) => `uuid ${uuid} is not unique`),
    ...repeated(cards.map((card) => code(card))).map((topic) => `two cards share the topic ${topic}`),
    ...(cards.length > 3 ? [`${cards.length} cards are more than three`] : []),
    ...cards.flatMap((card, index) => cardFaults(card).map((fault) => `cards[${index}]: ${fault}`)),
    ...suggestions.flatMap((suggestion) => suggestionFaults(suggestion, draftReferences(request))),
  ];
}

export function discoveryFaults(body: unknown): string[] {
  const ids = objects(body, 'services').map(({ id }) => id);
  return [
    ...schemaFaults(definition('discovery'), body),
    ...emptyValues(body, new Set(['services'])),
    ...repeated(ids).map((id) => `two services share the id ${id}: clients keep the last`),
  ];
}

export function outcomeFaults(body: unknown): string[] {
  const validate = ajv.getSchema('operation-outcome');
  return [...(validate ? schemaFaults(validate, body) : ['no schema']), ...emptyValues(body, new Set())];
}

type Loose = Readonly<Record<string, unknown>>;

function cardFaults(card: Loose): string[] {
  const { uuid, summary, detail, suggestions, selectionBehavior, overrideReasons } = card;
  const faults: string[] = [];
  if (uuid === undefined) faults.push('without uuid no feedback ever arrives');
  if (typeof summary === 'string') {
    if ([...summary].length > 139 || summary.length > 139) faults.push('summary is longer than 139 characters');
    if (/…$/.test(summary)) faults.push('summary is cut in the middle of a sentence');
    if (/[\r\n\t]|^\s|\s$/.test(summary)) faults.push('summary holds line breaks or outer spaces');
  }
  if (typeof detail === 'string' && hasHtml(detail)) faults.push('detail holds HTML');
  if ((suggestions === undefined) !== (selectionBehavior === undefined))
    faults.push('selectionBehavior and suggestions come together');
  if (selectionBehavior !== undefined && selectionBehavior !== 'any')
    faults.push('Epic knows selectionBehavior any only');
  if (objects(card, 'suggestions').length > 4) faults.push('more than four suggestions');
  if (Array.isArray(overrideReasons) && overrideReasons.length > 6) faults.push('more than six override reasons');
  for (const { display } of objects(card, 'overrideReasons')) {
    if (typeof display !== 'string' || display === '') faults.push('an override reason has no display');
  }
  if (!/^[A-Za-z0-9]{1,100}$/.test(String(code(card)))) faults.push('source.topic.code is not letters and digits');
  return faults;
}

function suggestionFaults(suggestion: Loose, drafts: ReadonlySet<string>): string[] {
  const actions = objects(suggestion, 'actions');
  const faults = actions.length === 1 ? [] : [`a suggestion has ${actions.length} actions, not one`];
  if (suggestion.uuid === undefined) faults.push('a suggestion has no uuid');
  if ('actionSelectionBehavior' in suggestion)
    faults.push('the client is not known to support actionSelectionBehavior');
  for (const { type, resourceId, resource } of actions) {
    if (type === 'delete' && !drafts.has(String(resourceId))) faults.push(`${resourceId} to delete is no draft`);
    const updated = isObject(resource) ? `${resource.resourceType}/${resource.id}` : undefined;
    if (type === 'update' && !drafts.has(String(updated))) faults.push(`${updated} to update is no draft`);
  }
  return faults;
}

function draftReferences(request: AnyRequest | undefined): ReadonlySet<string> {
  const drafts = isObject(request?.context) ? request.context.draftOrders : undefined;
  // Some clients write a lone entry without a list.
  const entries = [isObject(drafts) ? drafts.entry : []].flat().filter(isObject);
  const resources = entries.flatMap(({ resource }) => (isObject(resource) ? [resource] : []));
  const named = resources.filter(({ resourceType, id }) => typeof resourceType === 'string' && typeof id === 'string');
  return new Set(named.map(({ resourceType, id }) => `${resourceType}/${id}`));
}

/** Raw HTML or an autolink of GitHub-flavoured Markdown: `<` before a letter, `/`, `!` or `?`, unless escaped. */
function hasHtml(markdown: string): boolean {
  return /<[a-z/!?]/i.test(markdown.replace(/\\./g, ''));
}

/** Paths of null, "", [] and {}; an array directly under the root may be empty if its name is in `allowed`. */
function emptyValues(value: unknown, allowed: ReadonlySet<string>, path = ''): string[] {
  if (value === null || value === '') return [`${path} is ${JSON.stringify(value)}`];
  if (typeof value !== 'object' || value === undefined) return [];
  const children = Object.entries(value);
  if (children.length === 0 && !(Array.isArray(value) && allowed.has(path))) return [`${path || 'body'} is empty`];
  return children.flatMap(([key, child]) => emptyValues(child, allowed, path === '' ? key : `${path}.${key}`));
}

function schemaFaults(validate: ValidateFunction, body: unknown): string[] {
  validate(body);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || 'body'} ${message}`);
}

function code(card: Loose): unknown {
  return isObject(card.source) && isObject(card.source.topic) ? card.source.topic.code : undefined;
}

function repeated(values: readonly unknown[]): unknown[] {
  return values.filter((value, index) => value !== undefined && values.indexOf(value) !== index);
}

function objects(parent: unknown, key: string): readonly Loose[] {
  const children = isObject(parent) ? parent[key] : undefined;
  return Array.isArray(children) ? children.filter(isObject) : [];
}

function isObject(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
