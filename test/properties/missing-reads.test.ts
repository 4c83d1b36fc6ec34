import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { noReader } from '../../src/fhir/fhir-reader.ts';
import { createHttpFhirReader } from '../../src/fhir/http-fhir-reader.ts';
import { found } from '../../src/fhir/read-result.ts';
import { shippedDefinitions } from '../support/app.ts';
import { definitionsFor, type ExpectedStory, expectedStories, type StoryCall } from '../support/stories.ts';
import { openTestTransport } from '../support/transport.ts';
import { type CompleteCall, completeCall, faultsForWantOf } from './missing-reads.ts';

/** Each read missing in turn, and each FHIR query failing in turn. */

const reads = Object.keys(shippedDefinitions().service.reads);
const stories = expectedStories();

interface Asked {
  readonly name: string;
  readonly story: ExpectedStory;
  readonly call: StoryCall;
}

const told = stories.flatMap((story) =>
  story.calls.map((call): Asked => ({ name: `${story.slug}: ${call.name}`, story, call })),
);

const drafts = [
  ...['tace-snomed', 'tace-text-only', 'tace-for-rupture', 'atezolizumab', 'durvalumab', 'pembrolizumab'],
  ...['nivolumab-for-hcc', 'tremelimumab-text', 'bevacizumab', 'lenvatinib', 'sorafenib', 'cabozantinib'],
];
const sessions = [
  ...drafts.map((draft) => [draft]),
  ['tace-snomed', 'atezolizumab', 'bevacizumab'],
  ['tace-snomed', 'lenvatinib'],
];

/** Every order type for one patient, and the opened record. */
function callsOf(slug: string): readonly Asked[] {
  const story = stories.find((one) => one.slug === slug);
  if (story === undefined) throw new Error(`there is no story ${slug}`);
  const expected: Pick<StoryCall, 'cards' | 'rules'> = { cards: [], rules: 'not evaluated' };
  const signed = sessions.map(
    (some): Asked => ({
      name: `${slug}: ${some.join(' and ')}`,
      story,
      call: { ...expected, name: 'signed', hook: 'order-sign', drafts: some },
    }),
  );
  return [
    ...signed,
    { name: `${slug}: opened`, story, call: { ...expected, name: 'opened', hook: 'patient-view', drafts: [] } },
  ];
}

const sickAndWell = ['child-pugh-c', 'tace-while-atezo-bev-runs', 'preserved-function'].flatMap(callsOf);

async function prepared({ story, call }: Asked): Promise<CompleteCall> {
  return completeCall(story, call, definitionsFor(call.site));
}

it.each(told)(
  'a read that is missing is undetermined or said, never taken for nothing there ($name)',
  async (asked) => {
    const prepare = await prepared(asked);
    const faults = await Promise.all(
      reads.map(async (read) => [read, ...faultsForWantOf(read, await prepare.answer(noReader, read), prepare)]),
    );
    expect(faults.filter((one) => one.length > 1)).toEqual([]);
  },
);

describe('a FHIR query that fails', () => {
  const outcome = JSON.stringify({
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'error', code: 'exception' }],
  });
  const fhir = { 'Content-Type': 'application/fhir+json' };
  const failures: readonly (readonly [string, (response: ServerResponse) => unknown])[] = [
    ['401', (response) => response.writeHead(401).end()],
    ['404', (response) => response.writeHead(404, fhir).end(outcome)],
    ['500', (response) => response.writeHead(500).end('<html>')],
    ['an OperationOutcome', (response) => response.writeHead(200, fhir).end(outcome)],
    ['half an answer', (response) => response.writeHead(200, fhir).end('{"resourceType":"Bundle","entry":[')],
    ['nothing, within the budget', () => undefined],
  ];
  let fail: (response: ServerResponse) => unknown = () => undefined;
  let asked = 0;
  const server = createServer((_, response) => {
    asked += 1;
    fail(response);
  });

  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const reader = (budgetMs: number) => {
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`;
    return createHttpFhirReader({ baseUrl, transport: openTestTransport(), signal: AbortSignal.timeout(budgetMs) });
  };

  it.each(
    failures.flatMap(([what, how]) =>
      // Each failure with an order of each kind, and every order with one of them.
      sickAndWell
        .filter(
          ({ name }) =>
            what === '500' || /: (tace-snomed|tace-snomed and .*|atezolizumab|lenvatinib|opened)$/.test(name),
        )
        .map((one) => ({ ...one, what, how })),
    ),
  )('is undetermined or said, never taken for nothing there ($what, $name)', async ({ what, how, ...one }) => {
    const prepare = await prepared(one);
    fail = how;
    const budgetMs = what.startsWith('nothing') ? 60 : 5000;
    const faults = await Promise.all(
      reads.map(async (read) => [
        read,
        ...faultsForWantOf(read, await prepare.answer(reader(budgetMs), read), prepare, true),
      ]),
    );
    expect(faults.filter((some) => some.length > 1)).toEqual([]);
  });

  it('was asked for in these tests', () => {
    expect(asked).toBeGreaterThan(1000);
  });
});

describe('these tests', () => {
  const forgetful = { read: async () => found([]), readOn: async () => found([]) };

  it.each(['conditions', 'labs', 'assessments', 'medications', 'procedures', 'orders'])(
    'notice a failure of %s that is taken for nothing there',
    async (read) => {
      let noticed = 0;
      for (const one of told) {
        const prepare = await prepared(one);
        if (faultsForWantOf(read, await prepare.answer(forgetful, read), prepare).length > 0) noticed += 1;
        if (noticed > 0) return;
      }
      expect(noticed).toBeGreaterThan(0);
    },
  );
});
