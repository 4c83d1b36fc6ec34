import { between, exactly, lessThan, moreThan, unknown } from '../../src/kernel/estimate.ts';
import type { Fact } from '../../src/kernel/fact.ts';
import { ecog, ecogFromKarnofsky } from '../../src/measures/ecog/ecog.ts';
import { karnofskyVectors } from './ecog.vectors.ts';
import { found, nothingRecorded, on, patient, stale, unavailable, unusable } from './facts.ts';

const compute = (facts: Readonly<Record<string, Fact>>) => ecog.compute(patient(facts));

describe('ECOG from Karnofsky', () => {
  it.each(karnofskyVectors)('of $karnofsky is $ecog ($source)', ({ karnofsky, ecog: [low, high] }) => {
    expect(ecogFromKarnofsky(exactly(karnofsky))).toEqual(between(low, high));
  });

  it('of a range spans the grades of both ends', () => {
    expect(ecogFromKarnofsky(between(40, 80))).toEqual(between(1, 3));
    expect(ecogFromKarnofsky(lessThan(50))).toEqual(between(2, 5));
    expect(ecogFromKarnofsky(moreThan(80))).toEqual(between(0, 1));
    expect(ecogFromKarnofsky(unknown)).toEqual(between(0, 5));
  });
});

describe('ECOG', () => {
  it.each([0, 1, 2, 3, 4, 5])('of a recorded %d is taken as it is', (grade) => {
    expect(compute({ ecog: found(grade) })).toEqual({
      value: exactly(grade),
      label: String(grade),
      inputs: ['ecog'],
      open: [],
      notes: [],
    });
  });

  it('of a recorded range stays a range, and a better record could narrow it', () => {
    expect(compute({ ecog: found(between(1, 2)) })).toMatchObject({
      value: between(1, 2),
      label: '1 to 2',
      open: ['ecog'],
    });
  });

  it('never leaves its scale: an open end stops at 0 or 5', () => {
    expect(compute({ ecog: found(moreThan(2)) }).value).toMatchObject({ low: 2, high: 5, lowOpen: true });
    expect(compute({ ecog: found(lessThan(2)) }).value).toMatchObject({ low: 0, high: 2, highOpen: true });
  });

  it('is 0 to 5 when nothing is recorded', () => {
    expect(compute({})).toEqual({ value: between(0, 5), label: '0 to 5', inputs: ['ecog'], open: ['ecog'], notes: [] });
  });

  it('is the recorded one where Karnofsky differs: a derived value never overrules a recorded one', () => {
    expect(compute({ ecog: found(1), karnofsky: found(40) })).toMatchObject({
      value: exactly(1),
      inputs: ['ecog'],
      notes: [],
    });
  });

  it.each([nothingRecorded, stale, unusable])('is derived from Karnofsky when it is $state, and says so', (state) => {
    expect(compute({ ecog: state, karnofsky: found(80) })).toEqual({
      value: exactly(1),
      label: '1 (from Karnofsky 80)',
      inputs: ['karnofsky'],
      open: [],
      notes: [],
    });
  });

  it('derived from Karnofsky 70 is 1 to 2, and a recorded ECOG would decide', () => {
    expect(compute({ karnofsky: found(70) })).toMatchObject({
      value: between(1, 2),
      label: '1 to 2 (from Karnofsky 70)',
      open: ['ecog'],
    });
  });

  it('is not derived from Karnofsky where a newer ECOG cannot be read, or nobody could look', () => {
    const karnofsky = on('2026-10-16', found(40));
    expect(compute({ ecog: on('2026-11-03', found(1)), karnofsky }).value).toEqual(exactly(1));
    expect(compute({ ecog: on('2026-11-03', unusable), karnofsky }).value).toEqual(between(0, 5));
    expect(compute({ ecog: unavailable, karnofsky }).value).toEqual(between(0, 5));
    expect(compute({ ecog: on('2026-10-10', unusable), karnofsky }).value).toEqual(exactly(3));
  });

  it('does not use a Karnofsky score that is too old', () => {
    expect(compute({ karnofsky: stale })).toMatchObject({ value: between(0, 5), inputs: ['ecog'], notes: [] });
  });
});
