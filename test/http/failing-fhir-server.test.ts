import nock from 'nock';
import '../support/network.ts';
import { testApp } from '../support/app.ts';
import { FHIR_BASE, searchset as pageOf } from '../support/fhir-server.ts';
import { bilirubin, call, expressions, hcc, prefetch, send } from './requests.ts';

type Failure = (scope: nock.Interceptor) => nock.Scope;

const failures: readonly (readonly [string, Failure])[] = [
  ['does not know the token (401)', (get) => get.reply(401, { resourceType: 'OperationOutcome' })],
  ['is asked too often (429)', (get) => get.reply(429, 'slow down', { 'Retry-After': '1' })],
  ['fails (500)', (get) => get.reply(500, '<html>stack</html>')],
  ['is down (503)', (get) => get.reply(503)],
  ['answers with a page', (get) => get.reply(200, '<html>login</html>', { 'Content-Type': 'text/html' })],
  ['answers null', (get) => get.reply(200, 'null', { 'Content-Type': 'application/fhir+json' })],
  ['answers broken JSON', (get) => get.reply(200, '{"resourceType":', { 'Content-Type': 'application/fhir+json' })],
  [
    'answers an OperationOutcome',
    (get) => get.reply(200, { resourceType: 'OperationOutcome', issue: [{ severity: 'error' }] }),
  ],
  ['redirects', (get) => get.reply(302, '', { Location: 'https://elsewhere.example/fhir' })],
  ['closes the connection', (get) => get.replyWithError('socket hang up')],
  ['is slow', (get) => get.delay(20_000).reply(200, pageOf([]))],
];

afterEach(() => {
  nock.abortPendingRequests();
  nock.cleanAll();
});

const allowing = () => testApp({ fhirAllowedOrigins: ['https://fhir.example.org'], hookBudgetMs: 2000 });

/** A server that answers everything with an empty list, but for requests of this type. */
function serverFailing(type: string, failure: Failure): void {
  failure(nock(FHIR_BASE).get(new RegExp(`/${type}\\?`)));
  nock(FHIR_BASE)
    .persist()
    .get(new RegExp(`^/r4/(?!${type}\\?)`))
    .reply(200, pageOf([]));
}

describe.each(failures)('a FHIR server that %s', (_, failure) => {
  it('when asked for laboratory results: the call is answered, and says what could not be checked', async () => {
    const { labs: _labs, ...sent } = prefetch;
    serverFailing('Observation', failure);
    const response = await send(call({ fhirServer: FHIR_BASE, prefetch: sent }), allowing());
    expect(response.status).toBe(200);
    expect(response.body.cards[0]).toMatchObject({
      indicator: 'info',
      summary: expect.stringContaining('laboratory results'),
    });
  });

  it('Q7, R4: when asked for the conditions: the call is refused, and names them', async () => {
    const { conditions: _conditions, ...sent } = prefetch;
    serverFailing('Condition', failure);
    const response = await send(call({ fhirServer: FHIR_BASE, prefetch: sent }), allowing());
    expect([response.status, expressions(response)]).toEqual([412, ['prefetch.conditions']]);
  });

  it('when asked for what no prefetch offers: a card of information names it', async () => {
    serverFailing('MedicationAdministration', failure);
    const response = await send(call({ fhirServer: FHIR_BASE, prefetch }), allowing());
    expect(response.body.cards).toMatchObject([
      { indicator: 'info', summary: expect.stringContaining('administered medication') },
    ]);
  });

  it('when asked for what can only soften a card: no card is made of it', async () => {
    const { studies: _studies, ...sent } = prefetch;
    serverFailing('ResearchSubject', failure);
    const response = await send(call({ fhirServer: FHIR_BASE, prefetch: sent }), allowing());
    expect(response.body).toEqual({ cards: [] });
  });
});

describe('a FHIR server whose pages', () => {
  const conditions = (next: string) => pageOf([hcc], next);

  it('never end is asked for ten of them, and what they held counts', async () => {
    const { labs: _labs, ...sent } = prefetch;
    nock(FHIR_BASE)
      .persist()
      .get(/\/Observation\?/)
      .reply(200, (uri) =>
        pageOf([bilirubin(6)], `${FHIR_BASE}/Observation?page=${Number(/page=(\d+)/.exec(uri)?.[1] ?? 0) + 1}`),
      );
    nock(FHIR_BASE)
      .persist()
      .get(/^\/r4\/(?!Observation)/)
      .reply(200, pageOf([]));
    const response = await send(
      call({ fhirServer: FHIR_BASE, prefetch: sent }),
      testApp({ fhirAllowedOrigins: ['https://fhir.example.org'] }),
    );
    expect(response.body.cards[0].summary).toContain('ilirubin 6 mg/dL');
  });

  it('go on at another server are not followed: what was found counts, what was not proves nothing', async () => {
    const { conditions: _conditions, ...sent } = prefetch;
    nock(FHIR_BASE)
      .get(/\/Condition\?/)
      .reply(200, conditions('https://elsewhere.example/fhir?page=2'));
    nock(FHIR_BASE)
      .persist()
      .get(/^\/r4\/(?!Condition)/)
      .reply(200, pageOf([]));
    const response = await send(call({ fhirServer: FHIR_BASE, prefetch: sent }), allowing());
    expect(response.status).toBe(200);
    expect(response.body.cards[0].detail).toContain('Could not be checked: conditions.');
  });
});
