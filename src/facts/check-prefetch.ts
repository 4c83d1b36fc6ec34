import type { HookRequest } from '../cds-hooks/request.ts';
import { type Definitions, prefetchKeyOf } from '../definitions/definitions.ts';
import { notR4 } from '../fhir/fhir-version.ts';
import { readPrefetchValue } from '../fhir/prefetch-value.ts';
import { isForPatient } from '../fhir/references.ts';

/** Why nothing of a prefetch can be trusted. */
export interface PrefetchFault {
  readonly reason: string;
  /** As the client names them. */
  readonly keys: readonly string[];
}

/** A prefetch of another patient, under whatever key, or of another FHIR version, under a key that is read. */
export function faultOfPrefetch(request: HookRequest, definitions: Definitions): PrefetchFault | undefined {
  const foreign = foreignPatients(request);
  if (foreign.length > 0) return { reason: 'the prefetch holds another patient', keys: foreign };
  const read = new Set(Object.keys(definitions.service.reads).map((key) => prefetchKeyOf(key, definitions)));
  const found = Object.entries(request.prefetch).flatMap(([key, value]) => {
    const what = read.has(key)
      ? resourcesIn(value)
          .map(notR4)
          .find((one) => one !== undefined)
      : undefined;
    return what === undefined ? [] : [{ key, what }];
  });
  const [first] = found;
  if (first === undefined) return undefined;
  return { reason: `only FHIR R4 is read, and there is ${first.what}`, keys: found.map(({ key }) => key) };
}

/** The keys of the prefetch that hold a Patient who is not the one of the context. */
export function foreignPatients({ prefetch, context }: HookRequest): readonly string[] {
  const isForeign = (resource: { readonly resourceType: string }) =>
    resource.resourceType === 'Patient' && !isForPatient(resource as never, context.patientId);
  return Object.entries(prefetch).flatMap(([key, value]) => (resourcesIn(value).some(isForeign) ? [key] : []));
}

function resourcesIn(value: unknown) {
  const reading = readPrefetchValue(value);
  return reading.sent && reading.result.state === 'found' ? reading.result.resources : [];
}
