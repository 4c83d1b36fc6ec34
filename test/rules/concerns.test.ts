import { between, exactly } from '../../src/kernel/estimate.ts';
import type { Fact } from '../../src/kernel/fact.ts';
import { Condition } from '../../src/rules/condition.ts';
import { evaluate } from '../../src/rules/evaluate.ts';
import { order, situation, vocabulary } from './situations.ts';

const words = vocabulary({
  groups: { procedure: ['procedure'], drug: ['one-drug', 'other-drug'] },
  conditions: {
    overlap: { all: [{ order: 'procedure' }, { any: [{ draft: 'drug' }, running()] }] },
  },
});

function running(): Condition {
  return { subject: 'fact', id: 'running', operator: 'present' };
}

const concerns: Condition = { subject: 'fact', id: 'study', operator: 'concerns', of: 'overlap' };

function found(names: readonly string[], value = exactly(1)): Fact {
  const orders = names.map((name) => ({ name, label: name }));
  return { state: 'found', value, unit: '1', orders, provenance: { source: 'a', asRecorded: '', steps: [] } };
}

const absent: Fact = { state: 'absent', reason: 'not recorded', readsAs: exactly(0), unit: '1' };
const unavailable: Fact = { state: 'unavailable', reason: 'no answer' };

function evaluated(study: Fact, drafts: readonly string[], isRunning: Fact = absent) {
  const orders = drafts.map((name) => order(name));
  return evaluate(concerns, situation({ orders, facts: { study, running: isRunning } }), words);
}

const truthOf = (...given: Parameters<typeof evaluated>) => evaluated(...given).truth;

describe('a fact that concerns the orders of a condition', () => {
  const both = ['procedure', 'one-drug'];

  it('is true when it names one of the orders that make the condition true', () => {
    expect(truthOf(found(['one-drug']), both)).toBe('true');
    expect(truthOf(found(['other-drug', 'one-drug']), both)).toBe('true');
    expect(truthOf(found(['other-drug']), ['procedure'], found(['other-drug']))).toBe('true');
  });

  it('is true when it names none: it may be about any of them', () => {
    expect(truthOf(found([]), both)).toBe('true');
  });

  it('is false when it names others only', () => {
    expect(truthOf(found(['other-drug']), both)).toBe('false');
  });

  it('is false when it is not present, and when the condition is not true', () => {
    expect(truthOf(absent, both)).toBe('false');
    expect(truthOf(found(['one-drug']), ['procedure'])).toBe('false');
  });

  it('is open as long as something in the condition could still bring the order that it names', () => {
    const trace = evaluated(found(['other-drug']), both, unavailable);
    expect(trace.truth).toBe('undetermined');
    expect(trace.open).toEqual(['study', 'running']);
    expect(truthOf(found(['one-drug']), both, unavailable)).toBe('true');
  });

  it('is open when it is not known whether it is present', () => {
    expect(truthOf(found(['one-drug'], between(0, 1)), both)).toBe('undetermined');
    expect(truthOf(unavailable, both)).toBe('undetermined');
    expect(truthOf(found(['other-drug'], between(0, 1)), both)).toBe('false');
  });

  it('brings no orders of its own: what it names is not what is ordered', () => {
    expect(evaluated(found(['one-drug', 'other-drug']), both).orders).toEqual([]);
  });

  it('is written with the name of a condition', () => {
    expect(Condition.parse({ fact: 'study', concerns: 'overlap' })).toEqual(concerns);
    expect(Condition.safeParse({ fact: 'study', concerns: 3 }).success).toBe(false);
    expect(Condition.safeParse({ measure: 'study', concerns: 'overlap' }).success).toBe(false);
  });
});
