import { setTimeout as sleep } from 'node:timers/promises';
import { createHttpFhirReader, type HttpFhirReaderOptions } from '../../src/fhir/http-fhir-reader.ts';
import { FHIR_BASE, searchset, useFhirServer } from '../support/fhir-server.ts';
import { openTestTransport } from '../support/transport.ts';

const transport = openTestTransport();

const server = useFhirServer();
const patient = { resourceType: 'Patient', id: '1' };
const timedOut = { state: 'unavailable', reason: 'timed out' };

function reader(options: Partial<HttpFhirReaderOptions> = {}) {
  return createHttpFhirReader({ baseUrl: server.baseUrl, transport, signal: new AbortController().signal, ...options });
}

describe('the deadline', () => {
  it.each(['delayConnection', 'delayBody'] as const)(
    'ends a read at once when the server is slow (%s)',
    async (delay) => {
      server.get('Patient/1')[delay](20_000).reply(200, patient);
      const started = Date.now();
      expect(await reader({ signal: AbortSignal.timeout(1000) }).read('Patient/1')).toEqual(timedOut);
      expect(Date.now() - started).toBeLessThan(10_000);
    },
  );

  it('ends a read between two pages', async () => {
    server
      .get('Condition?patient=1')
      .reply(200, searchset([{ resourceType: 'Condition' }], `${FHIR_BASE}/Condition?page=2`));
    const deadline = new AbortController();
    server.get('Condition?page=2').reply(200, () => {
      deadline.abort();
      return searchset([]);
    });
    expect(await reader({ signal: deadline.signal }).read('Condition?patient=1')).toEqual(timedOut);
  });

  it('lets nothing start after it, neither new reads nor those that wait their turn', async () => {
    const deadline = new AbortController();
    const slow = reader({ signal: deadline.signal, maxConcurrent: 1 });
    server.get('Patient/1').delay(20_000).reply(200, patient);
    const pending = ['Patient/1', 'Patient/2', 'Patient/3'].map((request) => slow.read(request));
    await sleep(500);
    deadline.abort();
    expect(await Promise.all(pending)).toEqual([timedOut, timedOut, timedOut]);
    expect(await slow.read('Patient/4')).toEqual(timedOut);
    expect(await slow.readOn(`${FHIR_BASE}/Condition?page=2`)).toEqual(timedOut);
    await sleep(20); // A request sent too late would be one that no mock expected.
  });
});

describe('the length of an answer', () => {
  const tooLong = { state: 'unavailable', reason: 'FHIR server answered more than is accepted' };
  const long = { ...patient, text: 'x'.repeat(2000) };

  it('is bounded by what the server announces', async () => {
    server.get('Patient/1').reply(200, patient, { 'content-length': '6000000' });
    expect(await reader().read('Patient/1')).toEqual(tooLong);
  });

  it('is bounded by what arrives', async () => {
    server.get('Patient/1').reply(200, long);
    expect(await reader({ maxBytes: 2000 }).read('Patient/1')).toEqual(tooLong);
  });

  it('may be exactly the limit', async () => {
    server.get('Patient/1').reply(200, long);
    const maxBytes = JSON.stringify(long).length;
    expect(await reader({ maxBytes }).read('Patient/1')).toMatchObject({ state: 'found' });
  });

  it('is counted for each page, and the pages before a long one stand', async () => {
    server.get('Condition?patient=1').reply(200, searchset([patient], `${FHIR_BASE}/Condition?page=2`));
    server.get('Condition?page=2').reply(200, searchset([long]));
    const result = await reader({ maxBytes: 1000 }).read('Condition?patient=1');
    expect(result).toEqual({ state: 'found', resources: [patient], complete: false });
  });
});

describe('requests at the same time', () => {
  it.each([
    [2, 2],
    [100, 8],
  ])('are at most %i', async (maxConcurrent, expected) => {
    let inFlight = 0;
    let most = 0;
    const requests = Array.from({ length: 8 }, (_, index) => `Observation?patient=1&page=${index}`);
    for (const request of requests) {
      server.get(request).reply(async () => {
        inFlight += 1;
        most = Math.max(most, inFlight);
        await sleep(15);
        inFlight -= 1;
        return [200, searchset([])];
      });
    }
    const limited = reader({ maxConcurrent });
    const results = await Promise.all(requests.map((request) => limited.read(request)));
    expect(results.every(({ state }) => state === 'found')).toBe(true);
    expect(most).toBe(expected);
  });

  it('give their place on when they fail', async () => {
    server.get('Patient/1').replyWithError('reset');
    server.get('Patient/2').reply(500);
    server.get('Patient/3').reply(200, patient);
    const limited = reader({ maxConcurrent: 1 });
    const results = await Promise.all(['Patient/1', 'Patient/2', 'Patient/3'].map((request) => limited.read(request)));
    expect(results.map(({ state }) => state)).toEqual(['unavailable', 'unavailable', 'found']);
  });
});
