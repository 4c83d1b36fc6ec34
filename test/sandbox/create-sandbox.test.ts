import express from 'express';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';
import { annaAndBen, authoredOn, baseUrl, bundleOf, get } from './ward.ts';

describe('createSandbox', () => {
  it('lists the patients by name', async () => {
    const { patients } = await createSandbox({ bundles: [annaAndBen], baseUrl, now: authoredOn });
    expect(patients).toEqual([
      { id: 'anna', name: 'Anna M Berg' },
      { id: 'ben', name: 'Ben Cole' },
    ]);
  });

  it('moves the stories so that they are current', async () => {
    const now = new Date('2027-01-01T12:00:00Z');
    const { router } = await createSandbox({ bundles: [annaAndBen], baseUrl: `${baseUrl}/`, now });
    const app = express().use('/fhir', router);
    const { body } = await get(app, '/Observation/anna-bilirubin-old');
    expect(body.effectiveDateTime).toBe('2026-11-10T09:00:00+02:00');
    expect(body.meta).toEqual({ versionId: '1', lastUpdated: '2027-01-01T12:00:00.000Z' });
    expect((await get(app, '/Patient/anna')).body.birthDate).toBe('1961-04-03');
    expect((await get(app, '/Patient')).body.link[0].url).toMatch(/^https:\/\/sandbox\.example\/fhir\/Patient/);
  });

  it('takes a resource that several stories share, if they agree', async () => {
    const drug = (text: string) => bundleOf({ resourceType: 'Medication', id: 'm', code: { text } });
    const start = (...bundles: ReturnType<typeof drug>[]) => createSandbox({ bundles, baseUrl, now: authoredOn });
    await expect(start(drug('a'), drug('a'))).resolves.toBeDefined();
    await expect(start(drug('a'), drug('b'))).rejects.toThrow('Medication/m');
  });

  it('refuses a resource without id', async () => {
    const bundles = [bundleOf({ resourceType: 'Medication' })];
    await expect(createSandbox({ bundles, baseUrl, now: authoredOn })).rejects.toThrow('Medication');
  });
});
