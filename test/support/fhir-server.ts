import nock from 'nock';
import './network.ts';

export const FHIR_BASE = 'https://fhir.example.org/r4';

export interface FhirServer {
  readonly baseUrl: string;
  /** Expects one GET of a request relative to the base ('Condition?patient=1') that carries no token. */
  get(request: string): nock.Interceptor;
  /** Expects one GET that carries this token. */
  getWithToken(request: string, token: string): nock.Interceptor;
}

/**
 * A FHIR server that exists only in the tests of one file. After each test, a request that nobody expected and an
 * expectation that nobody met both fail it; so a test that expects nothing from an origin proves it was never asked.
 */
export function useFhirServer(baseUrl: string = FHIR_BASE): FhirServer {
  const { origin, pathname } = new URL(baseUrl);
  const unexpected: string[] = [];
  const note = ({ method, host, path }: { method?: string; host?: string; path?: string }) => {
    unexpected.push(`${method ?? 'GET'} ${host ?? origin}${path ?? ''}`);
  };

  beforeEach(() => {
    unexpected.length = 0;
    nock.emitter.on('no match', note);
  });

  afterEach(() => {
    nock.emitter.off('no match', note);
    const unused = nock.pendingMocks();
    nock.abortPendingRequests();
    nock.cleanAll();
    const faults = [
      ...unexpected.map((request) => `a request that no mock expected (path or headers): ${request}`),
      ...unused.map((mock) => `a mock that no request used: ${mock}`),
    ];
    if (faults.length > 0) throw new Error(`The FHIR server of this test saw\n  ${faults.join('\n  ')}`);
  });

  const expectGet = (request: string, token: string | undefined) =>
    nock(origin, token === undefined ? { badheaders: ['authorization'] } : {})
      .get(request.startsWith('?') ? `${pathname}${request}` : `${pathname}/${request}`)
      .matchHeader('accept', 'application/fhir+json')
      .matchHeader('authorization', (value) => token === undefined || String(value) === `Bearer ${token}`);

  return {
    baseUrl,
    get: (request) => expectGet(request, undefined),
    getWithToken: (request, token) => expectGet(request, token),
  };
}

/** A searchset with these resources and, if given, the link to the next page. */
export function searchset(resources: readonly object[], next?: string) {
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    ...(next !== undefined && { link: [{ relation: 'next', url: next }] }),
    entry: resources.map((resource) => ({ resource, search: { mode: 'match' } })),
  };
}
