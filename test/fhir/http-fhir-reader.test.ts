import { createHttpFhirReader, type HttpFhirReaderOptions } from '../../src/fhir/http-fhir-reader.ts';
import { FHIR_BASE, searchset, useFhirServer } from '../support/fhir-server.ts';
import { openTestTransport } from '../support/transport.ts';

const transport = openTestTransport();

const server = useFhirServer();
const condition = (id: string) => ({ resourceType: 'Condition', id });
const patient = { resourceType: 'Patient', id: '1' };
const outcome = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'processing' }] };

function reader(options: Partial<HttpFhirReaderOptions> = {}) {
  return createHttpFhirReader({ baseUrl: server.baseUrl, transport, signal: new AbortController().signal, ...options });
}

describe('reading one request', () => {
  it('reads a resource by its id', async () => {
    server.get('Patient/1').reply(200, patient);
    expect(await reader().read('Patient/1')).toEqual({ state: 'found', resources: [patient], complete: true });
  });

  it('sends an encoded search as it was given', async () => {
    server.get('Condition?patient=1&code=http%3A%2F%2Fsnomed.info%2Fsct%7C1').reply(200, searchset([condition('a')]));
    const result = await reader().read('Condition?patient=1&code=http%3A%2F%2Fsnomed.info%2Fsct%7C1');
    expect(result).toEqual({ state: 'found', resources: [condition('a')], complete: true });
  });

  it('takes an empty search for an answer: asked, nothing there', async () => {
    server.get('Condition?patient=1').reply(200, { resourceType: 'Bundle', type: 'searchset', total: 0 });
    expect(await reader().read('Condition?patient=1')).toEqual({ state: 'found', resources: [], complete: true });
  });

  it('keeps included resources', async () => {
    const medication = { resourceType: 'Medication', id: 'm' };
    const bundle = searchset([{ resourceType: 'MedicationRequest', id: 'r' }]);
    bundle.entry.push({ resource: medication, search: { mode: 'include' } });
    server.get('MedicationRequest?patient=1&_include=MedicationRequest:medication').reply(200, bundle);
    const result = await reader().read('MedicationRequest?patient=1&_include=MedicationRequest:medication');
    expect(result).toMatchObject({ state: 'found', resources: [{ id: 'r' }, medication], complete: true });
  });

  it('accepts a base URL with a slash at the end and a request with one at the start', async () => {
    server.get('Patient/1').reply(200, patient);
    const result = await reader({ baseUrl: `${FHIR_BASE}/` }).read('/Patient/1');
    expect(result).toMatchObject({ state: 'found' });
  });
});

describe('failures become values', () => {
  it.each([400, 401, 403, 404, 410, 429, 500, 503])('says which status the server answered: %i', async (status) => {
    server.get('Condition?patient=1').reply(status, outcome);
    const result = await reader().read('Condition?patient=1');
    expect(result).toEqual({ state: 'unavailable', reason: `FHIR server answered ${status}` });
  });

  it.each([
    ['an HTML page', '<html><body>Sign in</body></html>', 'FHIR server answered something that is not JSON'],
    ['broken JSON', '{"resourceType":"Bundle","entry":[', 'FHIR server answered something that is not JSON'],
    ['nothing', '', 'FHIR server answered something that is not JSON'],
    ['null', 'null', 'FHIR server answered something that is not a FHIR resource'],
    ['an array', '[]', 'FHIR server answered something that is not a FHIR resource'],
    ['JSON that is not FHIR', '{"error":"x"}', 'FHIR server answered something that is not a FHIR resource'],
    ['an OperationOutcome', JSON.stringify(outcome), 'FHIR server answered with an OperationOutcome'],
    [
      'only an error entry',
      JSON.stringify(searchset([outcome])),
      'FHIR server answered with an error instead of results',
    ],
  ])('does not take %s with status 200 for an empty record', async (_, body, reason) => {
    server.get('Condition?patient=1').reply(200, body);
    expect(await reader().read('Condition?patient=1')).toEqual({ state: 'unavailable', reason });
  });

  it.each([
    ['Medication/m', 404],
    ['Medication/m', 410],
    ['ResearchStudy/s', 404],
  ])('takes a gone %s (%i) for an answer, since only others refer to it', async (request, status) => {
    server.get(request).reply(status, outcome);
    expect(await reader().read(request)).toEqual({ state: 'found', resources: [], complete: true });
  });

  it.each(['Patient/1', 'Medication?code=1', 'Medication/_search?code=1'])('does not do so for %s', async (request) => {
    server.get(request).reply(404, outcome);
    expect(await reader().read(request)).toEqual({ state: 'unavailable', reason: 'FHIR server answered 404' });
  });

  it('does not follow a redirect', async () => {
    server.getWithToken('Patient/1', 'secret').reply(302, '', { location: 'https://elsewhere.example/Patient/1' });
    const result = await reader({ accessToken: 'secret' }).read('Patient/1');
    expect(result).toEqual({ state: 'unavailable', reason: 'FHIR server answered a redirect' });
  });

  it('keeps the text of a network error, which may hold a URL, to itself', async () => {
    server.get('Patient/1').replyWithError('connect ECONNREFUSED https://fhir.example.org/r4/Patient/1');
    const result = await reader().read('Patient/1');
    expect(result).toEqual({ state: 'unavailable', reason: 'FHIR server could not be reached' });
  });

  it.each(['not a URL', 'ftp://fhir.example.org', 'https://user:pass@fhir.example.org/r4'])(
    'asks nothing of the unusable address %s',
    async (baseUrl) => {
      const result = await reader({ baseUrl }).read('Patient/1');
      expect(result).toEqual({ state: 'unavailable', reason: 'FHIR server address is not usable' });
    },
  );

  it('does not send a token that no header can carry', async () => {
    const result = await reader({ accessToken: 'a\r\nb: c' }).read('Patient/1');
    expect(result).toEqual({ state: 'unavailable', reason: 'FHIR server could not be reached' });
  });
});

describe('the token', () => {
  it('A3: goes with every page under the base URL', async () => {
    server.getWithToken('Condition?patient=1', 't').reply(200, searchset([condition('a')], `${FHIR_BASE}?_getpages=2`));
    server.getWithToken('?_getpages=2', 't').reply(200, searchset([condition('b')]));
    const result = await reader({ accessToken: 't' }).read('Condition?patient=1');
    expect(result).toEqual({ state: 'found', resources: [condition('a'), condition('b')], complete: true });
  });

  it.each([
    '../admin',
    '..%2Fadmin',
    '%2e%2e/admin',
    'https://elsewhere.example/r4/Patient/1',
    '//elsewhere.example/r4/Patient/1',
    'https://fhir.example.org/r40/Patient/1',
    'https://x:y@fhir.example.org/r4/Patient/1',
  ])('A8: never goes to %s', async (request) => {
    const reading = reader({ accessToken: 'secret' });
    for (const result of [
      await reading.readOn(request),
      await reading.read(request.replace('//elsewhere', '/../../elsewhere')),
    ])
      expect(result).toEqual({ state: 'unavailable', reason: 'request leads away from the FHIR base URL' });
  });
});
