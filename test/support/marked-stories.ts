import type { Bundle, FhirResource } from 'fhir/r4.js';
import { shippedDefinitions } from './app.ts';
import { type ExpectedStory, expectedStories, hookRequest, prefetchFor, type StoryCall } from './stories.ts';

/**
 * The stories of fhir-fixtures with a mark on everything that is the patient's: ids, names, texts. So nothing of them
 * can be mistaken for a word of the rules.
 */

export const mark = 'zqzq';
/** What is added to numbers; no decision depends on it. */
const tail = 0.000317643;

/** Marked as they are, since they are compared as a whole. */
const identities = new Set(['id', 'fullUrl', 'userId', 'patientId', 'encounterId', 'access_token']);
const words = new Set([
  ...[
    'text',
    'display',
    'family',
    'given',
    'prefix',
    'line',
    'city',
    'div',
    'description',
    'title',
    'conclusion',
    'comment',
  ],
]);

interface MarkedCall {
  readonly story: string;
  readonly hook: StoryCall['hook'];
  readonly body: Readonly<Record<string, unknown>> & { readonly context: object; readonly prefetch: object };
}

/** One request for each call of each story; the whole record in the prefetch. */
export function markedCalls(): readonly MarkedCall[] {
  const definitions = shippedDefinitions();
  return expectedStories().flatMap((story) => {
    const marked: ExpectedStory = { ...story, slug: `${mark}-${story.slug}`, bundle: markedBundle(story.bundle) };
    return story.calls
      .filter(({ site }) => site === undefined)
      .map((call) => {
        const { context, ...envelope } = hookRequest(marked, call);
        const drafts = markedValue(context.draftOrders, 'draftOrders');
        const selections = context.selections?.map((one) => markedValue(one, 'reference'));
        const body = {
          ...envelope,
          context: {
            ...{ userId: `Practitioner/${mark}-user`, encounterId: `${mark}-encounter`, patientId: marked.slug },
            ...(call.hook !== 'patient-view' && { draftOrders: withSubject(drafts, marked.slug) }),
            ...(selections && { selections }),
          },
          prefetch: prefetchFor(marked, definitions),
        };
        return { story: story.slug, hook: call.hook, body };
      });
  });
}

function markedBundle(bundle: Bundle<FhirResource>): Bundle<FhirResource> {
  return markedValue(bundle, 'bundle') as Bundle<FhirResource>;
}

/** The drafts were made out to the patient before they were marked. */
function withSubject(drafts: unknown, patientId: string): unknown {
  return JSON.parse(JSON.stringify(drafts).replace(/"Patient\/[^"]+"/g, `"Patient/${patientId}"`));
}

function markedValue(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value.map((one) => markedValue(one, key));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, markedValue(one, name)]));
  if (typeof value === 'number' && key === 'value') return Math.round((value + tail) * 1e9) / 1e9;
  if (typeof value !== 'string') return value;
  if (key === 'reference') return value.replace(/([^/]+)$/, `${mark}-$1`);
  if (key === 'value' || identities.has(key)) return `${mark}-${value}`;
  return words.has(key) ? `${value} ${mark}word` : value;
}

/** What must not be found anywhere of these calls: marks, tails of numbers, and dates but for the day of the call. */
export function secretsOf(calls: readonly MarkedCall[], today: string): readonly string[] {
  const text = calls.map(({ body }) => JSON.stringify({ ...body.prefetch, ...body.context })).join('\n');
  const dates = [...text.matchAll(/"(\d{4}-\d{2}-\d{2})(T[^"]*)?"/g)].map(([, day = '']) => day);
  return [mark, String(tail).slice(2), ...new Set(dates.filter((day) => day !== today))];
}
