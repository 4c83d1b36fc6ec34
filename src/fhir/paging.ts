import type { Resource } from 'fhir/r4.js';
import { isShortOf, type Page } from './bundle-page.ts';
import { type FoundResult, found } from './read-result.ts';

export interface Paging {
  /** Fetches and reads one page; throws if that fails. */
  readonly fetchPage: (url: string) => Promise<Page>;
  /** The absolute URL of a next link, or undefined if it must not be followed. */
  readonly follow: (next: string) => string | undefined;
  readonly maxPages: number;
}

/**
 * Reads a page and all pages after it. Throws if the first cannot be read; if a later one cannot be read, or its link
 * is foreign, was followed before or is one too many, what was found so far stands, incomplete.
 */
export async function readPages(first: string, { fetchPage, follow, maxPages }: Paging): Promise<FoundResult> {
  const resources: Resource[] = [];
  const seen = new Set<string>();
  let entryCount = 0;
  let total: number | undefined;
  let whole = true;

  for (let url: string | undefined = first; url !== undefined && seen.size < maxPages && !seen.has(url); ) {
    const page: Page | undefined = seen.size === 0 ? await fetchPage(url) : await fetchPage(url).catch(() => undefined);
    if (page === undefined) break;
    seen.add(url);
    resources.push(...page.resources);
    entryCount += page.entryCount;
    total ??= page.total;
    whole &&= page.whole;
    if (page.next === undefined) return found(resources, whole && !isShortOf(total, entryCount));
    url = follow(page.next);
  }
  return found(resources, false);
}
