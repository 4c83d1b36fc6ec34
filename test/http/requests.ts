import type { Server } from 'node:http';
import type { Express } from 'express';
import request, { type Response } from 'supertest';
import { testApp } from '../support/app.ts';
import { expectValid } from '../support/validate-response.ts';

/** The patient of these tests: compensated, fit, everything known. Nothing is to be said of a TACE. */
export const patientId = 'zq-patient-4711';

const snomed = 'http://snomed.info/sct';
const about = { subject: { reference: `Patient/${patientId}` } };

export const patient = {
  resourceType: 'Patient',
  id: patientId,
  identifier: [{ system: 'urn:zq-hospital:mrn', value: 'zq-mrn-00815' }],
  name: [{ family: 'Zqfamilyname', given: ['Zqgivenname', 'Zqmiddlename'], text: 'Zqgivenname Zqfamilyname' }],
  telecom: [{ system: 'phone', value: '+49 30 7654321' }],
  address: [{ line: ['Zqstreet 17'], city: 'Zqtown', postalCode: '98765' }],
  birthDate: '1951-07-23',
};

export function condition(id: string, code: string, text: string, more: object = {}) {
  return {
    resourceType: 'Condition',
    id: `zq-condition-${id}`,
    clinicalStatus: coded('http://terminology.hl7.org/CodeSystem/condition-clinical', 'active'),
    code: { coding: [{ system: snomed, code }], text },
    recordedDate: '2026-10-28T09:15:00+01:00',
    note: [{ text: 'Zqnote of the ward round' }],
    ...about,
    ...more,
  };
}

const refuted = {
  clinicalStatus: undefined,
  verificationStatus: coded('http://terminology.hl7.org/CodeSystem/condition-ver-status', 'refuted'),
};

export const hcc = condition('hcc', '109841003', 'Liver cell carcinoma of zqsegment');
export const noAscites = condition('ascites', '389026000', 'Ascites', refuted);
export const noEncephalopathy = condition('encephalopathy', '13920009', 'Hepatic encephalopathy', refuted);

export function observation(id: string, loinc: string, more: object) {
  return {
    resourceType: 'Observation',
    id: `zq-observation-${id}`,
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: loinc }] },
    effectiveDateTime: '2026-10-30T07:45:00+01:00',
    ...about,
    ...more,
  };
}

export const bilirubin = (value: number) => observation('bilirubin', '1975-2', quantity(value, 'mg/dL'));
export const albumin = (value: number) => observation('albumin', '1751-7', quantity(value, 'g/dL'));
export const inr = (value: number) => observation('inr', '6301-6', quantity(value, '{INR}'));
export const creatinine = (value: number) => observation('creatinine', '2160-0', quantity(value, 'mg/dL'));
export const hbsag = observation('hbsag', '5196-1', { valueString: 'Negative', effectiveDateTime: '2021-03-05' });
export const ecog = (value: number) => observation('ecog', '89247-1', { valueInteger: value });

export function searchset(...resources: readonly object[]) {
  return { resourceType: 'Bundle', type: 'searchset', entry: resources.map((resource) => ({ resource })) };
}

/** Everything a client may send, of a patient of whom there is nothing to say. */
export const prefetch = {
  patient,
  conditions: searchset(hcc, noAscites, noEncephalopathy),
  labs: searchset(bilirubin(0.8), albumin(4.2), inr(1), creatinine(0.9)),
  'labs-history': searchset(),
  serology: searchset(hbsag),
  assessments: searchset(ecog(0)),
  medications: searchset(),
  procedures: searchset(),
  orders: searchset(),
  studies: searchset(),
} as const;

export type PrefetchKey = keyof typeof prefetch;
export const prefetchKeys = Object.keys(prefetch) as PrefetchKey[];

/** The prefetch without these keys. */
export function without(...keys: readonly PrefetchKey[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(prefetch).filter(([key]) => !keys.includes(key as PrefetchKey)));
}

export const tace = {
  resourceType: 'ServiceRequest',
  id: 'zq-tace-1',
  status: 'draft',
  intent: 'order',
  code: { coding: [{ system: snomed, code: '441525007' }], text: 'TACE of zqlesion' },
  ...about,
};

export const atezolizumab = {
  resourceType: 'MedicationRequest',
  id: 'zq-atezolizumab-1',
  status: 'draft',
  intent: 'order',
  medicationCodeableConcept: { text: 'Atezolizumab 1200 mg iv' },
  ...about,
};

export const aspirin = { ...atezolizumab, id: 'zq-aspirin-1', medicationCodeableConcept: { text: 'Aspirin 100 mg' } };

export const forHcc = { reasonCode: [{ coding: [{ system: snomed, code: '109841003' }] }] };

export function drafts(...orders: readonly object[]) {
  return { resourceType: 'Bundle', type: 'collection', entry: orders.map((resource) => ({ resource })) };
}

export type Hook = 'order-select' | 'order-sign' | 'patient-view';
export type Call = Readonly<Record<string, unknown>> & { readonly hook: Hook; readonly context: object };

/** An order-sign call with one TACE draft and the whole prefetch. */
export function call(more: object = {}, context: object = {}): Call {
  return {
    hook: 'order-sign',
    hookInstance: '3b1f4a1e-5c0e-4d8e-9d51-0b7d6c3f2a10',
    context: { userId: 'Practitioner/zq-user-1', patientId, draftOrders: drafts(tace), ...context },
    prefetch,
    ...more,
  };
}

export function select(selections: unknown, more: object = {}, context: object = {}): Call {
  return call({ hook: 'order-select', ...more }, { selections, ...context });
}

/** The record is opened, and the whole prefetch sent. */
export function view(more: object = {}, context: object = {}): Call {
  const opened = { userId: 'Practitioner/zq-user-1', patientId, encounterId: 'zq-encounter-1', ...context };
  return { ...call({ hook: 'patient-view', ...more }), context: opened };
}

/** Sends a call to the service of its hook; whatever comes back is held against the standard. */
export async function send(body: Call, app: Express | Server = testApp()): Promise<Response> {
  const response = await request(app).post(`/cds-services/hcc-${body.hook}`).send(body);
  expectValid(response, body);
  return response;
}

/** The paths an OperationOutcome names. */
export function expressions({ body }: Response): readonly string[] {
  const issues: readonly { readonly expression?: readonly string[] }[] = body.issue ?? [];
  return issues.flatMap(({ expression = [] }) => expression);
}

function quantity(value: number, unit: string) {
  return { valueQuantity: { value, unit, system: 'http://unitsofmeasure.org', code: unit } };
}

function coded(system: string, code: string) {
  return { coding: [{ system, code }] };
}
