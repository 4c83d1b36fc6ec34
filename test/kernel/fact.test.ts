import { exactly, lessThan, unknown } from '../../src/kernel/estimate.ts';
import { estimateOf, type Fact, unitOf } from '../../src/kernel/fact.ts';

const provenance = { source: 'Observation/1', asRecorded: '<0.2 mg/dL', steps: [] };
const found: Fact = { state: 'found', value: lessThan(0.2), unit: 'mg/dL', provenance };
const noVarices: Fact = { state: 'absent', reason: 'none recorded', readsAs: exactly(0), unit: '1' };

describe('estimateOf', () => {
  it('is the value of a fact that was found, half-open if it was recorded so', () => {
    expect(estimateOf(found)).toEqual(lessThan(0.2));
  });

  it('is what a closed world reads into absence: no varices recorded means none', () => {
    expect(estimateOf(noVarices)).toEqual(exactly(0));
  });

  it.each<Fact>([
    { state: 'absent', reason: 'nothing recorded' },
    { state: 'unavailable', reason: 'the server did not answer' },
    { state: 'stale', reason: 'older than 30 days', provenance },
    { state: 'unusable', reason: 'no unit', provenance },
  ])('is unknown for a fact that is $state: it says nothing of the number', (fact) => {
    expect(estimateOf(fact)).toEqual(unknown);
  });
});

describe('unitOf', () => {
  it('is the unit in which a value was found', () => {
    expect(unitOf(found)).toBe('mg/dL');
  });

  it('is the unit in which a closed world reads absence', () => {
    expect(unitOf(noVarices)).toBe('1');
  });

  it.each<Fact>([
    { state: 'absent', reason: 'nothing recorded' },
    { state: 'unavailable', reason: 'the server did not answer' },
    { state: 'stale', reason: 'older than 30 days', provenance },
    { state: 'unusable', reason: 'no unit', provenance },
  ])('is nothing for a fact that is $state: without a value there is no unit', (fact) => {
    expect(unitOf(fact)).toBeUndefined();
  });
});
