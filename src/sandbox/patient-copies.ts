import type { Bundle, FhirResource } from 'fhir/r4.js';
import type { IndexedRepository } from './indexed-repository.ts';

/** What a copied record lacks to be one. */
export class CopyError extends Error {
  readonly code = 'ERR_COPY';
}

export interface PatientCopies {
  /**
   * Puts a record on the server under ids of its own, so that it can be changed without touching any other.
   *
   * @returns the id of the copied patient
   * @throws CopyError
   */
  add(record: Bundle): Promise<string>;
}

const mostResources = 1000;

/** Keeps the newest `most` copies; older ones are taken off the server. */
export function createPatientCopies(repository: IndexedRepository, newId: () => string, most = 20): PatientCopies {
  const copies: (readonly FhirResource[])[] = [];
  return {
    async add(record) {
      const patientId = `copy-${newId().replaceAll('-', '').slice(0, 12)}`;
      const resources = renamed(resourcesOf(record), patientId);
      await repository.withTransaction(async () => {
        for (const resource of resources) await repository.updateResource(resource as never);
      });
      copies.push(resources);
      if (copies.length > most) await remove(copies.shift() ?? [], repository);
      return patientId;
    },
  };
}

async function remove(resources: readonly FhirResource[], repository: IndexedRepository): Promise<void> {
  for (const { resourceType, id = '' } of resources) {
    if (repository.find(resourceType, id) === undefined) continue;
    await repository.deleteResource(resourceType, id);
    await repository.expungeResource(resourceType, id);
  }
}

function resourcesOf({ entry = [] }: Bundle): readonly FhirResource[] {
  if (!Array.isArray(entry) || entry.length > mostResources) throw new CopyError('The record is no list, or too long');
  const resources = entry.flatMap(({ resource }) => resource ?? []) as FhirResource[];
  const faulty = resources.some(({ resourceType, id }) => typeof resourceType !== 'string' || typeof id !== 'string');
  if (faulty) throw new CopyError('Every resource needs a type and an id');
  const patients = resources.filter(({ resourceType }) => resourceType === 'Patient');
  if (patients.length !== 1) throw new CopyError('A record has exactly one Patient');
  return resources;
}

function renamed(resources: readonly FhirResource[], patientId: string): readonly FhirResource[] {
  const references = new Map<string, string>();
  const named = resources.map((resource, index) => {
    const id = resource.resourceType === 'Patient' ? patientId : `${patientId}-${index}`;
    references.set(`${resource.resourceType}/${resource.id}`, `${resource.resourceType}/${id}`);
    return { ...resource, id };
  });
  return named.map((resource) => rewritten(resource, references) as FhirResource);
}

/** Every reference to a resource of the record leads to its copy. */
function rewritten(value: unknown, references: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((one) => rewritten(one, references));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, child]) => {
    const known = key === 'reference' && typeof child === 'string' ? references.get(child) : undefined;
    return [key, known ?? rewritten(child, references)];
  });
  return Object.fromEntries(entries);
}
