import { between, exactly, lessThan } from '../../src/kernel/estimate.ts';
import type { Truth } from '../../src/kernel/truth.ts';
import type { Condition } from '../../src/rules/condition.ts';
import { evaluate } from '../../src/rules/evaluate.ts';
import { found, none, nothingRecorded, stale, unavailable, unusable } from '../measures/facts.ts';
import { order, situation, vocabulary } from './situations.ts';

const names = vocabulary({
  thresholds: {
    'bilirubin-2': { 'mg/dL': 2, 'umol/L': 34 },
    'child-pugh-b': { '1': 7 },
    'ici-window': { d: 42 },
    grade: { '1': 2 },
  },
  groups: { tace: ['tace', 'dsm-tace'], 'systemic-therapy': ['atezolizumab', 'lenvatinib'] },
  conditions: { hcc: { subject: 'fact', id: 'hcc', operator: 'present' } },
});

describe('an order', () => {
  const tace: Condition = { order: 'tace' };

  it.each([
    ['an order of the group', [order('dsm-tace')], 'true'],
    ['no order', [], 'false'],
    ['an order of another group', [order('lenvatinib')], 'false'],
    ['a draft that is only context', [order('tace', { advised: false })], 'false'],
    ['an order meant for another disease', [order('tace', { otherIndication: true })], 'false'],
  ] as const)('%s: %s is %s, since we know what is drafted', (_name, orders, truth) => {
    expect(evaluate(tace, situation({ orders }), names).truth).toBe(truth);
  });

  it('counts for any indication where that is asked, but still only if it is advised on', () => {
    const anyIndication: Condition = { order: 'tace', indication: 'any' };
    const other = order('tace', { otherIndication: true });
    expect(evaluate(anyIndication, situation({ orders: [other] }), names).truth).toBe('true');
    const context = order('tace', { otherIndication: true, advised: false });
    expect(evaluate(anyIndication, situation({ orders: [context] }), names).truth).toBe('false');
  });

  it('of a group that nobody declared is not there; the loader refuses such a name', () => {
    expect(evaluate({ order: 'nothing' }, situation({ orders: [order('tace')] }), names).truth).toBe('false');
  });

  it('is named in the trace, as often as it was drafted', () => {
    const [first, second, third] = [order('tace'), order('dsm-tace'), order('lenvatinib')];
    const trace = evaluate(tace, situation({ orders: [first, third, second] }), names);
    expect(trace).toEqual({ condition: tace, truth: 'true', parts: [], orders: [first, second], open: [] });
  });
});

describe('a draft', () => {
  it.each([
    ['advised on', order('lenvatinib')],
    ['only context', order('lenvatinib', { advised: false })],
    ['meant for another disease', order('lenvatinib', { otherIndication: true })],
  ])('counts when it is %s: it is in the session all the same', (_name, drafted) => {
    const trace = evaluate({ draft: 'systemic-therapy' }, situation({ orders: [drafted] }), names);
    expect(trace).toMatchObject({ truth: 'true', orders: [drafted] });
  });

  it('is not there when nothing of the group is drafted', () => {
    expect(evaluate({ draft: 'systemic-therapy' }, situation({ orders: [order('tace')] }), names).truth).toBe('false');
  });
});

describe('presence of a fact', () => {
  const ascites: Condition = { subject: 'fact', id: 'ascites', operator: 'present' };

  it.each([
    ['present', found(1), 'true'],
    ['of grade 2 to 3', found(between(2, 3)), 'true'],
    ['stated to be absent', found(0), 'false'],
    ['perhaps present', found(between(0, 1)), 'undetermined'],
    ['absent from a closed world', none, 'false'],
    ['not recorded', nothingRecorded, 'undetermined'],
    ['stale', stale, 'undetermined'],
    ['unusable', unusable, 'undetermined'],
    ['unavailable', unavailable, 'undetermined'],
  ] as const)('%s: %s', (_name, fact, truth) => {
    const trace = evaluate(ascites, situation({ facts: { ascites: fact } }), names);
    expect(trace.truth).toBe(truth);
    expect(trace.open).toEqual(truth === 'undetermined' ? ['ascites'] : []);
  });

  it('stays undetermined for a fact that nobody gathered: it is unavailable, not absent', () => {
    expect(evaluate(ascites, situation(), names)).toMatchObject({ truth: 'undetermined', open: ['ascites'] });
  });
});

describe('a comparison', () => {
  it.each([
    ['above', 1, 'false'],
    ['above', 2, 'false'],
    ['above', 3, 'true'],
    ['atLeast', 1, 'false'],
    ['atLeast', 2, 'true'],
    ['atLeast', 3, 'true'],
    ['below', 1, 'true'],
    ['below', 2, 'false'],
    ['below', 3, 'false'],
    ['atMost', 1, 'true'],
    ['atMost', 2, 'true'],
    ['atMost', 3, 'false'],
    ['above', [2, 3], 'undetermined'],
    ['atLeast', [1, 2], 'undetermined'],
    ['below', [1, 2], 'undetermined'],
    ['atMost', [2, 3], 'undetermined'],
    ['atLeast', [2, 3], 'true'],
    ['atMost', [1, 2], 'true'],
  ] as const)('%s 2, of %j, is %s', (operator, value, truth) => {
    const condition: Condition = { subject: 'fact', id: 'grade', operator, threshold: 'grade' };
    const [low, high] = typeof value === 'number' ? [value, value] : value;
    const grade = found(between(low, high));
    expect(evaluate(condition, situation({ facts: { grade } }), names).truth).toBe(truth);
  });

  const bilirubin: Condition = { subject: 'fact', id: 'bilirubin', operator: 'atLeast', threshold: 'bilirubin-2' };

  it.each([
    [1.99, 'mg/dL', 'false'],
    [2, 'mg/dL', 'true'],
    [33.9, 'umol/L', 'false'],
    [34, 'umol/L', 'true'],
  ] as const)('reads the threshold in the unit of the fact: %d %s is %s', (value, unit, truth) => {
    const facts = { bilirubin: found(value, unit) };
    expect(evaluate(bilirubin, situation({ facts }), names).truth).toBe(truth);
  });

  it('of <2 mg/dL with at least 2 mg/dL is false: the limit itself is left out', () => {
    const facts = { bilirubin: found(lessThan(2), 'mg/dL') };
    expect(evaluate(bilirubin, situation({ facts }), names).truth).toBe('false');
  });

  it('is undetermined in a unit for which the threshold has no value: numbers of two units are not compared', () => {
    const facts = { bilirubin: found(400, 'mmol/L') };
    expect(evaluate(bilirubin, situation({ facts }), names)).toMatchObject({
      truth: 'undetermined',
      open: ['bilirubin'],
    });
  });

  it('is undetermined with a threshold that nobody declared; the loader refuses such a name', () => {
    const condition: Condition = { subject: 'fact', id: 'grade', operator: 'atLeast', threshold: 'nowhere' };
    for (const grade of [found(9), nothingRecorded])
      expect(evaluate(condition, situation({ facts: { grade } }), names).truth).toBe('undetermined');
  });

  it.each([nothingRecorded, stale, unusable, unavailable])(
    'is undetermined when the fact is $state, whatever the operator',
    (fact) => {
      for (const operator of ['above', 'atLeast', 'below', 'atMost'] as const) {
        const condition: Condition = { subject: 'fact', id: 'bilirubin', operator, threshold: 'bilirubin-2' };
        const trace = evaluate(condition, situation({ facts: { bilirubin: fact } }), names);
        expect(trace).toMatchObject({ truth: 'undetermined', open: ['bilirubin'] });
      }
    },
  );

  it('reads a closed world where a fact is absent, but not where it is unavailable', () => {
    const recently: Condition = { subject: 'fact', id: 'last-dose', operator: 'atMost', threshold: 'ici-window' };
    const never = { ...none, readsAs: exactly(Infinity), unit: 'd' };
    expect(evaluate(recently, situation({ facts: { 'last-dose': never } }), names)).toMatchObject({
      truth: 'false',
      open: [],
    });
    expect(evaluate(recently, situation({ facts: { 'last-dose': unavailable } }), names).truth).toBe('undetermined');
  });

  it('names the orders that an exposure speaks of', () => {
    const recently: Condition = { subject: 'fact', id: 'last-dose', operator: 'atMost', threshold: 'ici-window' };
    const atezolizumab = { name: 'atezolizumab', label: 'atezolizumab' };
    const facts = { 'last-dose': { ...found(14, 'd'), orders: [atezolizumab] } };
    expect(evaluate(recently, situation({ facts }), names)).toMatchObject({ truth: 'true', orders: [atezolizumab] });
  });
});

describe('a measure', () => {
  const classB: Condition = {
    subject: 'measure',
    id: 'child-pugh-score',
    operator: 'atLeast',
    threshold: 'child-pugh-b',
  };

  it.each<[value: readonly [number, number], truth: Truth, open: readonly string[]]>([
    [[5, 6], 'false', []],
    [[5, 9], 'undetermined', ['ascites', 'encephalopathy']],
    [[7, 9], 'true', []],
  ])('of %j is compared as a range: class B or worse is %s', (value, truth, open) => {
    const score = { value: between(...value), open: ['ascites', 'encephalopathy'] };
    const trace = evaluate(classB, situation({ measures: { 'child-pugh-score': score } }), names);
    expect(trace).toEqual({ condition: classB, truth, parts: [], orders: [], open });
  });

  it('has no presence, only a value: asked for it, it decides nothing', () => {
    const present: Condition = { subject: 'measure', id: 'child-pugh-score', operator: 'present' };
    const score = { value: exactly(8) };
    expect(evaluate(present, situation({ measures: { 'child-pugh-score': score } }), names).truth).toBe('undetermined');
  });

  it('that was not computed is undetermined', () => {
    expect(evaluate(classB, situation(), names)).toMatchObject({ truth: 'undetermined', open: [] });
  });
});
