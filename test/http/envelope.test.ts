import request from 'supertest';
import { testApp } from '../support/app.ts';
import { expectValid } from '../support/validate-response.ts';
import { type Call, call, expressions, patientId, select, send } from './requests.ts';

const sign = '/cds-services/hcc-order-sign';

function changed(change: object): Call {
  return { ...call(), ...change };
}

describe('a malformed call', () => {
  it.each<[string, object, readonly string[]]>([
    ['nothing but an object', {}, ['hook', 'hookInstance', 'context']],
    ['no hook', changed({ hook: undefined }), ['hook']],
    ['an empty hook', changed({ hook: '' }), ['hook']],
    ['a hook of blanks', changed({ hook: '  ' }), ['hook']],
    ['a hook that is no text', changed({ hook: 5 }), ['hook']],
    ['no hookInstance', changed({ hookInstance: undefined }), ['hookInstance']],
    ['hookInstance null', changed({ hookInstance: null }), ['hookInstance']],
    ['a hookInstance without end', changed({ hookInstance: 'x'.repeat(5000) }), ['hookInstance']],
    ['no context', changed({ context: undefined }), ['context']],
    ['context null', changed({ context: null }), ['context']],
    ['a context that is a list', changed({ context: [] }), ['context']],
    ['a context that is text', changed({ context: 'x' }), ['context']],
    ['no patientId', call({}, { patientId: undefined }), ['context.patientId']],
    ['an empty patientId', call({}, { patientId: '' }), ['context.patientId']],
    ['a patientId that is a number', call({}, { patientId: 1 }), ['context.patientId']],
    ['a patientId that is a query', call({}, { patientId: '1?_include=x' }), ['context.patientId']],
    ['a patientId of another type', call({}, { patientId: 'Practitioner/1' }), ['context.patientId']],
    [
      'an order for draftOrders',
      call({}, { draftOrders: { resourceType: 'ServiceRequest' } }),
      ['context.draftOrders'],
    ],
    ['a prefetch that is text', changed({ prefetch: 'x' }), ['prefetch']],
    ['a prefetch that is a list', changed({ prefetch: [] }), ['prefetch']],
    ['a fhirServer that is a number', changed({ fhirServer: 5 }), ['fhirServer']],
    ['a fhirAuthorization that is text', changed({ fhirAuthorization: 'x' }), ['fhirAuthorization']],
    ['a fhirAuthorization without token', changed({ fhirAuthorization: {} }), ['fhirAuthorization.access_token']],
    ['several faults at once', changed({ hook: 1, prefetch: 2 }), ['hook', 'prefetch']],
  ])('Q2: with %s is refused with the path of each fault', async (_, body, paths) => {
    const response = await request(testApp()).post(sign).send(body);
    expectValid(response);
    expect(response.status).toBe(400);
    expect(expressions(response)).toEqual(paths);
  });

  it.each(['[]', '[{}]', '"x"', '5', 'null', 'true', '', '{', '{"hook":', '{"a":1,}', '\u0000'])(
    'whose body is %p is refused',
    async (body) => {
      const response = await request(testApp()).post(sign).set('Content-Type', 'application/json').send(body);
      expectValid(response);
      expect(response.status).toBe(400);
    },
  );

  it('repeats nothing of the body in the answer, which may be logged by whoever sent it', async () => {
    const response = await request(testApp()).post(sign).type('json').send('{"patient":"zq-secret" zq-secret');
    expectValid(response);
    expect(response.text).not.toContain('zq-secret');
  });

  it.each(['__proto__', 'constructor'])('cannot reach a prototype by the member %s', async (name) => {
    const body = JSON.stringify(call()).replace('{', `{"${name}":{"polluted":true},`);
    const response = await request(testApp()).post(sign).type('json').send(body);
    expectValid(response, call());
    expect(response.status).toBe(200);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it.each(['context', 'draftOrders', 'prefetch'])('nested without end in %s is no fault of ours', async (where) => {
    const deep = `${'{"entry":['.repeat(20_000)}${']}'.repeat(20_000)}`;
    const members: Readonly<Record<string, string>> = {
      context: `"context":${deep}`,
      draftOrders: `"context":{"patientId":"1","draftOrders":${deep}}`,
      prefetch: `"context":{"patientId":"1","draftOrders":{}},"prefetch":{"labs":${deep}}`,
    };
    const body = `{"hook":"order-sign","hookInstance":"x",${members[where]}}`;
    const response = await request(testApp()).post(sign).type('json').send(body);
    expectValid(response);
    expect(response.status).toBeLessThan(500);
  });

  it('Q3: of another hook than the one of the service is refused, naming hook', async () => {
    for (const hook of ['order-select', 'patient-view', 'ORDER-SIGN']) {
      const response = await request(testApp()).post(sign).send(changed({ hook }));
      expectValid(response);
      expect([response.status, expressions(response)]).toEqual([400, ['hook']]);
    }
  });
});

describe('what clients send in many ways', () => {
  const tolerated: readonly (readonly [string, Call])[] = [
    ['a hookInstance that is no UUID', changed({ hookInstance: 'abc' })],
    ['an upper-case hookInstance', changed({ hookInstance: '3B1F4A1E-5C0E-4D8E-9D51-0B7D6C3F2A10' })],
    ['unknown members everywhere', call({ extension: { 'com.example': 1 }, user: 'x', cds: [null] }, { more: {} })],
    ['no userId', call({}, { userId: undefined })],
    ['an encounterId in any form', call({}, { encounterId: 'Encounter/1' })],
    ['prefetch keys nobody asked for', changed({ prefetch: { ...(call().prefetch as object), item1: null, x: 5 } })],
    ['fhirServer null', changed({ fhirServer: null })],
    ['fhirAuthorization null', changed({ fhirAuthorization: null })],
    [
      'an authorization as Epic writes it',
      changed({ fhirAuthorization: { access_token: 'x', token_type: 'bearer', expires_in: '900', scope: '(a b)' } }),
    ],
    ['a Patient reference as patientId', call({}, { patientId: `Patient/${patientId}` })],
    ['an absolute Patient reference as patientId', call({}, { patientId: `https://x.example/Patient/${patientId}` })],
  ];

  it.each(tolerated)('Q9, Q13, E3: is taken: %s', async (_, body) => {
    const response = await send(body);
    expect([response.status, response.text]).toEqual([200, '{"cards":[]}']);
  });

  it('ignores a token, which the public sandbox always sends', async () => {
    for (const token of ['Bearer x.y.z', 'Basic eDp5', 'nonsense']) {
      const response = await request(testApp()).post(sign).set('Authorization', token).send(call());
      expectValid(response, call());
      expect(response.status).toBe(200);
    }
  });

  it('takes selections that are no list as no selections', async () => {
    for (const selections of [null, [5, null, {}]]) {
      const response = await send(select(selections));
      expect(response.status).toBe(200);
    }
  });
});

describe('media types', () => {
  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'application/json;charset=UTF-8',
    'Application/JSON',
    'application/fhir+json',
    'application/fhir+json; charset=utf-8; fhirVersion=4.0',
    'application/json+fhir',
  ])('Q1: takes %s', async (type) => {
    const response = await request(testApp()).post(sign).set('Content-Type', type).send(JSON.stringify(call()));
    expectValid(response, call());
    expect([response.status, response.text]).toEqual([200, '{"cards":[]}']);
  });

  it.each([
    'text/plain',
    'text/html',
    'application/xml',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'application/jsonx',
  ])('R5: refuses %s with 415', async (type) => {
    const response = await request(testApp()).post(sign).set('Content-Type', type).send(JSON.stringify(call()));
    expectValid(response);
    expect(response.status).toBe(415);
  });

  it('refuses a body without a type, an unknown charset and an unknown encoding with 415', async () => {
    const bare = await request(testApp())
      .post(sign)
      .unset('Content-Type')
      .send(Buffer.from(JSON.stringify(call())));
    const charset = await request(testApp())
      .post(sign)
      .set('Content-Type', 'application/json; charset=ebcdic')
      .send(JSON.stringify(call()));
    const encoding = await request(testApp())
      .post(sign)
      .set('Content-Type', 'application/json')
      .set('Content-Encoding', 'zip')
      .send(JSON.stringify(call()));
    for (const response of [bare, charset, encoding]) {
      expectValid(response);
      expect(response.status).toBe(415);
    }
  });

  it('takes 9 MB and refuses more than 10 with 413', async () => {
    const padded = (length: number) => JSON.stringify({ ...call(), padding: 'x'.repeat(length) });
    const large = await request(testApp()).post(sign).type('json').send(padded(9_000_000));
    expectValid(large, call());
    expect(large.status).toBe(200);
    const tooLarge = await request(testApp()).post(sign).type('json').send(padded(10_500_000));
    expectValid(tooLarge);
    expect(tooLarge.status).toBe(413);
  });
});
