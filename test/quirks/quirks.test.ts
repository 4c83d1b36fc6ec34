import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import request, { type Response } from 'supertest';
import { expressions } from '../http/requests.ts';
import { testApp } from '../support/app.ts';
import { recordingStore } from '../support/recording-store.ts';
import { expectValid } from '../support/validate-response.ts';

/**
 * What clients send that differs from the standard, one file each: the request as such a client writes it, and what it
 * has to be answered. All of it is made up; only the forms are those that were seen.
 */
interface Quirk {
  /** Ends the sentence that begins with the client. */
  readonly about: string;
  readonly method?: 'GET' | 'OPTIONS' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
  readonly expected: Expected;
}

interface Expected {
  readonly status: number;
  /** All of them, in their order. */
  readonly cards?: readonly ToldCard[];
  /** The cards are those of another file, word for word. */
  readonly cardsOf?: string;
  /** Where a refusal finds the fault, and what it says of it. */
  readonly at?: readonly string[];
  readonly says?: string;
  readonly services?: readonly string[];
  /** What is kept of feedback. */
  readonly kept?: readonly { readonly outcome: string; readonly reason: string | null }[];
}

interface ToldCard {
  readonly indicator: string;
  readonly topic: string;
  readonly summary: string;
}

const folder = 'test/quirks';

function read(name: string): Quirk {
  return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
}

const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.json'))
  .map((path) => path.replace(/\.json$/, ''))
  .sort();

async function answerTo({ method = 'POST', path, headers = {}, body }: Quirk) {
  const { store, rows } = recordingStore();
  const agent = request(testApp({ store }));
  const asked = { GET: agent.get(path), OPTIONS: agent.options(path), POST: agent.post(path) }[method];
  const response = await asked.set(headers).send(body);
  return { response, rows };
}

describe.each([...new Set(names.map((name) => name.split('/')[0] ?? ''))])('a client of the kind %s', (client) => {
  const quirks = names.filter((name) => name.startsWith(`${client}/`)).map((name) => ({ name, ...read(name) }));

  it.each(quirks)('$about', async (quirk) => {
    const { response, rows } = await answerTo(quirk);
    const { status, cards, cardsOf, at, says, services, kept } = quirk.expected;
    expect([response.status, expressions(response)]).toEqual([status, at ?? []]);
    if (says !== undefined) expect(response.text).toContain(says);
    if (cards !== undefined) expect(toldBy(response)).toEqual(cards);
    if (cardsOf !== undefined) expect(wordsOf(response)).toEqual(wordsOf((await answerTo(read(cardsOf))).response));
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
