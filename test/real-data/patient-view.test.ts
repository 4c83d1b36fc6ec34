import request from 'supertest';
import { prefetchTemplates } from '../../src/definitions/prefetch-templates.ts';
import { shippedDefinitions, testApp } from '../support/app.ts';
import { prefetchOf, realPatients, say, summaryRows } from '../support/real-data.ts';
import { expectValid } from '../support/validate-response.ts';

jest.setTimeout(60_000);

const templates = prefetchTemplates(shippedDefinitions());
const points = new Map(summaryRows().map(({ id, childPughPoints }) => [id, childPughPoints]));

describe.each(['fhir', 'fhir-refuted'] as const)('the record of each patient of %s, opened', (variant) => {
  const patients = realPatients(variant);
  const summaries = new Map<string, string>();

  beforeAll(async () => {
    const app = testApp();
    for (const { id, bundle } of patients) {
      const call = {
        hook: 'patient-view',
        hookInstance: '3b1f4a1e-5c0e-4d8e-9d51-0b7d6c3f2a10',
        context: { userId: 'Practitioner/1', patientId: id },
        prefetch: prefetchOf(bundle, templates),
      };
      const response = await request(app).post('/cds-services/hcc-patient-view').send(call);
      expectValid(response, call);
      summaries.set(id, response.status === 200 ? (response.body.cards[0]?.summary ?? 'silent') : `${response.status}`);
    }
    say(`Records opened, ${variant}`, patients.length);
  });

  it('gets one card: of everybody something is recorded', () => {
    expect([...summaries].filter(([, summary]) => !summary.startsWith('HCC: '))).toEqual([]);
  });

  if (variant === 'fhir-refuted') {
    it('tells the Child-Pugh score of the table where it can be computed', () => {
      const known = [...summaries].filter(([id]) => typeof points.get(id) === 'number');
      const wrong = known.filter(([id, summary]) => !new RegExp(`Child-Pugh [ABC]${points.get(id)}[;.]`).test(summary));
      expect(wrong).toEqual([]);
      expect(known.length > 0).toBe(patients.length > 0);
    });
  }
});
