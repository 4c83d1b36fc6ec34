import fc from 'fast-check';
import type { Resource } from 'fhir/r4.js';
import { isForPatient, parseReference, referenceId, sameReference } from '../../src/fhir/references.ts';

const longId = `e${'aB-.3'.repeat(40)}`;

describe('parsing a reference', () => {
  it.each([
    ['Patient/1', 'Patient', '1'],
    ['/Patient/1/', 'Patient', '1'],
    ['Patient/1/_history/3', 'Patient', '1'],
    ['https://fhir.example.org/r4/Patient/1', 'Patient', '1'],
    ['http://fhir.example.org:8080/Patient/1/_history/3', 'Patient', '1'],
    ['urn:uuid:3f7c0a2e-0000-4000-8000-000000000001', '', '3f7c0a2e-0000-4000-8000-000000000001'],
    ['urn:oid:1.2.3', '', '1.2.3'],
    ['1', '', '1'],
    [`Patient/${longId}`, 'Patient', longId],
  ])('reads %s', (reference, type, id) => {
    expect(parseReference(reference)).toEqual({ type, id });
    expect(referenceId(reference)).toBe(id);
  });

  it.each([
    ...[
      undefined,
      '',
      ' ',
      '/',
      '#m1',
      'Patient?identifier=x|1',
      'https://fhir.example.org',
      'https://fhir.example.org/1',
    ],
    ...['patient/1', 'mailto:x@example.org', 'urn:uuid:'],
  ])('finds nothing in %j', (reference) => {
    expect(parseReference(reference)).toBeUndefined();
  });

  it('does not throw, whatever stands there', () => {
    fc.assert(fc.property(fc.anything(), (junk) => void parseReference(junk as string)));
    fc.assert(fc.property(fc.webUrl(), (url) => void parseReference(url)));
  });
});

describe('the same reference', () => {
  const forms = ['Patient/a1', 'https://fhir.example.org/r4/Patient/a1', 'urn:uuid:a1', 'a1', 'Patient/a1/_history/2'];
  it('may be written relative, absolute, as a URN, bare or with a version', () => {
    for (const a of forms) for (const b of forms) expect([a, b, sameReference(a, b)]).toEqual([a, b, true]);
  });

  it.each([
    ['Patient/1', 'Patient/2'],
    ['Patient/1', 'Group/1'],
    ['Patient/1', 'Patient/11'],
    ['Patient/1', undefined],
    [undefined, undefined],
    ['#1', '#1'],
  ])('is not %s and %s', (a, b) => {
    expect(sameReference(a, b)).toBe(false);
  });
});

describe('whose resource it is', () => {
  const of = (resourceType: string, more: object = {}) => ({ resourceType, ...more }) as Resource;
  const reference = (text: string) => ({ reference: text });

  it.each([
    of('Patient', { id: '1' }),
    of('Condition', { subject: reference('Patient/1') }),
    of('Condition', { subject: reference('https://fhir.example.org/r4/Patient/1') }),
    of('Condition', { subject: reference('urn:uuid:1') }),
    of('Consent', { patient: reference('Patient/1') }),
    of('ResearchSubject', { individual: reference('Patient/1'), study: reference('ResearchStudy/9') }),
    of('Appointment', { participant: [{ actor: reference('Practitioner/7') }, { actor: reference('Patient/1') }] }),
    of('Appointment', { participant: { actor: reference('Patient/1') } }),
    of('Medication'),
    of('ResearchStudy'),
    of('Practitioner'),
    of('Organization'),
    of('OperationOutcome'),
  ])('is that patient’s: %j', (resource) => {
    expect(isForPatient(resource, '1')).toBe(true);
    expect(isForPatient(resource, 'Patient/1')).toBe(true);
  });

  it.each([
    of('Patient', { id: '2' }),
    of('Patient'),
    of('Condition', { subject: reference('Patient/2') }),
    of('Condition', { subject: reference('Group/1') }),
    of('Condition', { subject: reference('#1') }),
    of('Condition', { subject: { display: 'somebody' } }),
    of('Condition', { subject: [null, 4, { reference: 5 }] }),
    of('Condition', { subject: reference('Patient/1'), patient: reference('Patient/2') }),
    of('Condition'),
    of('Appointment', { participant: [{ actor: reference('Patient/2') }, null, 'x'] }),
    of('Medication', { subject: reference('Patient/2') }),
  ])('is not: %j', (resource) => {
    expect(isForPatient(resource, '1')).toBe(false);
  });
});
