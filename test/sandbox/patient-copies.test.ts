import express, { type Express } from 'express';
import type { Bundle, FhirResource } from 'fhir/r4.js';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';
import type { PatientCopies } from '../../src/sandbox/patient-copies.ts';
import { annaAndBen, authoredOn, baseUrl, bundleOf, entries, get } from './ward.ts';

let app: Express;
let copies: PatientCopies;

const anna = bundleOf(
  ...(annaAndBen.entry ?? []).flatMap(({ resource }) =>
    resource && JSON.stringify(resource).includes('anna') ? [resource as FhirResource] : [],
  ),
) as Bundle;

beforeAll(async () => {
  const sandbox = await createSandbox({ bundles: [annaAndBen], baseUrl, now: authoredOn });
  copies = sandbox.copies;
  app = express().use('/fhir', sandbox.router);
});

it('has a patient id of its own, and everything of the record refers to it', async () => {
  const id = await copies.add(anna);
  expect((await get(app, `/Patient/${id}`)).body.name).toEqual((await get(app, '/Patient/anna')).body.name);
  const [own, original] = [await get(app, `/Observation?patient=${id}`), await get(app, '/Observation?patient=anna')];
  expect(own.body.total).toBe(original.body.total);
  expect(own.body.total).toBeGreaterThan(0);
  const copied = entries(own.body).map(({ resource }) => `${resource?.resourceType}/${resource?.id}`);
  const known = new Set(entries(original.body).map(({ resource }) => `${resource?.resourceType}/${resource?.id}`));
  expect(copied.filter((one) => known.has(one))).toEqual([]);
});

it('does not change the record that it was made of', async () => {
  const before = (await get(app, '/Observation?patient=anna')).body.entry;
  await copies.add(anna);
  expect((await get(app, '/Observation?patient=anna')).body.entry).toEqual(before);
});

it('goes when twenty newer ones have come, so that their number is bounded', async () => {
  const first = await copies.add(anna);
  for (let made = 0; made < 19; made += 1) await copies.add(anna);
  expect((await get(app, `/Patient/${first}`)).status).toBe(200);
  await copies.add(anna);
  expect([404, 410]).toContain((await get(app, `/Patient/${first}`)).status);
  expect((await get(app, `/Observation?patient=${first}`)).body.total).toBe(0);
});

it.each([
  ['no patient', bundleOf({ resourceType: 'Basic', id: '1', code: {} })],
  ['two patients', annaAndBen],
  ['a resource without id', bundleOf({ resourceType: 'Patient' })],
  ['nothing', {} as Bundle],
  [
    'a type that there is not',
    bundleOf({ resourceType: 'Patient', id: '1' }, { resourceType: 'Nonsense', id: '2' } as never),
  ],
])('is refused for a record with %s', async (_, record) => {
  await expect(copies.add(record)).rejects.toThrow();
});
