import type { Express } from 'express';
import type { CapabilityStatement } from 'fhir/r4.js';
import request from 'supertest';
import { annaAndBen, baseUrl, get, startWard } from './ward.ts';

let app: Express;
let statement: CapabilityStatement;
beforeAll(async () => {
  app = await startWard(annaAndBen);
  statement = (await get(app, '/metadata')).body;
});

describe('the CapabilityStatement', () => {
  it('says which FHIR, in which format, and where', () => {
    expect(statement).toMatchObject({
      resourceType: 'CapabilityStatement',
      fhirVersion: '4.0.1',
      format: ['application/fhir+json', 'json'],
      implementation: { url: baseUrl },
      date: '2026-11-22T12:00:00.000Z',
    });
  });

  it('names the parameters and includes that the service uses', () => {
    const uses: Record<string, string[]> = {
      Observation: ['patient', 'code', 'date', 'category', 'status', '_id'],
      MedicationAdministration: ['patient', 'effective-time'],
      ResearchSubject: ['patient', 'individual', 'study'],
      Appointment: ['patient', 'date'],
      ServiceRequest: ['patient', 'subject', 'status'],
    };
    const resources = statement.rest?.[0]?.resource ?? [];
    for (const [type, codes] of Object.entries(uses)) {
      const names = resources.find((resource) => resource.type === type)?.searchParam?.map(({ name }) => name);
      expect(names).toEqual(expect.arrayContaining(codes));
    }
    const includes = resources.flatMap(({ searchInclude = [] }) => searchInclude);
    expect(includes).toEqual(expect.arrayContaining(['MedicationRequest:medication', 'ResearchSubject:study']));
  });

  it('promises nothing that is then refused', async () => {
    const samples: Record<string, string> = {
      date: '2026-11-22',
      token: 'x',
      string: 'x',
      reference: 'x',
      uri: 'urn:x',
    };
    for (const { type, searchParam = [], searchInclude = [] } of statement.rest?.[0]?.resource ?? []) {
      await request(app).put(`/fhir/${type}/x`).send({ resourceType: type, id: 'x' });
      const filters = searchParam.map(({ name, type: kind }) => `${name}=${samples[kind] ?? ''}`);
      const sort = `_sort=${searchParam.map(({ name }) => name).join(',')}`;
      const includes = searchInclude.map((include) => `_include=${include}`);
      for (const query of [filters, [sort, ...includes]]) {
        const { status, body } = await get(app, `/${type}?${query.join('&')}`);
        expect([type, status, body.issue]).toEqual([type, 200, undefined]);
      }
    }
  });
});
