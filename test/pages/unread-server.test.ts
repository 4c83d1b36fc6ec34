import { answeredText, unreachableText } from '../../src/pages/workbench/browser/unread-server.ts';

const page = { origin: 'http://127.0.0.1:3000', allowed: 'https://fhir.example' };
const server = 'https://fhir.example/r4';

describe('a FHIR server that this page cannot read', () => {
  it('is not reachable or does not allow the page: nobody can tell which, so both are said, with what to do', () => {
    const text = unreachableText(server, page);
    expect(text).toContain('https://fhir.example/r4 could not be read from this browser');
    expect(text).toContain('not reachable');
    expect(text).toContain('CORS');
    expect(text).toContain('http://127.0.0.1:3000');
    expect(text).toContain('untick “Prefetch”');
  });

  it('is not allowed by the page itself when its address does not name it', () => {
    expect(unreachableText(server, { ...page, allowed: null })).toContain('“Use this patient”');
    expect(unreachableText(server, { ...page, allowed: 'https://other.example' })).toContain('“Use this patient”');
  });

  it('of the service is a matter of the service', () => {
    expect(unreachableText('http://127.0.0.1:3000/fhir', page)).toBe(
      'The service does not answer. Check that it runs and allows this page, then call again.',
    );
  });

  it.each([
    [401, 'Patient/1', 'asks for an authorization'],
    [403, 'Patient/1', 'asks for an authorization'],
    [404, 'Patient/1', 'It has no Patient/1'],
    [404, 'Observation?patient=1', 'no FHIR R4 server'],
    [500, 'Observation?patient=1', 'answered 500'],
  ])('that answers %i for %s is told so, without a word of the service', (status, request, words) => {
    const text = answeredText({ server, request, status });
    expect(text).toContain(words);
    expect(text).not.toContain('the service');
    expect(text).not.toContain('patient=1');
  });
});
