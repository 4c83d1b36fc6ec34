import nock from 'nock';
import '../support/network.ts';
import { testApp } from '../support/app.ts';
import { FHIR_BASE, searchset as pageOf } from '../support/fhir-server.ts';
import {
  albumin,
  atezolizumab,
  bilirubin,
  call,
  drafts,
  expressions,
  hcc,
  inr,
  patient,
  prefetch,
  searchset,
  send,
  without,
} from './requests.ts';

const unexpected: string[] = [];
const note = ({ host, path }: { readonly host?: string; readonly path?: string }) => {
  if (!/^(127\.0\.0\.1|localhost)(:|$)/.test(host ?? '')) unexpected.push(`${host}${path}`);
};
/** Expects one GET with this token, or with none. */
const fhir = {
  baseUrl: FHIR_BASE,
  get: (path: string | RegExp) => nock(FHIR_BASE, { badheaders: ['authorization'] }).get(inBase(path)),
  getWithToken: (path: string | RegExp, token: string) =>
    nock(FHIR_BASE, { reqheaders: { authorization: `Bearer ${token}` } }).get(inBase(path)),
};

function inBase(path: string | RegExp): string | RegExp {
  return typeof path === 'string' ? `/${path}` : path;
}

beforeEach(() => {
  unexpected.length = 0;
  nock.emitter.on('no match', note);
});

/** Every expected request was made, and no other left this machine. */
afterEach(() => {
  nock.emitter.off('no match', note);
  const unused = nock.pendingMocks();
  nock.abortPendingRequests();
  nock.cleanAll();
  expect({ unexpected, unused }).toEqual({ unexpected: [], unused: [] });
});

const allowing = () => testApp({ fhirAllowedOrigins: ['https://fhir.example.org'], hookBudgetMs: 2000 });
const token = {
  fhirAuthorization: { access_token: 'zq-token', token_type: 'Bearer', expires_in: 300, scope: 's', subject: 'x' },
};

/** The reads that no prefetch key asks for are made in every call with a server. */
function expectOwnReads(withToken?: string): void {
  const get = (path: string | RegExp) =>
    withToken === undefined ? fhir.get(path) : fhir.getWithToken(path, withToken);
  get('MedicationAdministration?patient=zq-patient-4711&effective-time=ge2026-05-09').reply(200, pageOf([]));
  get('MedicationStatement?patient=zq-patient-4711').reply(200, pageOf([]));
  get('MedicationDispense?patient=zq-patient-4711').reply(200, pageOf([]));
  get('Appointment?patient=zq-patient-4711&date=ge2026-11-05').reply(200, pageOf([]));
  get(/^\/r4\/ServiceRequest\?patient=zq-patient-4711&status=completed&code=441525007,/).reply(200, pageOf([]));
  get('DiagnosticReport?patient=zq-patient-4711&date=ge2025-10-01').reply(200, pageOf([]));
  get('ImagingStudy?patient=zq-patient-4711&started=ge2025-10-01').reply(200, pageOf([]));
  get('CarePlan?patient=zq-patient-4711').reply(200, pageOf([]));
}

describe('the FHIR server of a call', () => {
  it('A7: is not contacted when it was not allowed, and the call is answered from the prefetch', async () => {
    const { status, text } = await send(call({ fhirServer: fhir.baseUrl }));
    expect([status, text]).toEqual([200, '{"cards":[]}']);
  });

  it('is not contacted, and the call refused, when nothing was sent either', async () => {
    const response = await send(call({ fhirServer: fhir.baseUrl, prefetch: {} }));
    expect([response.status, expressions(response)]).toEqual([412, ['prefetch.conditions']]);
  });

  it('is said to be refused where that is why nothing could be read', async () => {
    const response = await send(call({ fhirServer: fhir.baseUrl, prefetch: {} }));
    expect(response.body.issue[0].details.text).toContain('the FHIR server is not allowed');
  });

  it('is not contacted for an order that concerns nobody', async () => {
    const body = call({ fhirServer: fhir.baseUrl, prefetch: {} }, { draftOrders: drafts() });
    expect((await send(body, allowing())).body).toEqual({ cards: [] });
  });

  it('Q6: gives what was not sent, without a token when there is none', async () => {
    fhir.get('Condition?patient=zq-patient-4711').reply(200, pageOf([hcc]));
    expectOwnReads();
    const labs = searchset(bilirubin(6), albumin(4.2), inr(1));
    const body = call({ fhirServer: fhir.baseUrl, prefetch: { ...without('conditions'), labs } });
    expect((await send(body, allowing())).body.cards).toHaveLength(1);
  });

  it('A2, A3: is read with the token of the call', async () => {
    fhir.getWithToken('Patient/zq-patient-4711', 'zq-token').reply(200, patient);
    expectOwnReads('zq-token');
    const body = call({ fhirServer: `${fhir.baseUrl}/`, ...token, prefetch: without('patient') });
    expect((await send(body, allowing())).body).toEqual({ cards: [] });
  });

  it('A4: is not asked for what the token cannot be used for, and the call says what could not be checked', async () => {
    const scope = 'patient/Patient.r patient/Condition.rs';
    const fhirAuthorization = { ...token.fhirAuthorization, scope };
    fhir.getWithToken('Condition?patient=zq-patient-4711', 'zq-token').reply(200, pageOf([hcc]));
    const body = call({ fhirServer: fhir.baseUrl, fhirAuthorization, prefetch: without('conditions', 'labs') });
    const response = await send(body, allowing());
    expect(response.body.cards[0].summary).toMatch(/^Could not be checked: laboratory results/);
  });

  it.each([null, 7, '', {}])('A1: is asked with a token whose scope is %p', async (scope) => {
    fhir.getWithToken('Patient/zq-patient-4711', 'zq-token').reply(200, patient);
    expectOwnReads('zq-token');
    const fhirAuthorization = { ...token.fhirAuthorization, scope, patient: null, expires_in: '300' };
    const body = call({ fhirServer: fhir.baseUrl, fhirAuthorization, prefetch: without('patient') });
    expect((await send(body, allowing())).body).toEqual({ cards: [] });
  });

  it('Q5: is asked again for a key whose prefetch failed', async () => {
    fhir.get('Condition?patient=zq-patient-4711').reply(200, pageOf([hcc]));
    expectOwnReads();
    const conditions = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'timeout' }] };
    const body = call({ fhirServer: fhir.baseUrl, prefetch: { ...prefetch, conditions } });
    expect((await send(body, allowing())).status).toBe(200);
  });

  it('that fails is 412 for the conditions, never 5xx', async () => {
    fhir.get('Condition?patient=zq-patient-4711').reply(500, 'zq');
    const response = await send(call({ fhirServer: fhir.baseUrl, prefetch: without('conditions') }), allowing());
    expect([response.status, expressions(response)]).toEqual([412, ['prefetch.conditions']]);
  });

  it('that is slow costs no more than the budget, and what is late could not be checked', async () => {
    fhir.get('MedicationRequest?patient=zq-patient-4711').delay(20_000).reply(200, pageOf([]));
    expectOwnReads();
    const started = performance.now();
    const response = await send(call({ fhirServer: fhir.baseUrl, prefetch: without('medications') }), allowing());
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(response.status).toBe(200);
    expect(response.body.cards[0].summary).toMatch(/^Could not be checked: medication orders/);
  });

  it('Q14: is not asked for the Medication of a draft that names its drug', async () => {
    expectOwnReads();
    const body = call({ fhirServer: fhir.baseUrl }, { draftOrders: drafts(atezolizumab) });
    expect((await send(body, allowing())).status).toBe(200);
  });
});
