import request from 'supertest';
import type { Card } from '../../src/cds-hooks/card.ts';
import { testApp } from '../support/app.ts';
import { definitionsFor, expectedStories, hookRequest, prefetchFor, storyTime } from '../support/stories.ts';
import { authenticating, publicBaseUrl, registration, signed, testKey } from '../support/tokens.ts';
import { expectValid } from '../support/validate-response.ts';

/** The cards of a story with several topics. */
async function cardsOf(
  options: Parameters<typeof testApp>[0],
  slug = 'liver-function-fell-after-second-tace',
  authorization = '',
): Promise<readonly Card[]> {
  const story = expectedStories().find((one) => one.slug === slug);
  const [call] = story?.calls ?? [];
  if (story === undefined || call === undefined) throw new Error('no such story');
  const body = { ...hookRequest(story, call), prefetch: prefetchFor(story, definitionsFor(undefined)) };
  const response = await request(testApp({ now: () => storyTime, ...options }))
    .post(`/cds-services/hcc-${call.hook}`)
    .set('Authorization', authorization)
    .send(body);
  expectValid(response, body);
  return response.body.cards;
}

const timelineBase = 'https://cds.example.org';

it('L1, L2, L3, L4: cards about the course and the suitability of the patient lead to the timeline, with the orders of the call', async () => {
  const cards = await cardsOf({ timelineBase });
  expect(cards.map(({ links }) => links)).toEqual([
    [
      {
        label: 'Liver timeline',
        url: 'https://cds.example.org/timeline/launch',
        type: 'smart',
        appContext: '{"drafts":["TACE"]}',
      },
    ],
    [expect.objectContaining({ type: 'smart' })],
  ]);
});

it('a card that only asks for a test does not', async () => {
  const cards = await cardsOf({ timelineBase }, 'inr-missing');
  expect(cards.length).toBeGreaterThan(0);
  expect(cards.flatMap(({ links = [] }) => links)).toEqual([]);
});

it('the card of an opened record does, and names no order', async () => {
  const [card] = await cardsOf({ timelineBase }, 'opened-on-therapy');
  expect(card?.links).toEqual([expect.not.objectContaining({ appContext: expect.anything() })]);
});

it('without an address of its own it is the one that is called', async () => {
  const [card] = await cardsOf({ timelineBase: '' });
  expect(card?.links?.[0]?.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/timeline\/launch$/);
});

it('L5: what the timeline shows is not left to it: nothing launches by itself', async () => {
  const links = (await cardsOf({ timelineBase })).flatMap(({ links: some = [] }) => some);
  expect(links.length).toBeGreaterThan(0);
  for (const link of links) expect(link).not.toHaveProperty('autolaunchable');
});

it('K13: a client that forbids links gets none', async () => {
  const key = await testKey();
  const nowSeconds = storyTime.getTime() / 1000;
  const linksFor = async (links: boolean) => {
    const clients = [{ ...registration, keys: [key.publicJwk], links }];
    const aud = `${publicBaseUrl}/cds-services/hcc-order-select`;
    const token = await signed(key, { aud, iat: nowSeconds, exp: nowSeconds + 60 });
    const authentication = authenticating({ clients, now: () => storyTime });
    const cards = await cardsOf({ timelineBase, authentication }, 'child-pugh-c', `Bearer ${token}`);
    return cards.flatMap((card) => card.links ?? []);
  };
  expect(await linksFor(true)).not.toEqual([]);
  expect(await linksFor(false)).toEqual([]);
});

it('K13: unless it is switched on no card has links', async () => {
  expect((await cardsOf({})).flatMap(({ links = [] }) => links)).toEqual([]);
});
