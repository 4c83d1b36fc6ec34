import type { FhirResource } from 'fhir/r4.js';

/** A stored resource: it has an id. */
export type Stored = FhirResource & { readonly id: string };

/**
 * The stored resources, findable by type and by what they refer to. Any literal reference anywhere in a resource
 * counts, so the resources of a patient are a superset of what `patient=` asks for; the matcher does the rest.
 */
export class ResourceIndex {
  readonly #byType = new Map<string, Map<string, Stored>>();
  readonly #byReference = new Map<string, Set<string>>();

  get(type: string, id: string): Stored | undefined {
    return this.#byType.get(type)?.get(id);
  }

  all(type: string): Stored[] {
    return [...(this.#byType.get(type)?.values() ?? [])];
  }

  /** The resources of a type that refer to at least one of `references` ('Patient/1'). */
  referringTo(type: string, references: readonly string[]): Stored[] {
    const keys = new Set(references.flatMap((reference) => [...(this.#byReference.get(reference) ?? [])]));
    return [...keys].flatMap((key) => {
      const [ofType = '', id = ''] = key.split('/');
      return ofType === type ? (this.get(type, id) ?? []) : [];
    });
  }

  put(resource: Stored): void {
    const { resourceType: type, id } = resource;
    this.remove(type, id);
    const ofType = this.#byType.get(type) ?? new Map<string, Stored>();
    this.#byType.set(type, ofType.set(id, resource));
    for (const reference of referencesIn(resource)) {
      const keys = this.#byReference.get(reference) ?? new Set<string>();
      this.#byReference.set(reference, keys.add(`${type}/${id}`));
    }
  }

  remove(type: string, id: string): void {
    const resource = this.get(type, id);
    if (!resource) return;
    this.#byType.get(type)?.delete(id);
    for (const reference of referencesIn(resource)) {
      const keys = this.#byReference.get(reference);
      keys?.delete(`${type}/${id}`);
      if (keys?.size === 0) this.#byReference.delete(reference);
    }
  }
}

function referencesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    key === 'reference' && typeof child === 'string' ? [child] : referencesIn(child),
  );
}
