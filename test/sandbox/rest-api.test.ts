import type { Express } from 'express';
import request from 'supertest';
import { annaAndBen, baseUrl, expectOutcome, found, get, startWard } from './ward.ts';

const fhirJson = 'application/fhir+json';
const condition = { resourceType: 'Condition', subject: { reference: 'Patient/anna' }, code: { text: 'cirrhosis' } };

let app: Express;
beforeEach(async () => {
  app = await startWard(annaAndBen);
});

function send(method: 'post' | 'put' | 'patch', path: string, body: unknown, type = fhirJson) {
  return request(app)[method](`/fhir${path}`).set('Content-Type', type).send(JSON.stringify(body));
}

describe('reading', () => {
  it.each(['Patient/anna', 'Medication/lenvatinib', 'ResearchStudy/trial'])('%s', async (path) => {
    const { status, body, headers } = await get(app, `/${path}`);
    expect(status).toBe(200);
    expect(`${body.resourceType}/${body.id}`).toBe(path);
    expect(headers['content-type']).toMatch(/^application\/fhir\+json/);
    expect(headers.etag).toBe('W/"1"');
  });

  it('answers HEAD like GET, without a body', async () => {
    const { status, text } = await request(app).head('/fhir/Patient/anna');
    expect([status, text]).toEqual([200, undefined]);
  });

  it('says 404 where there is nothing', async () => {
    expectOutcome(await get(app, '/Patient/nobody'), 404);
    expectOutcome(await get(app, '/Patient/anna/$everything'), 404);
    expectOutcome(await get(app, '/Patient/anna/_history'), 404);
    expectOutcome(await get(app, '/Patient/%E0%A4%A'), 404);
  });
});

describe('an unknown resource type', () => {
  it.each([
    'Foo',
    'patient',
    'constructor',
    '__proto__',
    'DomainResource',
    'HumanName',
    'Bot',
    'SubscriptionStatus',
    '$graphql',
  ])('is 404 and not an empty list: %s', async (type) => {
    expectOutcome(await get(app, `/${type}`), 404);
    expectOutcome(await get(app, `/${type}/1`), 404);
    expectOutcome(await send('post', `/${type}`, { resourceType: type }), 404);
    expectOutcome(await send('put', `/${type}/1`, { resourceType: type, id: '1' }), 404);
  });
});

describe('writing', () => {
  it('creates under an id of its own, which searches then find', async () => {
    const { status, body, headers } = await send('post', '/Condition', { ...condition, id: 'anna-hcc' });
    expect(status).toBe(201);
    expect(body.id).not.toBe('anna-hcc');
    expect(headers.location).toBe(`${baseUrl}/Condition/${body.id}`);
    expect(await found(app, '/Condition?patient=anna')).toEqual(['Condition/anna-hcc', `Condition/${body.id}`]);
  });

  it('creates only once with If-None-Exist', async () => {
    const tagged = { ...condition, identifier: [{ system: 'urn:x', value: '1' }] };
    const once = () => send('post', '/Condition', tagged).set('If-None-Exist', 'identifier=urn:x|1');
    expect([(await once()).status, (await once()).status]).toEqual([201, 200]);
    expect(await found(app, '/Condition?identifier=urn:x|1')).toHaveLength(1);
  });

  it('updates, and moves the resource to its new patient in searches', async () => {
    const moved = { ...condition, id: 'anna-hcc', subject: { reference: 'Patient/ben' } };
    const { status, headers } = await send('put', '/Condition/anna-hcc', moved);
    expect(status).toBe(200);
    expect(headers.etag).not.toBe('W/"1"');
    expect(await found(app, '/Condition?patient=anna')).toEqual([]);
    expect((await found(app, '/Condition?patient=ben')).sort()).toEqual(['Condition/anna-hcc', 'Condition/ben-hcc']);
  });

  it('creates by PUT where the id is free', async () => {
    const { status, headers } = await send('put', '/Condition/new', { ...condition, id: 'new' });
    expect(status).toBe(201);
    expect(headers.location).toBe(`${baseUrl}/Condition/new`);
  });

  it('refuses an update of a version that is no longer the current one', async () => {
    const update = (version: string) =>
      send('put', '/Condition/anna-hcc', { ...condition, id: 'anna-hcc' }).set('If-Match', `W/"${version}"`);
    expect((await update('1')).status).toBe(200);
    expectOutcome(await update('1'), 412);
  });

  it('refuses another type, another id, and an id that is none', async () => {
    expectOutcome(await send('put', '/Condition/a', { resourceType: 'Patient', id: 'a' }), 400);
    expectOutcome(await send('put', '/Condition/a', { ...condition, id: 'b' }), 400);
    expectOutcome(await send('put', '/Condition/a_b', { ...condition, id: 'a_b' }), 400);
    expectOutcome(await send('post', '/Condition', { resourceType: 'Patient' }), 400);
  });

  it('patches, and searches see the patched value', async () => {
    const patch = [{ op: 'replace', path: '/status', value: 'completed' }];
    const { status, body } = await send('patch', '/ServiceRequest/anna-order', patch, 'application/json-patch+json');
    expect([status, body.status]).toEqual([200, 'completed']);
    expect(await found(app, '/ServiceRequest?patient=anna&status=active')).toEqual([]);
    expect(await found(app, '/ServiceRequest?patient=anna&status=completed')).toEqual(['ServiceRequest/anna-order']);
  });

  it('refuses a patch that does not apply, or that reaches for the prototype', async () => {
    const patch = (operation: object) => send('patch', '/Patient/anna', [operation], 'application/json-patch+json');
    expectOutcome(await patch({ op: 'test', path: '/birthDate', value: '1900-01-01' }), 400);
    await patch({ op: 'add', path: '/__proto__/polluted', value: true });
    expect({}).not.toHaveProperty('polluted');
  });

  it('refuses a patch that would turn the resource into another', async () => {
    const patch = [{ op: 'replace', path: '/id', value: 'other' }];
    expectOutcome(await send('patch', '/Patient/anna', patch, 'application/json-patch+json'), 400);
    expectOutcome(await get(app, '/Patient/other'), 404);
    expect(await found(app, '/Patient')).toEqual(['Patient/anna', 'Patient/ben']);
  });

  it('deletes, from searches too', async () => {
    expect((await request(app).delete('/fhir/Condition/anna-hcc')).status).toBe(200);
    expectOutcome(await get(app, '/Condition/anna-hcc'), 404);
    expectOutcome(await request(app).delete('/fhir/Condition/anna-hcc'), 404);
    expect(await found(app, '/Condition?patient=anna')).toEqual([]);
  });
});

describe('what cannot be done is an OperationOutcome', () => {
  it.each(['{"resourceType":', '"text"', '[]', 'null', ''])('a body that is no resource: %s', async (body) => {
    expectOutcome(await request(app).post('/fhir/Condition').set('Content-Type', fhirJson).send(body), 400);
  });

  it('takes a body of almost 1 MB and refuses a larger one', async () => {
    const note = (length: number) => ({ ...condition, note: [{ text: 'x'.repeat(length) }] });
    expect((await send('post', '/Condition', note(1_000_000))).status).toBe(201);
    expectOutcome(await send('post', '/Condition', note(1_100_000)), 413);
  });

  it('another media type, asked for or sent', async () => {
    expectOutcome(await request(app).post('/fhir/Condition').type('text/xml').send('<Condition/>'), 415);
    expectOutcome(await request(app).get('/fhir/Patient/anna').set('Accept', 'application/fhir+xml'), 406);
    expectOutcome(await get(app, '/Patient/anna?_format=xml'), 406);
    expect((await get(app, '/Patient/anna?_format=json')).status).toBe(200);
    expect((await get(app, '/Patient/anna?_format=application/fhir%2Bjson')).status).toBe(200);
  });

  it('an encoding nobody knows', async () => {
    const posted = request(app).post('/fhir/Condition').set('Content-Type', fhirJson).set('Content-Encoding', 'zip');
    expectOutcome(await posted.send('{}'), 415);
  });

  it('a method that the address does not have, with those it has', async () => {
    const response = await request(app).delete('/fhir/Condition?patient=anna');
    expectOutcome(response, 405);
    expect(response.headers.allow).toBe('GET, POST');
    expectOutcome(await request(app).post('/fhir/Patient/anna').send({}), 405);
    expectOutcome(await get(app, '/'), 405);
    expectOutcome(await send('post', '/metadata', {}), 404);
  });
});
