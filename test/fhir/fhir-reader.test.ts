import { noReader } from '../../src/fhir/fhir-reader.ts';

describe('a call that names no FHIR server', () => {
  it('can read nothing, and says so', async () => {
    const nothing = { state: 'unavailable', reason: 'no FHIR server given', asked: false };
    expect(await noReader.read('Patient/1')).toEqual(nothing);
    expect(await noReader.readOn('https://fhir.example.org/r4?page=2')).toEqual(nothing);
  });
});
