import request, { type Response } from 'supertest';
import { expressions } from '../http/requests.ts';
import { testApp } from '../support/app.ts';
import { recordingStore } from '../support/recording-store.ts';
import { expectValid } from '../support/validate-response.ts';
import { clients, type Quirk, quirksOf, readQuirk, type ToldCard } from './read-quirks.ts';

/** Each file is asked, and answered as it says. */

async function answerTo({ method = 'POST', path, headers = {}, body }: Quirk) {
  const { store, rows } = recordingStore();
  const agent = request(testApp({ store }));
  const asked = { GET: agent.get(path), OPTIONS: agent.options(path), POST: agent.post(path) }[method];
  const response = await asked.set(headers).send(body);
  return { response, rows };
}

describe.each(clients())('a client of the kind %s', (client) => {
  it.each(quirksOf(client))('$about', async (quirk) => {
    const { response, rows } = await answerTo(quirk);
    const { status, cards, cardsOf, at, says, services, kept } = quirk.expected;
    expect([response.status, expressions(response)]).toEqual([status, at ?? []]);
    if (says !== undefined) expect(response.text).toContain(says);
    if (cards !== undefined) expect(toldBy(response)).toEqual(cards);
    if (cardsOf !== undefined)
      expect(wordsOf(response)).toEqual(wordsOf((await answerTo(readQuirk(cardsOf))).response));
    if (services !== undefined) expect(response.body.services.map(({ id }: { id: string }) => id)).toEqual(services);
    if (kept === undefined && quirk.method !== 'OPTIONS') expectValid(response, quirk.body);
    const { feedback } = await rows();
    expect(feedback.map(({ outcome, reason_code: reason }) => ({ outcome, reason }))).toEqual(kept ?? []);
  });
});

function toldBy({ body }: Response): readonly ToldCard[] {
  return body.cards.map(({ indicator, summary, source }: { source: { topic: { code: string } } } & ToldCard) => ({
    indicator,
    topic: source.topic.code,
    summary,
  }));
}

/** All that a reader sees of the cards. */
function wordsOf({ body }: Response): readonly object[] {
  expect(body.cards.length).toBeGreaterThan(0);
  return body.cards.map(({ summary, detail, indicator, source }: Readonly<Record<string, unknown>>) => ({
    ...{ summary, detail, indicator, source },
  }));
}
