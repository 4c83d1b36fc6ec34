import { between, exactly } from '../../src/kernel/estimate.ts';
import { ecogChange } from '../../src/measures/ecog/ecog.ts';
import { found, nothingRecorded, patient } from './facts.ts';

describe('change of ECOG', () => {
  it.each([
    [2, 1, exactly(1)],
    [1, 1, exactly(0)],
    [0, 2, exactly(-2)],
  ])('from ECOG %d now and %d before is positive when the patient is worse', (now, before, change) => {
    const measurement = ecogChange.compute(patient({ ecog: found(now), 'ecog-before': found(before) }));
    expect(measurement).toMatchObject({ value: change, label: String(change.low), open: [] });
  });

  it('is a range when one of them is, and a better record of that one could narrow it', () => {
    const now = ecogChange.compute(patient({ ecog: found(between(1, 2)), 'ecog-before': found(1) }));
    expect(now).toMatchObject({ value: between(0, 1), open: ['ecog'] });
    const before = ecogChange.compute(patient({ ecog: found(2), 'ecog-before': found(between(0, 1)) }));
    expect(before).toMatchObject({ value: between(1, 2), label: '1 to 2', open: ['ecog-before'] });
  });

  it('decides nothing when the earlier ECOG is not known', () => {
    const measurement = ecogChange.compute(patient({ ecog: found(4), 'ecog-before': nothingRecorded }));
    expect(measurement.value.low).toBeLessThanOrEqual(-1);
    expect(measurement.value.high).toBeGreaterThanOrEqual(4);
    expect(measurement.open).toEqual(['ecog-before']);
  });

  it('names both ECOG values as its inputs', () => {
    const measurement = ecogChange.compute(patient({ karnofsky: found(80), 'ecog-before': found(1) }));
    expect(measurement.inputs).toEqual(['karnofsky', 'ecog-before']);
  });
});
