import fc from 'fast-check';

/** Calls that are right but for what is planted in them. */

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const about = { subject: { reference: 'Patient/p1' } };
const now = '2026-11-20';

function bundle(...resources: object[]): object {
  return { resourceType: 'Bundle', type: 'searchset', entry: resources.map((resource) => ({ resource })) };
}

function lab(id: string, code: string, value: number, unit: string): object {
  return {
    resourceType: 'Observation',
    id,
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code }], text: 'Laboratory' },
    effectiveDateTime: `${now}T08:00:00Z`,
    valueQuantity: { value, unit, system: 'http://unitsofmeasure.org', code: unit },
    ...about,
  };
}

function problem(id: string, code: string, text: string, more: object = {}): object {
  return {
    resourceType: 'Condition',
    id,
    code: { coding: [{ system: 'http://snomed.info/sct', code }], text },
    recordedDate: now,
    ...about,
    ...more,
  };
}

/** TACE and atezolizumab drafted for a patient of whom a little of everything is recorded. */
export const call = {
  hook: 'order-select',
  hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea',
  context: {
    userId: 'Practitioner/1',
    patientId: 'p1',
    selections: ['ServiceRequest/t', 'MedicationRequest/a'],
    draftOrders: {
      resourceType: 'Bundle',
      entry: [
        {
          resource: {
            resourceType: 'ServiceRequest',
            id: 't',
            status: 'draft',
            intent: 'order',
            code: {
              coding: [{ system: 'http://snomed.info/sct', code: '441525007', display: 'Chemoembolisation' }],
              text: 'TACE',
            },
            ...about,
          },
        },
        {
          resource: {
            resourceType: 'MedicationRequest',
            id: 'a',
            status: 'draft',
            intent: 'order',
            medicationCodeableConcept: { text: 'atezolizumab' },
            reasonCode: [{ text: 'HCC' }],
            ...about,
          },
        },
      ],
    },
  },
  prefetch: {
    patient: { resourceType: 'Patient', id: 'p1', birthDate: '1960-01-01' },
    conditions: bundle(
      problem('c1', '109841003', 'Liver cell carcinoma'),
      problem('c2', '389026000', 'Ascites', { severity: { text: 'mild' } }),
      problem('c3', '13920009', 'Hepatic encephalopathy', { verificationStatus: { coding: [{ code: 'refuted' }] } }),
    ),
    labs: bundle(lab('b', '1975-2', 2.4, 'mg/dL'), lab('l', '1751-7', 41, 'g/dL'), lab('i', '6301-6', 1.2, '{INR}')),
    assessments: bundle({
      resourceType: 'Observation',
      id: 'e',
      status: 'final',
      code: { text: 'ECOG' },
      valueString: 'ECOG 2',
      effectiveDateTime: now,
      ...about,
    }),
    medications: bundle({
      resourceType: 'MedicationRequest',
      id: 'm',
      status: 'active',
      intent: 'order',
      authoredOn: now,
      medicationCodeableConcept: { text: 'lenvatinib 8 mg' },
      ...about,
    }),
    procedures: bundle({
      resourceType: 'Procedure',
      id: 'x',
      status: 'completed',
      code: { text: 'TACE' },
      performedDateTime: '2026-11-10',
      ...about,
    }),
    orders: bundle({
      resourceType: 'ServiceRequest',
      id: 'o',
      status: 'active',
      intent: 'order',
      code: { text: 'TACE' },
      occurrenceDateTime: '2026-12-01',
      ...about,
    }),
    studies: bundle({
      resourceType: 'ResearchSubject',
      id: 's',
      status: 'on-study',
      study: { display: 'A study' },
      individual: about.subject,
    }),
  },
} as unknown as Json;

/** The call with up to eight of its values replaced by anything that JSON can hold, or removed. */
export function damagedCalls(): fc.Arbitrary<Json> {
  const places = paths(call);
  const damage = fc.record({
    place: fc.constantFrom(...places),
    value: fc.option(fc.jsonValue() as fc.Arbitrary<Json>, { nil: undefined, freq: 4 }),
  });
  return fc.array(damage, { minLength: 1, maxLength: 8 }).map((damages) => {
    const copy = structuredClone(call);
    for (const { place, value } of damages) plant(copy, place, value);
    return copy;
  });
}

/** The call with a text in the place of every string that a record holds. */
export function callWithTexts(text: string): Json {
  const copy = structuredClone(call);
  const kept = new Set([
    'resourceType',
    'system',
    'code',
    'reference',
    'status',
    'birthDate',
    'recordedDate',
    'effectiveDateTime',
    'performedDateTime',
    'occurrenceDateTime',
    'authoredOn',
  ]);
  for (const path of paths(copy)) {
    const [part, key] = [path[0], String(path.at(-1))];
    const words = key === 'text' || key === 'display';
    const record = part === 'prefetch' && path[1] !== 'patient';
    if (kept.has(key) || typeof at(copy, path) !== 'string' || !(record || (part === 'context' && words))) continue;
    plant(copy, path, words ? `${at(copy, path)} ${text}` : text);
  }
  return copy;
}

type Path = readonly (string | number)[];

function paths(value: Json, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const keys: (string | number)[] = Array.isArray(value) ? value.map((_, index) => index) : Object.keys(value);
  return [
    ...(path.length > 0 ? [path] : []),
    ...keys.flatMap((key) => paths((value as Record<string, Json>)[key] ?? null, [...path, key])),
  ];
}

function at(value: Json, path: Path): Json | undefined {
  return path.reduce<Json | undefined>(
    (node, key) => (typeof node === 'object' && node !== null ? (node as Record<string, Json>)[key] : undefined),
    value,
  );
}

function plant(root: Json, path: Path, value: Json | undefined): void {
  const parent = at(root, path.slice(0, -1));
  const key = path.at(-1);
  if (typeof parent !== 'object' || parent === null || key === undefined) return;
  if (value === undefined) delete (parent as Record<string, Json>)[key];
  else (parent as Record<string, Json>)[key] = value;
}
