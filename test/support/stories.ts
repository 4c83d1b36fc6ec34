import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bundle, FhirResource, MedicationRequest, ServiceRequest } from 'fhir/r4.js';
import { parse } from 'yaml';
import { z } from 'zod';
import type { HookRequest } from '../../src/cds-hooks/request.ts';
import { type Definitions, prefetchKeyOf } from '../../src/definitions/definitions.ts';
import { loadDefinitions } from '../../src/definitions/load.ts';
import { requestFor } from '../../src/definitions/prefetch-templates.ts';
import type { Truth } from '../../src/kernel/truth.ts';
import type { Verdict } from '../../src/rules/evaluate.ts';
import { AUTHORED_ON } from '../../src/sandbox/shift-dates.ts';
import { moduleFolder, shippedDefinitions } from './app.ts';

export const fixtures = 'fhir-fixtures';

/** Noon of the day every story is written for. */
export const storyTime = new Date(`${AUTHORED_ON}T12:00:00Z`);

const ExpectedCard = z.strictObject({
  indicator: z.enum(['info', 'warning', 'critical']),
  /** A key of `topics` in service.yaml. */
  topic: z.string(),
  summary: z.string(),
  /** Texts that the detail must contain; what is escaped for Markdown is compared unescaped. */
  detail: z.array(z.string()).default([]),
  /** The labels of all suggestions, where the story is about them. */
  suggestions: z.array(z.string()).optional(),
});
export type ExpectedCard = z.infer<typeof ExpectedCard>;

const rules = z.array(z.string());

/** One call of a story, and what the documents demand of the answer. */
const StoryCall = z
  .strictObject({
    name: z.string().min(1),
    hook: z.enum(['order-select', 'order-sign', 'patient-view']),
    /** Files of fhir-fixtures/drafts, in the order of the session; none when a record is only opened. */
    drafts: z.array(z.string()).default([]),
    /** The drafts that were selected; all of them unless given. */
    select: z.array(z.string()).optional(),
    /** A folder of fhir-fixtures with the hospital's overlay. */
    site: z.string().optional(),
    /**
     * A rule that is not named does not fire, and one that asks when it is undetermined is false. `not evaluated` when
     * the call ends before any rule is looked at.
     */
    rules: z.union([z.literal('not evaluated'), z.strictObject({ fires: rules, undetermined: rules })]),
    cards: z.array(ExpectedCard),
    /** Why there is no card. */
    silence: z.string().optional(),
  })
  .refine(
    ({ hook, drafts }) => (hook === 'patient-view') === (drafts.length === 0),
    'drafts with the hooks of orders only',
  )
  .refine(({ cards, silence }) => (cards.length === 0) === (silence !== undefined), 'cards or silence, not both');
export type StoryCall = z.infer<typeof StoryCall>;

/** A story with what is expected of the service. */
export interface ExpectedStory {
  readonly slug: string;
  readonly text: string;
  readonly bundle: Bundle<FhirResource>;
  readonly calls: readonly StoryCall[];
}

/** Every story of fhir-fixtures, by slug. */
export function expectedStories(): readonly ExpectedStory[] {
  const folder = join(fixtures, 'patients');
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({
      slug: name,
      text: readFileSync(join(folder, name, 'story.md'), 'utf8'),
      bundle: JSON.parse(readFileSync(join(folder, name, 'bundle.json'), 'utf8')) as Bundle<FhirResource>,
      calls: expectedCalls(join(folder, name, 'expected.yaml')),
    }))
    .sort((a, b) => (a.slug < b.slug ? -1 : 1));
}

function expectedCalls(file: string): readonly StoryCall[] {
  const result = z.array(StoryCall).safeParse(existsSync(file) ? parse(readFileSync(file, 'utf8')) : []);
  if (result.success) return result.data;
  throw new Error(`${file}: ${result.error.message}`);
}

export function resourcesIn({ bundle }: ExpectedStory): readonly FhirResource[] {
  return (bundle.entry ?? []).flatMap(({ resource }) => resource ?? []);
}

const overlaid = new Map<string, Definitions>();

/** The shipped module, or the module with the overlay of a site, loaded once. */
export function definitionsFor(site: string | undefined): Definitions {
  if (site === undefined) return shippedDefinitions();
  const definitions =
    overlaid.get(site) ?? loadDefinitions(moduleFolder, { folder: join(fixtures, site), now: storyTime });
  overlaid.set(site, definitions);
  return definitions;
}

/** The call as a client would send it. */
export function hookRequest(story: ExpectedStory, call: StoryCall): HookRequest {
  const drafts = call.drafts.map((key) => draftOrder(key, story.slug));
  const selected = (call.select ?? call.drafts).map((key) => draftOrder(key, story.slug));
  return {
    hook: call.hook,
    hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea',
    context: {
      ...{ userId: 'Practitioner/synthetic', patientId: story.slug },
      ...(call.hook !== 'patient-view' && {
        draftOrders: { resourceType: 'Bundle', type: 'collection', entry: drafts.map((resource) => ({ resource })) },
      }),
      ...(call.hook === 'order-select' && {
        selections: selected.map(({ resourceType, id }) => `${resourceType}/${id}`),
      }),
    },
    prefetch: {},
  };
}

/** A draft of fhir-fixtures/drafts, made out to this patient. */
function draftOrder(key: string, patientId: string): MedicationRequest | ServiceRequest {
  const file = join(fixtures, 'drafts', `${key}.json`);
  const draft = JSON.parse(readFileSync(file, 'utf8')) as MedicationRequest | ServiceRequest;
  return { ...draft, subject: { reference: `Patient/${patientId}` } };
}

/**
 * The answers to the service's own reads, out of the bundle: the advertised prefetch keys, and those that a client may
 * send besides.
 */
export function prefetchFor(
  story: ExpectedStory,
  definitions: Definitions,
  now: Date = storyTime,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.keys(definitions.service.reads).map((key) => [
      prefetchKeyOf(key, definitions),
      answer(requestFor(key, story.slug, now, definitions), resourcesIn(story)),
    ]),
  );
}

/** One read or search over a handful of resources: by type, patient, code, status and first day. */
function answer(request: string, resources: readonly FhirResource[]): unknown {
  const [path = '', query = ''] = request.split('?');
  const [type, id] = path.split('/');
  const ofType = resources.filter(({ resourceType }) => resourceType === type);
  if (id !== undefined) return ofType.find((resource) => resource.id === decodeURIComponent(id)) ?? null;
  const found = [...new URLSearchParams(query)].reduce(
    (left, [parameter, value]) => left.filter((resource) => meets(resource, parameter, value)),
    ofType,
  );
  const newestFirst = [...found].sort((a, b) => (dayOf(b) ?? '').localeCompare(dayOf(a) ?? ''));
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    total: found.length,
    entry: newestFirst.map((resource) => ({ resource })),
  };
}

type Searched = FhirResource & {
  readonly status?: string;
  readonly code?: { readonly coding?: readonly { readonly code?: string }[] };
};

function meets(resource: FhirResource, parameter: string, value: string): boolean {
  const { status, code } = resource as Searched;
  switch (parameter) {
    case 'patient':
      return JSON.stringify(resource).includes(`"Patient/${value}"`);
    case 'status':
      return status === value;
    case 'code':
      return (code?.coding ?? []).some((coding) => value.split(',').includes(coding.code ?? ''));
    case 'date':
    case 'started':
    case 'effective-time':
      return (dayOf(resource) ?? '') >= value.replace(/^ge/, '');
    case '_sort':
    case '_count':
      return true;
    default:
      throw new Error(`The stories cannot answer a search by '${parameter}'`);
  }
}

/** The day by which results, doses and visits are searched and sorted. */
function dayOf(resource: FhirResource): string | undefined {
  const { effectiveDateTime, start, started } = resource as Partial<
    Record<'effectiveDateTime' | 'start' | 'started', string>
  >;
  return effectiveDateTime ?? start ?? started;
}

/** The verdicts as the story has to tell them: what is silent when undetermined is told only where the story is about it. */
export function toldVerdicts(
  verdicts: readonly Verdict[] | undefined,
  { rules: expected }: StoryCall,
): Readonly<Record<'fires' | 'undetermined', readonly string[]>> | 'not evaluated' {
  if (verdicts === undefined) return 'not evaluated';
  const named = expected === 'not evaluated' ? [] : expected.undetermined;
  const ids = (truth: Truth) => verdicts.filter((one) => one.truth === truth).map(({ rule }) => rule);
  const told = ids('undetermined').filter(({ id, whenUnknown }) => whenUnknown === 'ask' || named.includes(id));
  return {
    fires: ids('true')
      .map(({ id }) => id)
      .sort(),
    undetermined: told.map(({ id }) => id).sort(),
  };
}

/** What the story says of them. */
export function expectedVerdicts({ rules: expected }: StoryCall): ReturnType<typeof toldVerdicts> {
  if (expected === 'not evaluated') return expected;
  return { fires: [...expected.fires].sort(), undetermined: [...expected.undetermined].sort() };
}
