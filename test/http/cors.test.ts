import request, { type Response } from 'supertest';
import { testApp } from '../support/app.ts';
import { expectValid } from '../support/validate-response.ts';
import { call } from './requests.ts';

const origin = 'https://sandbox.example.org';
const sign = '/cds-services/hcc-order-sign';

function expectReadableFrom({ headers }: Pick<Response, 'headers'>): void {
  expect(['*', origin]).toContain(headers['access-control-allow-origin']);
  expect(headers['access-control-allow-credentials']).toBeUndefined();
  expect(headers['cross-origin-resource-policy'] ?? 'cross-origin').toBe('cross-origin');
}

describe('CORS', () => {
  it.each(['/cds-services', sign])('X2: answers the preflight for %s without authentication', async (path) => {
    const response = await request(testApp())
      .options(path)
      .set('Origin', origin)
      .set('Access-Control-Request-Method', 'POST')
      .set('Access-Control-Request-Headers', 'authorization,content-type');
    expect([200, 204]).toContain(response.status);
    expectReadableFrom(response);
    expect(response.headers['access-control-allow-methods']).toMatch(/GET.*POST/);
    expect(response.headers['access-control-allow-headers']?.toLowerCase()).toMatch(/authorization.*content-type/);
  });

  it('lets a page on https reach a service on this machine, but only when it is asked to', async () => {
    const preflight = () =>
      request(testApp()).options(sign).set('Origin', origin).set('Access-Control-Request-Method', 'POST');
    const asked = await preflight().set('Access-Control-Request-Private-Network', 'true');
    expect(asked.headers['access-control-allow-private-network']).toBe('true');
    expect((await preflight()).headers['access-control-allow-private-network']).toBeUndefined();
  });

  const failing = () =>
    testApp({
      now: () => {
        throw new Error('planted');
      },
    });

  it.each<[string, number, () => PromiseLike<Response>]>([
    ['discovery', 200, () => agent().get('/cds-services').set('Origin', origin)],
    ['a call', 200, () => agent().post(sign).set('Origin', origin).send(call())],
    ['a bad request', 400, () => agent().post(sign).set('Origin', origin).send({})],
    ['broken JSON', 400, () => agent().post(sign).set('Origin', origin).type('json').send('{')],
    ['an unknown service', 404, () => agent().post('/cds-services/x').set('Origin', origin).send(call())],
    ['an unknown address', 404, () => agent().get('/x').set('Origin', origin)],
    ['a wrong method', 405, () => agent().delete(sign).set('Origin', origin)],
    [
      'a precondition',
      412,
      () =>
        agent()
          .post(sign)
          .set('Origin', origin)
          .send(call({ prefetch: {} })),
    ],
    ['a body that is too large', 413, () => agent().post(sign).set('Origin', origin).type('json').send(tooLarge())],
    ['a wrong media type', 415, () => agent().post(sign).set('Origin', origin).type('text').send('x')],
    ['a fault of ours', 500, () => request(failing()).post(sign).set('Origin', origin).send(call())],
  ])('X1: lets a browser read the answer to %s (%i)', async (_, status, answer) => {
    const response = await answer();
    expect(response.status).toBe(status);
    expectValid(response, call());
    expectReadableFrom(response);
  });

  it('answers without an Origin as well', async () => {
    expectValid(await request(testApp()).get('/cds-services'));
  });

  function agent() {
    return request(testApp());
  }
});

function tooLarge(): string {
  return JSON.stringify({ ...call(), padding: 'x'.repeat(10_500_000) });
}
