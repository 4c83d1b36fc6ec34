import nock from 'nock';
import request from 'supertest';
import { call, patient, prefetch, without } from '../http/requests.ts';
import { testApp } from '../support/app.ts';
import { searchset as pageOf } from '../support/fhir-server.ts';
import { watchOutbound } from '../support/outbound.ts';
import { authenticating, registration, signed, type TestKey, testKey } from '../support/tokens.ts';

watchOutbound();

/** Which FHIR servers are read for a client that has authenticated itself. */
let key: TestKey;
let app: ReturnType<typeof testApp>;
const other = {
  name: 'other',
  issuer: 'https://other.example.org',
  fhirServers: [{ origin: 'https://fhir.other.example.org' }],
};

beforeAll(async () => {
  key = await testKey();
  const keys = [key.publicJwk];
  const clients = [
    { ...registration, keys, fhirServers: [{ origin: 'https://fhir.example.org' }] },
    { ...other, keys },
  ];
  // What anybody may read without authentication is nothing here.
  app = testApp({
    authentication: authenticating({ clients }),
    fhirAllowedOrigins: ['https://fhir.anyone.example.org'],
  });
});

async function send(body: object, payload: object = {}) {
  const authorization = `Bearer ${await signed(key, { ...payload })}`;
  return await request(app).post('/cds-services/hcc-order-sign').set('Authorization', authorization).send(body);
}

const token = { access_token: 'zq-token', token_type: 'Bearer', expires_in: 300, scope: 'patient/*.rs', subject: 'x' };

describe('the FHIR server that a registered client names', () => {
  it('A2: is read with the token of the call, if it is registered for that client', async () => {
    const server = () => nock('https://fhir.example.org', { reqheaders: { authorization: 'Bearer zq-token' } });
    server().get('/r4/Patient/zq-patient-4711').reply(200, patient);
    server()
      .persist()
      .get(/^\/r4\/(?!Patient)/)
      .reply(200, pageOf([]));
    const body = call({
      fhirServer: 'https://fhir.example.org/r4',
      fhirAuthorization: token,
      prefetch: without('patient'),
    });
    expect((await send(body)).body).toEqual({ cards: [] });
    nock.cleanAll();
  });

  it.each([
    ['of another client', 'https://fhir.other.example.org/r4'],
    ['that may be read without authentication', 'https://fhir.anyone.example.org/r4'],
    ['of nobody', 'https://fhir.evil.example/r4'],
    ['on this machine', 'http://localhost:8080/fhir'],
    ['on this machine, as an address', 'http://127.0.0.1:9/fhir'],
    ['at the metadata of a cloud', 'http://169.254.169.254/latest'],
    ['by http', 'http://fhir.example.org/r4'],
    ['at another port', 'https://fhir.example.org:8443/r4'],
    ['with credentials', 'https://a:b@fhir.example.org/r4'],
  ])('A7: is not read: one %s', async (_, fhirServer) => {
    const refused = await send(call({ fhirServer, fhirAuthorization: token, prefetch: {} }));
    expect([refused.status, refused.body.issue[0].details.text]).toEqual([
      412,
      expect.stringMatching(/the FHIR server/),
    ]);
    expect((await send(call({ fhirServer, fhirAuthorization: token, prefetch }))).body).toEqual({ cards: [] });
  });

  it('is registered for each client alone', async () => {
    const body = call({ fhirServer: 'https://fhir.example.org/r4', prefetch: {} });
    expect((await send(body, { iss: other.issuer })).status).toBe(412);
  });

  it('A7: redirects to nowhere, and its next links lead to nowhere else', async () => {
    nock('https://fhir.example.org')
      .get('/r4/Condition?patient=zq-patient-4711')
      .reply(307, '', { location: 'https://fhir.evil.example/r4/Condition' });
    const body = call({ fhirServer: 'https://fhir.example.org/r4', prefetch: without('conditions') });
    expect((await send(body)).status).toBe(412);
    nock('https://fhir.example.org')
      .get('/r4/Condition?patient=zq-patient-4711')
      .reply(200, pageOf([], 'https://fhir.evil.example/r4/Condition?page=2'));
    expect((await send(body)).status).toBe(412);
  });
});
