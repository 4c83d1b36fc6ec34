import { measures } from '../../src/measures/index.ts';
import { rangeLabel } from '../../src/measures/measure.ts';
import { nothingRecorded, patient, unavailable } from './facts.ts';

describe('the registry of measures', () => {
  it('names each measure once: a rule refers to it by name', () => {
    const ids = measures.map(({ id }) => id);
    expect(ids).toEqual(
      expect.arrayContaining(['child-pugh-score', 'child-pugh-laboratory-points', 'albi-score', 'ecog-status']),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(measures)('$id reads only the facts it declares: others would never be gathered for it', (measure) => {
    const asked = new Set<string>();
    for (const state of [nothingRecorded, unavailable]) {
      measure.compute((id) => {
        asked.add(id);
        return patient({ [id]: state })(id);
      });
    }
    expect(Object.keys(measure.inputs)).toEqual(expect.arrayContaining([...asked]));
  });

  it.each(measures)('$id gives a range, and names what is open, even when nothing could be read', (measure) => {
    const { value, open } = measure.compute(() => unavailable);
    expect(value.low).toBeLessThan(value.high);
    expect(open.length).toBeGreaterThan(0);
    expect(Object.keys(measure.inputs)).toEqual(expect.arrayContaining([...open]));
  });
});

describe('rangeLabel', () => {
  it('writes one number where both ends are written alike', () => {
    expect(rangeLabel({ low: 1.001, high: 1.002, lowOpen: false, highOpen: false }, (v) => v.toFixed(2))).toBe('1.00');
    expect(rangeLabel({ low: 1, high: 2, lowOpen: false, highOpen: false }, String)).toBe('1 to 2');
  });
});
