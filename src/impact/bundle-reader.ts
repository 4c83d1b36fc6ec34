import type { Resource } from 'fhir/r4.js';
import type { FhirReader } from '../fhir/fhir-reader.ts';
import { found, type ReadResult, unavailable } from '../fhir/read-result.ts';

type Searched = Resource & {
  readonly status?: string;
  readonly code?: { readonly coding?: readonly { readonly code?: string }[] };
  readonly effectiveDateTime?: string;
  readonly start?: string;
};

/**
 * A FHIR server that holds these resources and nothing else: reading by id, searching by type, code, status and first
 * day, newest first. Parameters it does not know narrow nothing, which both revisions then see alike.
 */
export function bundleReader(resources: readonly Resource[]): FhirReader {
  const answers = new Map<string, ReadResult>();
  const read = async (request: string) => {
    const answer = answers.get(request) ?? answerTo(request, resources);
    answers.set(request, answer);
    return answer;
  };
  return { read, readOn: async () => unavailable('there are no further pages') };
}

function answerTo(request: string, resources: readonly Resource[]): ReadResult {
  const [path = '', query = ''] = request.split('?', 2);
  const [type, id] = path.split('/');
  const ofType = resources.filter(({ resourceType }) => resourceType === type);
  if (id !== undefined) {
    const one = ofType.find((resource) => resource.id === decodeURIComponent(id));
    return one ? found([one]) : unavailable('not found');
  }
  const parameters = [...new URLSearchParams(query)];
  const left = ofType.filter((resource) => parameters.every(([name, value]) => meets(resource, name, value)));
  return found([...left].sort((a, b) => dayOf(b).localeCompare(dayOf(a))));
}

function meets(resource: Searched, parameter: string, value: string): boolean {
  switch (parameter) {
    case 'status':
      return value.split(',').includes(resource.status ?? '');
    case 'code':
      return (resource.code?.coding ?? []).some(({ code }) => value.split(',').includes(code ?? ''));
    case 'date':
    case 'effective-time':
      return dayOf(resource) >= value.replace(/^ge/, '');
    default:
      return true;
  }
}

function dayOf({ effectiveDateTime, start }: Searched): string {
  return effectiveDateTime ?? start ?? '';
}
