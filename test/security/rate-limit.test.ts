import request from 'supertest';
import { call } from '../http/requests.ts';
import { testApp } from '../support/app.ts';
import { authenticating, publicBaseUrl, registration, signed, type TestKey, testKey } from '../support/tokens.ts';
import { expectValid } from '../support/validate-response.ts';

let key: TestKey;

beforeAll(async () => {
  key = await testKey();
});

const busy = { name: 'busy', issuer: 'https://busy.example.org', callsPerMinute: 3 };
const quiet = { name: 'quiet', issuer: 'https://quiet.example.org', callsPerMinute: 3 };

function limited(discovery: 'open' | 'authenticated' = 'open') {
  const clients = [busy, quiet, registration].map((client) => ({ ...client, keys: [key.publicJwk] }));
  return testApp({ authentication: authenticating({ clients, discovery }) });
}

async function send(app: ReturnType<typeof testApp>, iss: string, body: string | object = call()) {
  const sent = request(app)
    .post('/cds-services/hcc-order-sign')
    .set('Authorization', `Bearer ${await signed(key, { iss })}`);
  return await (typeof body === 'string' ? sent.type('json').send(body) : sent.send(body));
}

describe('a client', () => {
  it('that calls more often than it may is told when to come back', async () => {
    const app = limited();
    for (let count = 0; count < 3; count += 1) expect((await send(app, busy.issuer)).status).toBe(200);
    const response = await send(app, busy.issuer);
    expectValid(response);
    expect([response.status, response.body.issue[0].code]).toEqual([429, 'throttled']);
    expect(Number(response.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(response.headers['retry-after'])).toBeLessThanOrEqual(60);
  });

  it('does not use up what others may', async () => {
    const app = limited();
    for (let count = 0; count < 5; count += 1) await send(app, busy.issuer);
    expect((await send(app, quiet.issuer)).status).toBe(200);
    expect((await send(app, registration.issuer)).status).toBe(200);
  });

  it('is counted by what it signs: a token that is not its own uses up nothing', async () => {
    const app = limited();
    const stranger = await testKey();
    for (let count = 0; count < 5; count += 1) {
      const authorization = `Bearer ${await signed(stranger, { iss: busy.issuer })}`;
      const response = await request(app).post('/cds-services/hcc-order-sign').set('Authorization', authorization);
      expect(response.status).toBe(401);
    }
    expect((await send(app, busy.issuer)).status).toBe(200);
  });

  it('is counted for what it sends wrong as well, and its body is not read when it is too much', async () => {
    const app = limited();
    for (let count = 0; count < 3; count += 1) expect((await send(app, busy.issuer, '{')).status).toBe(400);
    expect((await send(app, busy.issuer, '{')).status).toBe(429);
  });

  it('is counted for discovery as for calls', async () => {
    const app = limited('authenticated');
    const discover = async () => {
      const token = await signed(key, { iss: busy.issuer, aud: `${publicBaseUrl}/cds-services` });
      return (await request(app).get('/cds-services').set('Authorization', `Bearer ${token}`)).status;
    };
    expect([await discover(), await discover(), await discover(), await discover()]).toEqual([200, 200, 200, 429]);
  });

  it('may call 1200 times a minute unless the clients file says otherwise', () => {
    const { clients } = authenticating({ clients: [{ ...registration, keys: [key.publicJwk] }] });
    expect(clients.get(registration.issuer)?.registration.callsPerMinute).toBe(1200);
  });
});

describe('nobody is counted', () => {
  it('without authentication', async () => {
    const app = testApp();
    for (let count = 0; count < 30; count += 1)
      expect((await request(app).post('/cds-services/hcc-order-sign').send(call())).status).toBe(200);
  });

  it('at discovery that is open, and at health', async () => {
    const app = limited();
    for (let count = 0; count < 10; count += 1)
      for (const path of ['/cds-services', '/health', '/ready'])
        expect((await request(app).get(path)).status).toBe(200);
  });
});
