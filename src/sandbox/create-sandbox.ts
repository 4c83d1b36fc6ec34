import { isDeepStrictEqual } from 'node:util';
import type { Router } from 'express';
import type { Bundle, FhirResource, Patient } from 'fhir/r4.js';
import type { PatientCopies } from './patient-copies.ts';
import { daysSinceAuthored, shiftDates } from './shift-dates.ts';

export interface SandboxOptions {
  readonly bundles: readonly Bundle[];
  /** Where the router can be reached from outside (`https://host/fhir`): every link and fullUrl starts with it. */
  readonly baseUrl: string;
  readonly now: Date;
}

export interface Sandbox {
  /** The FHIR R4 API. Mount it at the path of `baseUrl`, ahead of any body parser. */
  readonly router: Router;
  /** Records that may be changed without touching those of the stories. */
  readonly copies: PatientCopies;
  /** The records of the stories are current at this time. */
  readonly movedTo: Date;
  readonly patients: readonly { readonly id: string; readonly name: string }[];
}

/**
 * An embedded FHIR R4 server that holds the given stories, moved in time so that they are current at `now`.
 * A resource that several bundles share must be the same in all of them.
 */
export async function createSandbox({ bundles, baseUrl, now }: SandboxOptions): Promise<Sandbox> {
  const base = baseUrl.replace(/\/+$/, '');
  const resources = distinctResources(bundles.map((bundle) => shiftDates(bundle, daysSinceAuthored(now))));
  // Loaded only here: a process without a sandbox does not pay for Medplum and the definitions.
  const { startFhirServer } = await import('./fhir-server.ts');
  const { router, copies } = await startFhirServer(resources, base, now);
  const patients = resources.filter((resource) => resource.resourceType === 'Patient');
  return {
    router,
    copies,
    movedTo: now,
    patients: patients.map((patient) => ({ id: patient.id ?? '', name: displayName(patient) })),
  };
}

function distinctResources(bundles: readonly Bundle[]): FhirResource[] {
  const all = bundles.flatMap(({ entry = [] }) => entry.flatMap(({ resource }) => resource ?? [])) as FhirResource[];
  const byReference = new Map<string, FhirResource>();
  for (const resource of all) {
    if (resource.id === undefined) throw new Error(`A ${resource.resourceType} in a story has no id`);
    const reference = `${resource.resourceType}/${resource.id}`;
    const known = byReference.get(reference);
    if (known && !isDeepStrictEqual(known, resource)) throw new Error(`Two stories disagree about ${reference}`);
    byReference.set(reference, resource);
  }
  return [...byReference.values()];
}

function displayName({ id = '', name = [] }: Patient): string {
  const official = name.find(({ use }) => use === 'official') ?? name[0];
  return official?.text ?? ([...(official?.given ?? []), official?.family ?? ''].join(' ').trim() || id);
}
