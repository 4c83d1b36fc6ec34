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
  const parameters = [...new URLSearchParams(query)];
  const unknown = parameters.find(([parameter]) => !(parameter in searches));
  if (unknown !== undefined) throw new Error(`The record cannot be searched by ${unknown[0]}`);
  const found = parameters.reduce<readonly FhirResource[]>(
    (left, [parameter, value]) => left.filter((resource) => searches[parameter]?.(resource as Searched, value)),
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

interface Searched {
  readonly subject?: { readonly reference?: string };
  readonly individual?: { readonly reference?: string };
  readonly patient?: { readonly reference?: string };
  readonly status?: string;
  readonly code?: CodeableConcept;
}

type Meets = (resource: Searched, value: string) => boolean;

/** The parameters that templates use. */
const searches: Readonly<Record<string, Meets>> = {
  patient: ({ subject, patient, individual }, value) =>
    [subject, patient, individual].some((one) => one?.reference === `Patient/${value}`),
  status: ({ status }, value) => status === value,
  code: ({ code }, value) => code?.coding?.some((coding) => value.split(',').includes(coding.code ?? '')) === true,
  _sort: () => true,
  _count: () => true,
};
