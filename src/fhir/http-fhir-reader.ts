import type { Transport } from '../outbound/transport.ts';
import { createBoundedClient, FhirReadError } from './bounded-client.ts';
import { type Page, readPage } from './bundle-page.ts';
import { limitConcurrency } from './concurrency.ts';
import { parseFhirBase, urlUnderBase } from './fhir-base.ts';
import { type FhirReader, unavailableReader } from './fhir-reader.ts';
import { readPages } from './paging.ts';
import { found, type ReadResult, unavailable } from './read-result.ts';

export interface HttpFhirReaderOptions {
  /** An allowed server; whether it is allowed was decided before. */
  readonly baseUrl: string;
  readonly transport: Transport;
  readonly accessToken?: string | undefined;
  /** Told when the server does not take the token. */
  readonly onRefusedToken?: () => void;
  /** The deadline of the call. Once it fires, every pending read is `unavailable` and nothing more is sent. */
  readonly signal: AbortSignal;
  /** Most pages read for one request. */
  readonly maxPages?: number;
  /** Longest answer accepted for one page [bytes]. */
  readonly maxBytes?: number;
  /** Most requests in flight at once. */
  readonly maxConcurrent?: number;
}

const MEBIBYTE = 1024 * 1024;
const timedOut = unavailable('timed out');

/** What a resource refers to may be gone: asked for by id, "not found" is an answer. Of a patient's data it is a failure. */
const INSTANCE_THAT_MAY_BE_GONE = /^\/*(Medication|ResearchStudy)\/[^/?_$][^/?]*(\?|$)/;

/** Reads from a FHIR R4 server over HTTP: GET only, no redirects, the token only to URLs under the base. */
export function createHttpFhirReader(options: HttpFhirReaderOptions): FhirReader {
  const {
    baseUrl,
    transport,
    accessToken,
    onRefusedToken,
    signal,
    maxPages = 10,
    maxBytes = 5 * MEBIBYTE,
    maxConcurrent = 6,
  } = options;
  const base = parseFhirBase(baseUrl);
  if (base === undefined) return unavailableReader('FHIR server address is not usable');

  const client = createBoundedClient({ base, transport, accessToken, onRefusedToken, signal, maxBytes });
  const inTurn = limitConcurrency(maxConcurrent);
  const deadline = new Promise<ReadResult>((resolve) => {
    signal.addEventListener('abort', () => resolve(timedOut), { once: true });
  });
  const follow = (link: string) => urlUnderBase(link, base);
  const fetchPage = async (url: string) => pageOrThrow(await inTurn(() => client.request(url)));

  const readAll = async (link: string, whenGone: ReadResult | undefined): Promise<ReadResult> => {
    const url = follow(link);
    if (url === undefined) return unavailable('request leads away from the FHIR base URL');
    if (signal.aborted) return timedOut;
    const pages = readPages(url, { fetchPage, follow, maxPages }).catch((error) => whatItMeans(error, whenGone));
    const result = await Promise.race([pages, deadline]);
    return signal.aborted ? timedOut : result;
  };

  return {
    read: (request) => {
      const whenGone = INSTANCE_THAT_MAY_BE_GONE.test(request) ? found([]) : undefined;
      return readAll(request.replace(/^\/+/, ''), whenGone);
    },
    readOn: (next) => readAll(next, undefined),
  };
}

function pageOrThrow(answer: unknown): Page {
  const page = readPage(answer);
  if ('problem' in page) throw new FhirReadError(`FHIR server answered with ${page.problem}`);
  return page;
}

function whatItMeans(error: unknown, whenGone: ReadResult | undefined): ReadResult {
  if (!(error instanceof FhirReadError)) return unavailable('FHIR server could not be read');
  const gone = error.status === 404 || error.status === 410;
  return gone && whenGone ? whenGone : unavailable(error.message);
}
