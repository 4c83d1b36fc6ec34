import type { Bundle } from 'fhir/r4.js';
import { isKnownType } from './definitions.ts';
import {
  badRequest,
  FhirRepository,
  getExtraEntries,
  MemoryRepository,
  notFound,
  OperationOutcomeError,
  type SearchRequest,
} from './medplum.ts';
import { ResourceIndex, type Stored } from './resource-index.ts';
import { findMatches, pageLinks } from './search.ts';
import { checkSearch } from './search-request.ts';

type Signature<Name extends keyof MemoryRepository> = MemoryRepository[Name] extends (...args: infer A) => infer R
  ? { readonly args: A; readonly result: R }
  : never;
type MedplumResource = Signature<'createResource'>['args'][0];
type Entries = Parameters<typeof getExtraEntries>[3];
type Undo = () => Promise<unknown>;

/**
 * Medplum's memory repository (versions, patches, If-Match) with what it lacks: searches by index instead of a scan,
 * page links, absolute URLs, a refusal of unknown resource types, and transactions that roll back.
 */
export class IndexedRepository extends MemoryRepository {
  readonly #baseUrl: string;
  readonly #index = new ResourceIndex();
  #undo: Undo[] | undefined;

  constructor(baseUrl: string) {
    super();
    this.#baseUrl = baseUrl;
  }

  /** The stored resource; not to be changed. */
  find(type: string, id: string): Stored | undefined {
    return this.#index.get(type, id);
  }

  override async createResource<T extends MedplumResource>(
    resource: T,
    options?: Signature<'createResource'>['args'][1],
    update?: boolean,
  ): ReturnType<typeof MemoryRepository.prototype.createResource<T>> {
    assertKnownType(resource.resourceType);
    const previous = resource.id === undefined ? undefined : this.find(resource.resourceType, resource.id);
    const created = await super.createResource(resource, options, update);
    this.#index.put(created as Stored);
    this.#undo?.push(() => this.#restore(created.resourceType, created.id, previous));
    return created;
  }

  override async deleteResource(...args: Signature<'deleteResource'>['args']): Promise<void> {
    const [type, id] = args;
    const previous = this.find(type, id);
    await super.deleteResource(...args);
    this.#index.remove(type, id);
    this.#undo?.push(() => this.#restore(type, id, previous));
  }

  override patchResource<T extends MedplumResource>(
    ...args: Parameters<typeof MemoryRepository.prototype.patchResource<T>>
  ): ReturnType<typeof MemoryRepository.prototype.patchResource<T>> {
    const [type, id] = args;
    return this.withTransaction(async () => {
      const patched = await super.patchResource<T>(...args);
      if (patched.resourceType === type && patched.id === id) return patched;
      throw new OperationOutcomeError(badRequest('A patch cannot change the type or the id'));
    });
  }

  async #restore(type: string, id: string, previous: Stored | undefined): Promise<void> {
    if (previous) {
      await this.withSeeding(() => super.createResource(previous as MedplumResource, undefined, true));
      this.#index.put(previous);
    } else {
      await this.expungeResource(type, id);
      this.#index.remove(type, id);
    }
  }

  /** All or nothing. The callback only ever waits for memory, so no other request comes in between. */
  override async withTransaction<R>(callback: (repo: this) => Promise<R>): Promise<R> {
    const outer = this.#undo;
    const undo: Undo[] = [];
    this.#undo = undo;
    try {
      const result = await callback(this);
      outer?.push(...undo);
      return result;
    } catch (error) {
      this.#undo = undefined;
      for (const step of undo.reverse()) await step();
      throw error;
    } finally {
      this.#undo = outer;
    }
  }

  /** The general form, which goes through `createResource`; the memory repository's own would miss the index. */
  override conditionalCreate<T extends MedplumResource>(
    ...args: Parameters<typeof MemoryRepository.prototype.conditionalCreate<T>>
  ): ReturnType<typeof MemoryRepository.prototype.conditionalCreate<T>> {
    return FhirRepository.prototype.conditionalCreate.apply(this, args as never) as ReturnType<
      typeof MemoryRepository.prototype.conditionalCreate<T>
    >;
  }

  override async search<T extends MedplumResource>(
    request: SearchRequest<T>,
  ): ReturnType<typeof MemoryRepository.prototype.search<T>> {
    assertKnownType(request.resourceType);
    const checked = checkSearch(request, this.#baseUrl);
    const { count, offset } = checked;
    const matches = findMatches(this.#index, checked);
    const page = matches.slice(offset, offset + count) as MedplumResource[];
    const fullUrl = (type: string, id: string) => `${this.#baseUrl}/${type}/${id}`;
    const entry: Entries = page.map((resource) => ({
      fullUrl: fullUrl(resource.resourceType, resource.id ?? ''),
      resource,
      search: { mode: 'match' },
    }));
    if (checked.include) await getExtraEntries(this, checked, page, entry, { fullUrl });
    const bundle = {
      resourceType: 'Bundle',
      type: 'searchset',
      total: matches.length,
      link: pageLinks(this.#baseUrl, { ...checked, filters: request.filters ?? [] }, matches.length),
      ...(entry.length > 0 && { entry: entry as NonNullable<Bundle['entry']> }),
    } satisfies Bundle;
    return bundle as unknown as Awaited<ReturnType<typeof MemoryRepository.prototype.search<T>>>;
  }
}

function assertKnownType(type: string): void {
  if (isKnownType(type)) return;
  const issue = { severity: 'error', code: 'not-found', details: { text: `Unknown resource type '${type}'` } } as const;
  throw new OperationOutcomeError({ ...notFound, issue: [issue] });
}
