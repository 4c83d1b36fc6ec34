import { randomUUID } from 'node:crypto';
import type { Router } from 'express';
import type { FhirResource } from 'fhir/r4.js';
import { capabilityStatement } from './capability-statement.ts';
import { loadDefinitions } from './definitions.ts';
import { createFhirRouter } from './fhir-router.ts';
import { IndexedRepository } from './indexed-repository.ts';
import { createPatientCopies, type PatientCopies } from './patient-copies.ts';

export interface FhirServer {
  readonly router: Router;
  readonly copies: PatientCopies;
}

/** A FHIR server that holds `resources` as their first version, last updated `now` where they do not say. */
export async function startFhirServer(
  resources: readonly FhirResource[],
  baseUrl: string,
  now: Date,
): Promise<FhirServer> {
  await loadDefinitions();
  const repository = new IndexedRepository(baseUrl);
  await repository.withSeeding(async () => {
    for (const resource of resources) {
      const meta = { versionId: '1', lastUpdated: now.toISOString(), ...resource.meta };
      await repository.createResource({ ...resource, meta } as Parameters<typeof repository.createResource>[0]);
    }
  });
  const router = createFhirRouter({ repository, baseUrl, capabilities: capabilityStatement(baseUrl, now) });
  return { router, copies: createPatientCopies(repository, randomUUID) };
}
