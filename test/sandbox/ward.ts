import express, { type Express } from 'express';
import type { Bundle, BundleEntry, FhirResource, OperationOutcome } from 'fhir/r4.js';
import request, { type Response } from 'supertest';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';
import { AUTHORED_ON } from '../../src/sandbox/shift-dates.ts';

export const baseUrl = 'https://sandbox.example/fhir';
export const authoredOn = new Date(`${AUTHORED_ON}T12:00:00Z`);

export function bundleOf(...resources: FhirResource[]): Bundle {
  return { resourceType: 'Bundle', type: 'collection', entry: resources.map((resource) => ({ resource })) };
}

/** A bare app with nothing but the sandbox, on the day the stories are written for. */
export async function startWard(...bundles: Bundle[]): Promise<Express> {
  const { router } = await createSandbox({ bundles, baseUrl, now: authoredOn });
  return express().use('/fhir', router);
}

export async function get(app: Express, path: string): Promise<Response> {
  return request(app).get(`/fhir${path}`);
}

/** The ids a search answers with, in order, as `Type/id`. */
export async function found(app: Express, path: string): Promise<string[]> {
  const { status, body } = await get(app, path);
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
  return entries(body).map(({ resource }) => `${resource?.resourceType}/${resource?.id}`);
}

export function entries(body: unknown): BundleEntry<FhirResource>[] {
  return (body as Bundle<FhirResource>).entry ?? [];
}

export function link(body: unknown, relation: string): string | undefined {
  return (body as Bundle).link?.find((candidate) => candidate.relation === relation)?.url;
}

export function expectOutcome({ status, body, headers }: Response, expected: number): OperationOutcome {
  expect(body).toMatchObject({ resourceType: 'OperationOutcome', issue: [{ severity: 'error' }] });
  expect(headers['content-type']).toMatch(/^application\/fhir\+json/);
  expect(status).toBe(expected);
  return body as OperationOutcome;
}

const loinc = 'http://loinc.org';

/** Two patients; everything of the second is there to be left out. */
export const annaAndBen = bundleOf(
  {
    resourceType: 'Patient',
    id: 'anna',
    name: [{ given: ['Anna', 'M'], family: 'Berg' }],
    identifier: [{ system: 'urn:mrn', value: 'A-1' }],
    birthDate: '1961-04-03',
  },
  {
    resourceType: 'Patient',
    id: 'ben',
    name: [
      { use: 'nickname', text: 'B.' },
      { use: 'official', text: 'Ben Cole' },
    ],
  },
  ...['anna', 'ben'].flatMap((id): FhirResource[] => [
    {
      resourceType: 'Observation',
      id: `${id}-bilirubin-old`,
      status: 'final',
      category: [
        { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] },
      ],
      code: { coding: [{ system: loinc, code: '1975-2' }] },
      subject: { reference: `Patient/${id}` },
      effectiveDateTime: '2026-10-01T09:00:00+02:00',
    },
    {
      resourceType: 'Observation',
      id: `${id}-albumin`,
      status: 'final',
      code: { coding: [{ system: loinc, code: '1751-7' }] },
      subject: { reference: `Patient/${id}` },
      effectivePeriod: { start: '2026-11-01T23:30:00-05:00', end: '2026-11-02T01:00:00-05:00' },
    },
    {
      resourceType: 'Observation',
      id: `${id}-bilirubin-new`,
      status: 'preliminary',
      code: { coding: [{ system: loinc, code: '1975-2' }] },
      subject: { reference: `Patient/${id}` },
      effectiveDateTime: '2026-11-02T03:00:00Z',
    },
    {
      resourceType: 'Observation',
      id: `${id}-undated`,
      status: 'final',
      code: { coding: [{ system: 'urn:local', code: '1751-7' }] },
      subject: { reference: `Patient/${id}` },
    },
    { resourceType: 'Condition', id: `${id}-hcc`, subject: { reference: `Patient/${id}` }, code: { text: 'HCC' } },
    {
      resourceType: 'MedicationRequest',
      id: `${id}-drug`,
      status: 'active',
      intent: 'order',
      subject: { reference: `Patient/${id}` },
      medicationReference: { reference: 'Medication/lenvatinib' },
    },
    {
      resourceType: 'MedicationAdministration',
      id: `${id}-dose`,
      status: 'completed',
      subject: { reference: `Patient/${id}` },
      medicationCodeableConcept: { text: 'drug' },
      effectiveDateTime: '2026-11-10',
    },
    {
      resourceType: 'MedicationStatement',
      id: `${id}-statement`,
      status: 'active',
      subject: { reference: `Patient/${id}` },
      medicationCodeableConcept: { text: 'drug' },
    },
    {
      resourceType: 'MedicationDispense',
      id: `${id}-dispense`,
      status: 'completed',
      subject: { reference: `Patient/${id}` },
      medicationCodeableConcept: { text: 'drug' },
    },
    { resourceType: 'Procedure', id: `${id}-tace`, status: 'completed', subject: { reference: `Patient/${id}` } },
    {
      resourceType: 'ServiceRequest',
      id: `${id}-order`,
      status: 'active',
      intent: 'order',
      subject: { reference: `Patient/${id}` },
    },
    {
      resourceType: 'ServiceRequest',
      id: `${id}-revoked`,
      status: 'revoked',
      intent: 'order',
      subject: { reference: `Patient/${id}` },
    },
    {
      resourceType: 'ResearchSubject',
      id: `${id}-subject`,
      status: 'on-study',
      study: { reference: 'ResearchStudy/trial' },
      individual: { reference: `Patient/${id}` },
    },
    {
      resourceType: 'Appointment',
      id: `${id}-visit`,
      status: 'booked',
      start: '2026-12-01T10:00:00+01:00',
      end: '2026-12-01T11:00:00+01:00',
      participant: [{ status: 'accepted', actor: { reference: `Patient/${id}` } }],
    },
  ]),
  { resourceType: 'Medication', id: 'lenvatinib', code: { text: 'lenvatinib' } },
  { resourceType: 'ResearchStudy', id: 'trial', status: 'active' },
);
