import type { Express } from 'express';
import type { BundleEntry } from 'fhir/r4.js';
import request from 'supertest';
import { annaAndBen, entries, expectOutcome, found, get, startWard } from './ward.ts';

let app: Express;
beforeEach(async () => {
  app = await startWard(annaAndBen);
});

function post(type: 'batch' | 'transaction', ...entry: BundleEntry[]) {
  return request(app).post('/fhir').send({ resourceType: 'Bundle', type, entry });
}

const newPatient: BundleEntry = {
  fullUrl: 'urn:uuid:6f9619ff-8b86-4d01-b42d-00cf4fc964ff',
  resource: { resourceType: 'Patient', name: [{ text: 'Carl' }] } as never,
  request: { method: 'POST', url: 'Patient' },
};
const itsCondition: BundleEntry = {
  resource: {
    resourceType: 'Condition',
    subject: { reference: 'urn:uuid:6f9619ff-8b86-4d01-b42d-00cf4fc964ff' },
  } as never,
  request: { method: 'POST', url: 'Condition' },
};
const broken: BundleEntry = {
  resource: { resourceType: 'Patient', id: 'x' } as never,
  request: { method: 'PUT', url: 'Condition/x' },
};

describe('batch', () => {
  it('answers every entry on its own, in order, searches with absolute URLs', async () => {
    const { status, body } = await post(
      'batch',
      { request: { method: 'GET', url: 'Patient/anna' } },
      { request: { method: 'GET', url: 'Patient/nobody' } },
      { request: { method: 'GET', url: 'Observation?patient=anna&code=1975-2&_count=1' } },
      { request: { method: 'GET', url: 'Foo?patient=anna' } },
    );
    expect([status, body.type]).toEqual([200, 'batch-response']);
    expect(entries(body).map(({ response }) => response?.status)).toEqual(['200', '404', '200', '404']);
    expect(entries(body)[2]?.resource).toMatchObject({
      total: 2,
      link: [
        { relation: 'self' },
        { relation: 'next', url: expect.stringMatching(/^https:\/\/sandbox\.example\/fhir\//) },
      ],
    });
  });

  it('does not offer what the server itself does not', async () => {
    expectOutcome(await request(app).post('/fhir').send({ resourceType: 'Patient' }), 400);
    const { body } = await post('batch', { request: { method: 'DELETE', url: 'Condition?patient=anna' } });
    expect(entries(body)[0]?.response?.status).toBe('404');
    expect(await found(app, '/Condition?patient=anna')).toHaveLength(1);
  });
});

describe('transaction', () => {
  it('replaces temporary references by the ids it gives', async () => {
    const { status, body } = await post('transaction', newPatient, itsCondition);
    expect([status, body.type]).toEqual([200, 'transaction-response']);
    const id = entries(body)[0]?.resource?.id ?? '';
    expect(await found(app, `/Condition?patient=${id}`)).toHaveLength(1);
  });

  it('leaves nothing behind when one entry fails', async () => {
    const before = await get(app, '/Condition/anna-hcc');
    const response = await post(
      'transaction',
      newPatient,
      {
        resource: { ...before.body, code: { text: 'changed' } },
        request: { method: 'PUT', url: 'Condition/anna-hcc' },
      },
      { request: { method: 'DELETE', url: 'Condition/ben-hcc' } },
      broken,
    );
    expectOutcome(response, 400);
    expect(await found(app, '/Patient')).toEqual(['Patient/anna', 'Patient/ben']);
    expect((await get(app, '/Condition/anna-hcc')).body).toEqual(before.body);
    expect(await found(app, '/Condition?patient=ben')).toEqual(['Condition/ben-hcc']);
  });

  it('keeps what succeeds when the bundle is a batch', async () => {
    const { body } = await post('batch', newPatient, broken);
    expect(entries(body).map(({ response }) => response?.status)).toEqual(['201', '400']);
    expect(await found(app, '/Patient')).toHaveLength(3);
  });
});
