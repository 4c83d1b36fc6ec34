import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import request from 'supertest';
import { testApp } from '../support/app.ts';
import { expectValid } from '../support/validate-response.ts';
import { call } from './requests.ts';

describe('addresses', () => {
  it.each(['/cds-services', '/cds-services/', '/cds-services//', '/cds-services?x=1', '/cds-services/?x=1'])(
    'D1: tells the services at %s, whatever slashes a base URL brings',
    async (path) => {
      const response = await request(testApp()).get(path);
      expectValid(response);
      expect([response.status, response.body.services.length]).toEqual([200, 3]);
    },
  );

  it.each([
    '/cds-services/hcc-order-sign',
    '/cds-services/hcc-order-sign/',
    '/cds-services//hcc-order-sign',
    '/cds-services//hcc-order-sign//',
    '/cds-services/hcc-order-sign/?_=1',
  ])('D7: answers a call at %s', async (path) => {
    const response = await request(testApp()).post(path).send(call());
    expectValid(response, call());
    expect([response.status, response.text]).toEqual([200, '{"cards":[]}']);
  });

  it.each(['//cds-services', '//cds-services//', '///cds-services/'])(
    'tells the services at %s, which a base URL with a trailing slash makes',
    async (target) => {
      const [head, body] = await rawGet(target);
      expect(head).toMatch(/^HTTP\/1\.1 200 /);
      expect(JSON.parse(body).services).toHaveLength(3);
    },
  );

  it('finds the service at //cds-services//hcc-order-sign//, where only POST is possible', async () => {
    const [head] = await rawGet('//cds-services//hcc-order-sign//');
    expect(head).toMatch(/^HTTP\/1\.1 405 /);
    expect(head).toMatch(/\r\nAllow: POST, OPTIONS\r\n/i);
  });

  it.each([
    ['GET', '/'],
    ['GET', '/cds-service'],
    ['POST', '/cds-services/unknown'],
    ['POST', '/cds-services/hcc-order-sign/unknown'],
    ['POST', '/cds-services/__proto__'],
    ['POST', '/cds-services/..%2f..%2fetc%2fpasswd'],
  ])('R5: has nothing at %s %s', async (method, path) => {
    const agent = request(testApp());
    const response = method === 'GET' ? await agent.get(path) : await agent.post(path).send(call());
    expectValid(response);
    expect(response.status).toBe(404);
  });

  it('refuses a path that is not percent-encoded properly, as a fault of the caller', async () => {
    const response = await request(testApp()).post('/cds-services/%E0%A4%A').send(call());
    expectValid(response);
    expect(response.status).toBe(400);
  });

  it.each([
    ['post', '/cds-services', 'GET'],
    ['put', '/cds-services', 'GET'],
    ['delete', '/cds-services', 'GET'],
    ['get', '/cds-services/hcc-order-sign', 'POST'],
    ['put', '/cds-services/hcc-order-sign', 'POST'],
    ['patch', '/cds-services/hcc-order-sign', 'POST'],
    ['delete', '/cds-services/hcc-order-sign/', 'POST'],
  ] as const)('R5: refuses %s %s, and says in Allow that %s is possible', async (method, path, allowed) => {
    const response = await request(testApp())[method](path);
    expectValid(response);
    expect(response.status).toBe(405);
    expect(response.headers.allow?.split(', ')).toEqual([allowed, 'OPTIONS']);
  });

  it('says nothing of what it is made of', async () => {
    const response = await request(testApp()).get('/nothing');
    expect(response.headers['x-powered-by']).toBeUndefined();
    expect(response.text).not.toMatch(/express|node_modules|:\d+:\d+/i);
    expect(response.headers['x-content-type-options']).toBe('nosniff');
  });
});

/** A GET whose target is sent as written: HTTP clients take `//name` for another host. */
async function rawGet(target: string): Promise<readonly [head: string, body: string]> {
  const server = createServer(testApp()).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.end(`GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  await new Promise((resolve) => server.close(resolve));
  const [head = '', body = ''] = Buffer.concat(chunks).toString('utf8').split('\r\n\r\n');
  return [`${head}\r\n`, body];
}
