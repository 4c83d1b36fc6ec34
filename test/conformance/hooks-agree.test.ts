import type { Express } from 'express';
import request from 'supertest';
import { shippedDefinitions, testApp } from '../support/app.ts';
import { type Transcript, transcripts } from '../support/golden.ts';
import {
  definitionsFor,
  expectedStories,
  hookRequest,
  prefetchFor,
  type StoryCall,
  storyTime,
} from '../support/stories.ts';

/**
 * The same orders get the same cards while they are selected and when they are signed: a client that knows a finding
 * by its topic and words need not show it twice, and what was overridden once is recognised.
 */
const { services } = shippedDefinitions().service;
const serviceOf = (hook: string) => services.find((service) => service.hook === hook)?.id;
const hooks = ['order-select', 'order-sign'] as const;

const topics = new Set<string>();

interface ToldCard {
  readonly source: { readonly topic: { readonly code: string } };
}

function cardsIn(answer: Answered | undefined): readonly ToldCard[] {
  const { cards = [] } = (answer?.body ?? {}) as { readonly cards?: readonly ToldCard[] };
  return cards;
}

interface Answered {
  readonly status: number;
  readonly body: unknown;
}

async function ask(app: Express, hook: string, body: object): Promise<Answered> {
  const { status, body: answer } = await request(app)
    .post(`/cds-services/${serviceOf(hook)}`)
    .send({ ...body, hook });
  // The uuids are new on every card.
  return { status, body: JSON.parse(JSON.stringify(answer), (key, value) => (key === 'uuid' ? undefined : value)) };
}

/** Every draft of the session, as a client names what is selected. */
function everyDraft(draftOrders: unknown): readonly string[] {
  const { entry = [] } = draftOrders as {
    readonly entry?: readonly { readonly resource?: { readonly resourceType?: string; readonly id?: string } }[];
  };
  return entry.map(({ resource }) => `${resource?.resourceType}/${resource?.id}`);
}

/** The answers to the same call on both hooks, with all of its drafts selected. */
async function answersTo(body: { readonly context: object }, app: () => Express): Promise<readonly Answered[]> {
  const { selections: _, ...context } = body.context as {
    readonly selections?: unknown;
    readonly draftOrders?: unknown;
  };
  const selected = { ...context, selections: everyDraft(context.draftOrders ?? {}) };
  return Promise.all([
    ask(app(), hooks[0], { ...body, context: selected }),
    ask(app(), hooks[1], { ...body, context }),
  ]);
}

const withOrders = expectedStories().filter(({ calls }) => ordersIn(calls).length > 0);

describe.each(withOrders.map((story) => [story.slug, story] as const))('%s', (_, story) => {
  it.each(sessionsOf(story.calls))('%s: the same cards on both hooks', async (_name, call) => {
    const definitions = definitionsFor(call.site);
    const body = { ...hookRequest(story, call), prefetch: prefetchFor(story, definitions) };
    const [selecting, signing] = await answersTo(body, () => testApp({ definitions, now: () => storyTime }));
    expect(signing?.status).toBe(200);
    expect(selecting).toEqual(signing);
    for (const { source } of cardsIn(signing)) topics.add(source.topic.code);
  });
});

it('and every topic that a story speaks of was compared', () => {
  const told = expectedStories().flatMap(({ calls }) =>
    ordersIn(calls).flatMap(({ cards }) => cards.map(({ topic }) => topic)),
  );
  const codes = told.map((topic) => shippedDefinitions().service.topics[topic]?.code);
  expect([...topics].sort()).toEqual([...new Set(codes)].sort());
});

describe('the golden requests', () => {
  const isAboutOrders = ({ request: { hook, context } }: Transcript) =>
    typeof context === 'object' && hook !== 'patient-view';
  const posed = transcripts().filter(isAboutOrders);

  it.each(posed.map((one) => [one.slug, one] as const))(
    '%s: the same answer on both hooks',
    async (_, { request: body }) => {
      const [selecting, signing] = await answersTo(body as typeof body & { readonly context: object }, () => testApp());
      expect(selecting).toEqual(signing);
    },
  );
});

/** The calls that are about orders, and not about a record that is opened. */
function ordersIn(calls: readonly StoryCall[]): readonly StoryCall[] {
  return calls.filter(({ hook }) => hook !== 'patient-view');
}

/** Each session of drafts once, whichever hook it is told of. */
function sessionsOf(calls: readonly StoryCall[]): readonly (readonly [name: string, call: StoryCall])[] {
  return [
    ...new Map(
      ordersIn(calls).map((call) => [`${[...call.drafts].join(' + ')}${call.site ? ` (${call.site})` : ''}`, call]),
    ),
  ];
}
