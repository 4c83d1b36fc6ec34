import { found, type ReadResult } from '../../src/fhir/read-result.ts';
import { type Coverage, coverageOf, scopedReader, type TokenScope } from '../../src/fhir/scopes.ts';

const search = 'Condition?patient=1';
const byId = 'Patient/1';

const coverage = (scope: string | undefined, request: string, patient?: string) =>
  coverageOf({ scope, patient }, request, '1');

describe('the scopes of a token', () => {
  it.each<[string, string, Coverage]>([
    // SMART v1.
    ['patient/Condition.read', search, 'covered'],
    ['patient/*.read', search, 'covered'],
    ['patient/*.*', byId, 'covered'],
    ['user/Condition.read', search, 'covered'],
    ['system/Condition.*', search, 'covered'],
    ['patient/Condition.write', search, 'not-covered'],
    ['patient/Observation.read', search, 'not-covered'],
    ['patient/Patient.read', byId, 'covered'],
    // SMART v2.
    ['patient/Condition.rs', search, 'covered'],
    ['patient/Condition.s', search, 'covered'],
    ['patient/Condition.r', search, 'not-covered'],
    ['patient/Patient.r', byId, 'covered'],
    ['patient/Patient.s', byId, 'not-covered'],
    ['user/*.cruds', search, 'covered'],
    ['system/*.rs', byId, 'covered'],
    ['patient/Condition.cud', search, 'not-covered'],
    ['patient/Condition.c', search, 'not-covered'],
    // Several.
    ['launch openid patient/Patient.r patient/Condition.rs', search, 'covered'],
    ['patient/Patient.r  patient/Observation.rs', search, 'not-covered'],
    ['patient/Condition.c patient/Condition.rs', search, 'covered'],
    // Restricted by a query.
    ['patient/Condition.rs?category=http://x|problem-list-item', search, 'partly'],
    ['patient/Condition.rs?category=a patient/Condition.rs?category=b', search, 'partly'],
    ['patient/Condition.rs?category=a user/Condition.rs', search, 'covered'],
    ['patient/Observation.rs?category=a', search, 'not-covered'],
    // Nothing that can be understood.
    ['', search, 'unknown'],
    ['   ', search, 'unknown'],
    ['launch openid fhirUser offline_access', search, 'unknown'],
    ['s', search, 'unknown'],
    ['patient/Observation.Read', search, 'unknown'],
    ['patient/Observation.rs patient/Condition.reads', search, 'unknown'],
    ['patient/Condition.sr', search, 'unknown'],
    ['patient/Condition.', search, 'unknown'],
    ['patient/condition.read', search, 'unknown'],
    ['patient/Observation.read user/Condition', search, 'unknown'],
    // As Epic writes them.
    ['patient/Observation.read (Labs) patient/Condition.read (Problems)', search, 'covered'],
    ['Observation.Read (Labs) (R4)', search, 'unknown'],
  ])('A4: %p: %s is %s', (scope, request, expected) => {
    expect(coverage(scope, request)).toBe(expected);
  });

  it('that are not there say nothing', () => {
    expect(coverage(undefined, search)).toBe('unknown');
  });

  it.each([
    ['Condition', 'covered'],
    ['/Condition?patient=1', 'covered'],
    ['Condition/?patient=1', 'covered'],
    ['Condition/1', 'not-covered'],
    ['ConditionX?patient=1', 'not-covered'],
  ])('are held against the type and the kind of a request: %s', (request, expected) => {
    expect(coverage('patient/Condition.s', request)).toBe(expected);
  });

  it.each([
    ['1', 'covered'],
    ['Patient/1', 'covered'],
    ['https://fhir.example.org/r4/Patient/1', 'covered'],
    ['2', 'not-covered'],
  ])('for a patient are about the one the token names: %s', (patient, expected) => {
    expect(coverage('patient/Condition.rs', search, patient)).toBe(expected);
    expect(coverage('user/Condition.rs', search, patient)).toBe('covered');
  });
});

describe('a reader whose token has scopes', () => {
  const everything: ReadResult = found([{ resourceType: 'Condition' }]);

  function reading(token: TokenScope) {
    const asked: string[] = [];
    const answer = async (request: string) => {
      asked.push(request);
      return everything;
    };
    return { reader: scopedReader({ read: answer, readOn: answer }, token, '1'), asked };
  }

  it('does not try what cannot succeed, and says why', async () => {
    const { reader, asked } = reading({ scope: 'patient/Observation.rs' });
    const reason = "the token's scope does not cover it";
    expect(await reader.read(search)).toEqual({ state: 'unavailable', reason, asked: false });
    expect(asked).toEqual([]);
  });

  it.each(['patient/Condition.rs', undefined, 'odd'])('tries what may: %p', async (scope) => {
    const { reader, asked } = reading({ scope });
    expect(await reader.read(search)).toEqual(everything);
    expect(asked).toEqual([search]);
  });

  it('takes what a restricted scope lets through for a part: what is not there proves nothing', async () => {
    const { reader } = reading({ scope: 'patient/Condition.rs?category=encounter-diagnosis' });
    expect(await reader.read(search)).toEqual({ ...everything, complete: false });
  });

  it('goes on where it was', async () => {
    const { reader, asked } = reading({ scope: 'patient/Observation.rs' });
    await reader.readOn('https://fhir.example.org/r4?page=2');
    expect(asked).toEqual(['https://fhir.example.org/r4?page=2']);
  });

  it('does not know what is on later pages where some scope is restricted', async () => {
    const { reader } = reading({ scope: 'patient/Patient.r patient/Condition.rs?category=x' });
    expect(await reader.readOn('https://fhir.example.org/r4?page=2')).toEqual({ ...everything, complete: false });
  });
});
