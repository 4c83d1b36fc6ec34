import { exactly } from '../../src/kernel/estimate.ts';
import { measures } from '../../src/measures/index.ts';
import { computeMeasures, factOf } from '../../src/rules/situation.ts';
import { found } from '../measures/facts.ts';

describe('factOf', () => {
  it('is the fact of that name', () => {
    const ecog = found(1);
    expect(factOf(new Map([['ecog', ecog]]), 'ecog')).toBe(ecog);
  });

  it('is unavailable when nobody gathered it: not asking is not the same as finding nothing', () => {
    expect(factOf(new Map(), 'ecog')).toEqual({ state: 'unavailable', reason: 'not gathered' });
  });
});

describe('computeMeasures', () => {
  it('computes each measure from the facts, under its own name', () => {
    const computed = computeMeasures(measures, new Map([['ecog', found(1)]]));
    expect([...computed.keys()]).toEqual(measures.map(({ id }) => id));
    expect(computed.get('ecog-status')?.value).toEqual(exactly(1));
  });
});
