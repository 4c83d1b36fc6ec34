import { unreadAdvice } from '../../src/pages/workbench/browser/failure.ts';

const body = { hook: 'order-select', hookInstance: 'one', context: {} };

describe('what to do about a record that the service could not read', () => {
  it('is to send something, where nothing was sent', () => {
    const advice = unreadAdvice(body, undefined);
    expect(advice).toContain('Nothing of the record was sent');
    expect(advice).toContain('“Prefetch”');
    expect(advice).toContain('“Access to the FHIR server”');
  });

  it('is to allow the server, or to send the prefetch, where the service may not read the server', () => {
    const advice = unreadAdvice({ ...body, fhirServer: 'https://fhir.example/r4' }, 'the FHIR server is not allowed');
    expect(advice).toContain('https://fhir.example/r4');
    expect(advice).toContain('FHIR_ALLOWED_ORIGINS');
    expect(advice).toContain('“Prefetch”');
  });

  it('is left to what the service says, where it has read', () => {
    expect(unreadAdvice({ ...body, prefetch: {} }, undefined)).toBeUndefined();
    expect(unreadAdvice({ ...body, fhirServer: 'https://fhir.example' }, undefined)).toBeUndefined();
  });
});
