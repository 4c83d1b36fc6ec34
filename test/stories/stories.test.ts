import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import request from 'supertest';
import type { Card, CdsResponse } from '../../src/cds-hooks/card.ts';
import { decide } from '../../src/decide.ts';
import { noReader } from '../../src/fhir/fhir-reader.ts';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';
import { countingIds, testApp } from '../support/app.ts';
import {
  definitionsFor,
  type ExpectedCard,
  expectedStories,
  expectedVerdicts,
  hookRequest,
  prefetchFor,
  type StoryCall,
  storyTime,
  toldVerdicts,
} from '../support/stories.ts';
import { expectValid } from '../support/validate-response.ts';

const stories = expectedStories();
const ran = { stories: new Set<string>(), calls: 0 };

/** The record of every story, on a FHIR server of this machine. */
let server: Server;
let fhirServer: string;

beforeAll(async () => {
  server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  fhirServer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`;
  const bundles = stories.map(({ bundle }) => bundle);
  const { router } = await createSandbox({ bundles, baseUrl: fhirServer, now: storyTime });
  server.on('request', testApp({ now: () => storyTime, fhirRouter: router }));
}, 30_000);

afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  process.stdout.write(`${ran.stories.size} stories with ${ran.calls} calls ran\n`);
});

describe.each(stories.map((story) => ({ slug: story.slug, story })))('$slug', ({ slug, story }) => {
  describe.each(story.calls.map((call) => ({ name: call.name, call })))('$name', ({ call }) => {
    const definitions = definitionsFor(call.site);
    const app = () => testApp({ definitions, now: () => storyTime });

    it('gives every rule the verdict that the story states', async () => {
      ran.stories.add(slug);
      ran.calls += 1;
      const dependencies = { reader: noReader, now: storyTime, sandbox: false, newId: countingIds() };
      const sent = { ...hookRequest(story, call), prefetch: prefetchFor(story, definitions) };
      const decision = await decide(sent, definitions, dependencies);
      if (decision.kind !== 'cards') throw new Error(`refused with ${decision.status}: ${decision.reason}`);
      expect(toldVerdicts(decision.trace?.verdicts, call)).toEqual(expectedVerdicts(call));
      expect(decision.silence).toBe(call.silence);
    });

    it('answers with these cards when the record comes by prefetch', async () => {
      const body = { ...hookRequest(story, call), prefetch: prefetchFor(story, definitions) };
      expectCards(await post(app(), call, body), call);
    });

    it('answers with the same cards when it reads the record itself', async () => {
      const sent = await post(app(), call, { ...hookRequest(story, call), prefetch: prefetchFor(story, definitions) });
      const { prefetch: _, ...bare } = hookRequest(story, call);
      const read = await post(app(), call, { ...bare, fhirServer });
      expect(withoutIds(read)).toEqual(withoutIds(sent));
    });
  });
});

async function post(app: Express, { hook }: StoryCall, body: object): Promise<CdsResponse> {
  const service = definitionsFor(undefined).service.services.find((one) => one.hook === hook);
  const response = await request(app).post(`/cds-services/${service?.id}`).send(body);
  if (response.status !== 200) throw new Error(`${response.status} ${JSON.stringify(response.body)}`);
  expectValid(response, body);
  return response.body as CdsResponse;
}

function expectCards({ cards }: CdsResponse, { cards: expected }: StoryCall): void {
  expect(cards.map((card, index) => told(card, expected[index]))).toEqual(
    expected.map(({ detail: _, ...card }) => card),
  );
  for (const [index, { detail }] of expected.entries()) {
    for (const text of detail) expect(unescaped(cards[index]?.detail ?? '')).toContain(text);
  }
}

/** What a card says, in the words of `expected.yaml`; the suggestions where the story speaks of them. */
function told(card: Card, expected: ExpectedCard | undefined): Omit<ExpectedCard, 'detail'> {
  const { topics } = definitionsFor(undefined).service;
  const [topic = 'unknown'] = Object.entries(topics).find(([, { code }]) => code === card.source.topic?.code) ?? [];
  return {
    indicator: card.indicator,
    topic,
    summary: card.summary,
    ...(expected?.suggestions && { suggestions: (card.suggestions ?? []).map(({ label }) => label) }),
  };
}

/** The uuids count up in the order of asking; whatever else differs is a difference. */
function withoutIds(response: CdsResponse): unknown {
  return JSON.parse(JSON.stringify(response), (key, value: unknown) => (key === 'uuid' ? undefined : value));
}

function unescaped(markdown: string): string {
  return markdown.replace(/\\([!-/:-@[-`{-~])/g, '$1');
}

it('finds stories to tell', () => {
  expect(stories.length).toBeGreaterThanOrEqual(16);
});
