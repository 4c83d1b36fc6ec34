import { createHttpFhirReader, type HttpFhirReaderOptions } from '../../src/fhir/http-fhir-reader.ts';
import { FHIR_BASE, searchset, useFhirServer } from '../support/fhir-server.ts';
import { openTestTransport } from '../support/transport.ts';

const transport = openTestTransport();

const server = useFhirServer();
const condition = (id: string) => ({ resourceType: 'Condition', id });
const firstPage = 'Condition?patient=1';
const pageUrl = (page: number | string) => `${FHIR_BASE}/Condition?page=${page}`;

function reader(options: Partial<HttpFhirReaderOptions> = {}) {
  return createHttpFhirReader({
    transport,
    baseUrl: server.baseUrl,
    accessToken: 'secret',
    signal: new AbortController().signal,
    ...options,
  });
}

const expectPage = (request: string) => server.getWithToken(request, 'secret');

describe('paging', () => {
  it('reads all pages, in their order', async () => {
    expectPage(firstPage).reply(200, searchset([condition('a')], pageUrl(2)));
    expectPage('Condition?page=2').reply(200, searchset([condition('b')], pageUrl(3)));
    expectPage('Condition?page=3').reply(200, searchset([condition('c')]));
    const result = await reader().read(firstPage);
    expect(result).toEqual({ state: 'found', resources: ['a', 'b', 'c'].map(condition), complete: true });
  });

  it('Q6: goes on from the next link of a prefetched page', async () => {
    expectPage('Condition?page=2').reply(200, searchset([condition('b')], pageUrl(3)));
    expectPage('Condition?page=3').reply(200, searchset([condition('c')]));
    const result = await reader().readOn(pageUrl(2));
    expect(result).toEqual({ state: 'found', resources: ['b', 'c'].map(condition), complete: true });
  });

  it('understands a relative next link', async () => {
    expectPage(firstPage).reply(200, searchset([condition('a')], 'Condition?page=2'));
    expectPage('Condition?page=2').reply(200, searchset([condition('b')]));
    expect(await reader().read(firstPage)).toMatchObject({ state: 'found', complete: true });
  });

  it.each([
    ['another host', 'https://elsewhere.example/r4/Condition?page=2'],
    ['another port of the same host', 'https://fhir.example.org:8443/r4/Condition?page=2'],
    ['plain http', 'http://fhir.example.org/r4/Condition?page=2'],
    ['another tenant of the same server', 'https://fhir.example.org/other/Condition?page=2'],
    ['a path that only starts like the base', 'https://fhir.example.org/r4-other/Condition?page=2'],
    ['a path that climbs out of the base', `${FHIR_BASE}/../other/Condition?page=2`],
    ['something that is not a URL', 'https://'],
  ])('A7: does not follow a next link to %s; what was found stands', async (_, next) => {
    expectPage(firstPage).reply(200, searchset([condition('a')], next));
    expect(await reader().read(firstPage)).toEqual({ state: 'found', resources: [condition('a')], complete: false });
  });

  it('stops at the page limit when paging has no end', async () => {
    expectPage(firstPage).reply(200, searchset([condition('1')], pageUrl(2)));
    for (const page of [2, 3]) {
      expectPage(`Condition?page=${page}`).reply(200, searchset([condition(String(page))], pageUrl(page + 1)));
    }
    const result = await reader({ maxPages: 3 }).read(firstPage);
    expect(result).toEqual({ state: 'found', resources: ['1', '2', '3'].map(condition), complete: false });
  });

  it('stops when the pages go round in a circle', async () => {
    expectPage(firstPage).reply(200, searchset([condition('a')], pageUrl(2)));
    expectPage('Condition?page=2').reply(200, searchset([condition('b')], `${FHIR_BASE}/${firstPage}`));
    const result = await reader().read(firstPage);
    expect(result).toEqual({ state: 'found', resources: ['a', 'b'].map(condition), complete: false });
  });

  it.each([
    ['fails', 500, '{}'],
    ['is an HTML page', 200, '<html>'],
    ['is an OperationOutcome', 200, '{"resourceType":"OperationOutcome"}'],
  ])('keeps the first page when the second %s', async (_, status, body) => {
    expectPage(firstPage).reply(200, searchset([condition('a')], pageUrl(2)));
    expectPage('Condition?page=2').reply(status, body);
    expect(await reader().read(firstPage)).toEqual({ state: 'found', resources: [condition('a')], complete: false });
  });

  it('is not complete when the server counts more than it gave', async () => {
    expectPage(firstPage).reply(200, { ...searchset([condition('a')], pageUrl(2)), total: 3 });
    expectPage('Condition?page=2').reply(200, { ...searchset([condition('b')]), total: 3 });
    expect(await reader().read(firstPage)).toMatchObject({ resources: [{}, {}], complete: false });
  });
});
