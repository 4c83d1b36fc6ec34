import { isRecord, isShortOf, readPage } from './bundle-page.ts';
import { found, type ReadResult, unavailable } from './read-result.ts';

/**
 * One prefetch key, classified. An absent key means "not asked, or could not"; null and an empty Bundle both mean
 * "asked, nothing found".
 *
 * With `next`, the pages after it are all the result lacks: `continuedWith(result, await reader.readOn(next))`.
 * A page that lacks something else as well has no `next`, since reading on could not make it complete.
 */
export type PrefetchReading =
  | { readonly sent: false }
  | { readonly sent: true; readonly result: ReadResult; readonly next?: string };

/** Classifies the value of one prefetch key. Never throws, whatever the client sent. */
export function readPrefetchValue(value: unknown): PrefetchReading {
  if (value === undefined) return { sent: false };
  if (isWrapper(value)) return readWrapper(value);
  return readSentValue(value);
}

function readSentValue(value: unknown): PrefetchReading {
  if (value === null) return sent(found([]));
  const page = readPage(value);
  if ('problem' in page) return sent(unavailable(`prefetch holds ${page.problem}`));
  const { resources, whole, next, entryCount, total } = page;
  if (next === undefined) return sent(found(resources, whole && !isShortOf(total, entryCount)));
  const result = found(resources, false);
  return whole ? { sent: true, result, next } : sent(result);
}

/** Clients of the 2018 drafts send `{ response: { status: '200 OK' }, resource: … }`. */
function isWrapper(value: unknown): value is Record<string, unknown> {
  return isRecord(value) && value.resourceType === undefined && ('resource' in value || 'response' in value);
}

function readWrapper({ response, resource }: Record<string, unknown>): PrefetchReading {
  const status = isRecord(response) ? /^\s*(\d{3})\b/.exec(String(primitive(response.status)))?.[1] : undefined;
  if (status !== undefined && !status.startsWith('2')) return sent(unavailable(`prefetch holds an answer ${status}`));
  return readSentValue(resource);
}

function primitive(value: unknown): string | number {
  return typeof value === 'string' || typeof value === 'number' ? value : '';
}

function sent(result: ReadResult): PrefetchReading {
  return { sent: true, result };
}
