import type { Resource } from 'fhir/r4.js';
import { asArray, codingsOf } from './codeable-concept.ts';

/** One FHIR answer taken apart. `problem` completes the sentence "the server answered with …". */
export type PageReading = Page | { readonly problem: string };

export interface Page {
  readonly resources: readonly Resource[];
  /** False when the page itself says, or shows, that it lacks something; a next link is not a lack. */
  readonly whole: boolean;
  readonly next?: string;
  /** Entries in the Bundle, outcomes included, to hold against `total`. */
  readonly entryCount: number;
  readonly total?: number;
}

/** Reads any JSON value as one page: a resource, or a Bundle with its entries. Never throws; follows nothing. */
export function readPage(value: unknown): PageReading {
  if (!isResource(value)) return { problem: 'something that is not a FHIR resource' };
  if (value.resourceType === 'OperationOutcome') return { problem: 'an OperationOutcome' };
  if (value.resourceType !== 'Bundle') return { resources: [withoutOddId(value)], whole: true, entryCount: 1 };
  return readBundle(value);
}

/** An id that is no text is none: it would be compared, sorted and printed as if it were one. */
function withoutOddId(resource: Resource & Record<string, unknown>): Resource {
  const { id, ...others } = resource;
  return id === undefined || typeof id === 'string' ? resource : others;
}

/** A Bundle that counts more matches than were seen, without saying where the others are, is not the whole answer. */
export function isShortOf(total: number | undefined, entryCount: number): boolean {
  return total !== undefined && entryCount < total;
}

function readBundle(bundle: Resource & Record<string, unknown>): PageReading {
  const total = typeof bundle.total === 'number' ? bundle.total : undefined;
  const resources: Resource[] = [];
  const entries = asArray(bundle.entry);
  let failed = false;
  let whole = true;
  for (const entry of entries) {
    const resource = isRecord(entry) ? entry.resource : undefined;
    if (!isResource(resource) || resource.resourceType === 'Bundle') {
      whole = false; // An entry without a resource, or a Bundle in a Bundle: something is there that is not read.
    } else if (resource.resourceType === 'OperationOutcome') {
      const meaning = meaningOfOutcome(resource, total);
      failed ||= meaning === 'failed';
      whole &&= meaning === 'nothing lacks';
    } else {
      resources.push(withoutOddId(resource));
    }
  }
  if (failed && resources.length === 0) return { problem: 'an error instead of results' };
  const link = nextLink(bundle);
  const page = { resources, whole: whole && link !== 'unusable', entryCount: entries.length };
  return {
    ...page,
    ...(total !== undefined && { total }),
    ...(link !== undefined && link !== 'unusable' && { next: link.url }),
  };
}

type OutcomeMeaning = 'nothing lacks' | 'something lacks' | 'failed';

/** FHIR issue types which say that data were held back, whatever their severity (Epic sends them as warnings). */
const WITHHOLDING_ISSUES: ReadonlySet<unknown> = new Set([
  ...['security', 'login', 'unknown', 'expired', 'forbidden', 'suppressed'],
  ...[
    'too-long',
    'too-costly',
    'exception',
    'timeout',
    'incomplete',
    'throttled',
    'transient',
    'lock-error',
    'no-store',
  ],
]);

/** Epic's "Resource request returns no results", an entry of empty searches. */
const EPIC_NO_RESULTS = '4101';

function meaningOfOutcome(outcome: Record<string, unknown>, total: number | undefined): OutcomeMeaning {
  const meanings = asArray(outcome.issue).map((issue) => meaningOfIssue(issue, total));
  if (meanings.includes('failed')) return 'failed';
  return meanings.length === 0 || meanings.includes('something lacks') ? 'something lacks' : 'nothing lacks';
}

function meaningOfIssue(issue: unknown, total: number | undefined): OutcomeMeaning {
  if (!isRecord(issue)) return 'something lacks';
  if (total === 0 && codingsOf(issue.details).some(({ code }) => code === EPIC_NO_RESULTS)) return 'nothing lacks';
  if (issue.severity === 'error' || issue.severity === 'fatal') return 'failed';
  if (WITHHOLDING_ISSUES.has(issue.code)) return 'something lacks';
  return issue.severity === 'warning' || issue.severity === 'information' ? 'nothing lacks' : 'something lacks';
}

function nextLink(bundle: Record<string, unknown>): { readonly url: string } | 'unusable' | undefined {
  const link = asArray(bundle.link).find((candidate) => isRecord(candidate) && candidate.relation === 'next');
  if (!isRecord(link)) return undefined;
  return typeof link.url === 'string' && link.url !== '' ? { url: link.url } : 'unusable';
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isResource(value: unknown): value is Resource & Record<string, unknown> {
  return isRecord(value) && typeof value.resourceType === 'string' && value.resourceType !== '';
}
