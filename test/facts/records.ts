import type { Resource } from 'fhir/r4.js';
import { vocabularyOn } from '../../src/definitions/definitions.ts';
import { gatherFacts } from '../../src/facts/gather-facts.ts';
import type { PatientRecord } from '../../src/facts/patient-record.ts';
import { found, type ReadResult } from '../../src/fhir/read-result.ts';
import type { Estimate } from '../../src/kernel/estimate.ts';
import type { Fact } from '../../src/kernel/fact.ts';
import { shippedDefinitions } from '../support/app.ts';

export const now = new Date('2026-11-05T12:00:00Z');

/** The day that many days before (or, negative, after) the day of the test. */
export function daysAgo(days: number): string {
  return new Date(now.getTime() - days * 86_400_000).toISOString().slice(0, 10);
}

export type Loose = Readonly<Record<string, unknown>>;

/** Resources by type and key of `reads`, as the tests write them; nobody checks their shape, as nobody does in the field. */
export type Reads = Readonly<Record<string, readonly Loose[] | ReadResult>>;

export function asResources(resources: readonly Loose[]): readonly Resource[] {
  return resources as unknown as readonly Resource[];
}

/** A record of which everything was read and nothing found, but for this. */
export function recordOf(reads: Reads, changes: Partial<PatientRecord> = {}): PatientRecord {
  const keys = Object.keys(shippedDefinitions().service.reads);
  const given = Object.entries(reads).map(([key, read]): [string, ReadResult] => [
    key,
    'state' in read ? (read as ReadResult) : found(asResources(read as readonly Loose[])),
  ]);
  const empty = keys.map((key): [string, ReadResult] => [key, found([])]);
  return {
    now,
    reads: new Map([...empty, ...given]),
    referenced: [],
    indications: [],
    session: new Set(),
    dropped: 0,
    ...changes,
  };
}

/** @param definitions the shipped ones, or those of a test */
export function factsOf(record: PatientRecord, definitions = shippedDefinitions()): ReadonlyMap<string, Fact> {
  return gatherFacts(definitions, record, vocabularyOn(definitions, now).thresholds);
}

/** One fact of a record of which everything was read and nothing found, but for this. */
export function factOf(id: string, reads: Reads, changes: Partial<PatientRecord> = {}): Fact {
  const fact = factsOf(recordOf(reads, changes)).get(id);
  if (fact === undefined) throw new Error(`${id} is not declared`);
  return fact;
}

/** What a fact says: its value (a number when it is exact) with unit, or its state. */
export function said(fact: Fact): string {
  if (fact.state !== 'found') return fact.state;
  return `${written(fact.value)}${fact.unit === '1' ? '' : ` ${fact.unit}`}`;
}

function written({ low, high, lowOpen, highOpen }: Estimate): string {
  return low === high ? String(low) : `${lowOpen ? '(' : '['}${low}, ${high}${highOpen ? ')' : ']'}`;
}

const loinc = 'http://loinc.org';

/** A final laboratory result of yesterday. */
export function lab(code: unknown, changes: Loose = {}): Loose {
  return {
    resourceType: 'Observation',
    id: 'lab',
    status: 'final',
    code: typeof code === 'string' ? { coding: [{ system: loinc, code }] } : code,
    effectiveDateTime: daysAgo(1),
    ...changes,
  };
}

export function quantity(value: number, unit?: string, more: Loose = {}): Loose {
  return { valueQuantity: { value, ...(unit !== undefined && { unit }), ...more } };
}

/** An active problem, recorded ten days ago. */
export function problem(code: unknown, changes: Loose = {}): Loose {
  return {
    resourceType: 'Condition',
    id: 'problem',
    clinicalStatus: status('active'),
    code: typeof code === 'string' ? { text: code } : code,
    recordedDate: daysAgo(10),
    ...changes,
  };
}

export function status(code: string): Loose {
  return { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition', code }] };
}

export function icd10cm(code: string, text?: string): Loose {
  return { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code }], ...(text !== undefined && { text }) };
}

export function snomed(code: string, display?: string): Loose {
  return { coding: [{ system: 'http://snomed.info/sct', code, ...(display !== undefined && { display }) }] };
}

/** An active order of a drug. */
export function medicationRequest(drug: string | Loose, authoredOn: string | undefined, changes: Loose = {}): Loose {
  return {
    resourceType: 'MedicationRequest',
    id: 'request',
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: typeof drug === 'string' ? { text: drug } : drug,
    ...(authoredOn !== undefined && { authoredOn }),
    ...changes,
  };
}

export function administration(drug: string, date: string | undefined, changes: Loose = {}): Loose {
  return {
    resourceType: 'MedicationAdministration',
    id: 'administration',
    status: 'completed',
    medicationCodeableConcept: { text: drug },
    ...(date !== undefined && { effectiveDateTime: date }),
    ...changes,
  };
}

/** A procedure that was done. */
export function procedure(code: string | Loose, date: string | undefined, changes: Loose = {}): Loose {
  return {
    resourceType: 'Procedure',
    id: 'procedure',
    status: 'completed',
    code: typeof code === 'string' ? { text: code } : code,
    ...(date !== undefined && { performedDateTime: date }),
    ...changes,
  };
}

/** An active order of a procedure. */
export function serviceRequest(code: string | Loose, changes: Loose = {}): Loose {
  return {
    resourceType: 'ServiceRequest',
    id: 'order',
    status: 'active',
    intent: 'order',
    code: typeof code === 'string' ? { text: code } : code,
    ...changes,
  };
}

export function cpt(code: string): Loose {
  return { coding: [{ system: 'http://www.ama-assn.org/go/cpt', code }] };
}
