import type { Bundle, CodeableConcept, FhirResource } from 'fhir/r4.js';
import { dayOf } from './read-record.ts';

/** The templates that the service advertises, by key. */
export type Templates = Readonly<Record<string, string>>;

/** Answers each template, as a client does before it calls. */
export async function fillPrefetch(
  templates: Templates,
  patientId: string,
  answer: (request: string) => Promise<unknown>,
): Promise<Readonly<Record<string, unknown>>> {
  const filled = Object.entries(templates).map(async ([key, template]) => {
    const request = template.replaceAll('{{context.patientId}}', encodeURIComponent(patientId));
    return [key, await answer(request)] as const;
  });
  return Object.fromEntries(await Promise.all(filled));
}

/**
 * Answers one read or search from a record in memory: by patient, code and status, newest first.
 *
 * @throws Error for a parameter that it does not know: a search must never be answered with too much
 */
export function answerFromRecord(request: string, resources: readonly FhirResource[]): unknown {
  const [path = '', query = ''] = request.split('?');
  const [type, id] = path.split('/');
  const ofType = resources.filter(({ resourceType }) => resourceType === type);
  if (id !== undefined) return ofType.find((resource) => resource.id === decodeURIComponent(id)) ?? null;
  const found = [...new URLSearchParams(query)].reduce<readonly FhirResource[]>(
    (left, [parameter, value]) => left.filter((resource) => meets(resource, parameter, value)),
    ofType,
  );
  const newestFirst = [...found].sort((a, b) => dayOf(b).localeCompare(dayOf(a)));
  const bundle: Bundle = {
    resourceType: 'Bundle',
    type: 'searchset',
    total: found.length,
    entry: newestFirst.map((resource) => ({ resource })),
  };
  return bundle;
}

function meets(resource: FhirResource, parameter: string, value: string): boolean {
  const { subject, patient, individual, status, code } = resource as {
    subject?: { reference?: string };
    patient?: { reference?: string };
    individual?: { reference?: string };
    status?: string;
    code?: CodeableConcept;
  };
  switch (parameter) {
    case 'patient':
      return [subject, patient, individual].some((one) => one?.reference === `Patient/${value}`);
    case 'status':
      return status === value;
    case 'code':
      return code?.coding?.some((coding) => value.split(',').includes(coding.code ?? '')) === true;
    case '_sort':
    case '_count':
      return true;
    default:
      throw new Error(`The record cannot be searched by ${parameter}`);
  }
}
