import type { Truth } from '../../src/kernel/truth.ts';
import type { Condition } from '../../src/rules/condition.ts';
import { evaluate, evaluateRules } from '../../src/rules/evaluate.ts';
import type { Rule } from '../../src/rules/rule.ts';
import { found, none, nothingRecorded, unavailable } from '../measures/facts.ts';
import { order, situation, vocabulary } from './situations.ts';

const present = (id: string): Condition => ({ subject: 'fact', id, operator: 'present' });
const lenvatinib = { name: 'lenvatinib', label: 'lenvatinib' };
const known = situation({
  orders: [order('tace')],
  facts: { yes: found(1), no: found(0), perhaps: nothingRecorded, unread: unavailable },
});
const names = vocabulary({
  groups: { tace: ['tace'] },
  conditions: { named: { all: [present('yes'), present('perhaps')] }, outer: { condition: 'named' } },
});
const truthOf = (condition: Condition): Truth => evaluate(condition, known, names).truth;

describe('a combination', () => {
  it.each<[Condition, Truth]>([
    [{ all: [present('yes'), { order: 'tace' }] }, 'true'],
    [{ all: [present('yes'), present('perhaps')] }, 'undetermined'],
    [{ all: [present('no'), present('perhaps')] }, 'false'],
    [{ any: [present('no'), present('yes')] }, 'true'],
    [{ any: [present('yes'), present('perhaps')] }, 'true'],
    [{ any: [present('no'), present('perhaps')] }, 'undetermined'],
    [{ any: [present('no'), { draft: 'tki' }] }, 'false'],
    [{ none: [present('no')] }, 'true'],
    [{ none: [present('no'), present('perhaps')] }, 'undetermined'],
    [{ none: [present('unread')] }, 'undetermined'],
    [{ none: [present('yes'), present('perhaps')] }, 'false'],
    [{ condition: 'named' }, 'undetermined'],
    [{ condition: 'outer' }, 'undetermined'],
    [{ none: [{ any: [{ none: [present('yes')] }] }] }, 'true'],
  ])('%j is %s', (condition, truth) => {
    expect(truthOf(condition)).toBe(truth);
  });

  it('of a condition that nobody declared is not met; the loader refuses such a name', () => {
    expect(truthOf({ condition: 'nowhere' })).toBe('false');
  });
});

describe('the trace of a combination', () => {
  it('holds the parts in the order in which they are written: a person reads it', () => {
    const condition: Condition = { all: [present('yes'), { any: [present('no'), present('perhaps')] }] };
    const trace = evaluate(condition, known, names);
    expect(trace).toMatchObject({
      condition,
      truth: 'undetermined',
      parts: [
        { condition: present('yes'), truth: 'true', parts: [] },
        { truth: 'undetermined', parts: [{ truth: 'false' }, { truth: 'undetermined' }] },
      ],
    });
  });

  it('shows what a named condition stands for', () => {
    const trace = evaluate({ condition: 'named' }, known, names);
    expect(trace.condition).toEqual({ condition: 'named' });
    expect(trace.parts.map(({ condition }) => condition)).toEqual([names.conditions.get('named')]);
  });

  it('names each open fact once, however often it is asked for', () => {
    const condition: Condition = { any: [present('perhaps'), { none: [present('unread'), present('perhaps')] }] };
    expect(evaluate(condition, known, names).open).toEqual(['perhaps', 'unread']);
  });

  it('leaves nothing open once it is decided: a fact that cannot change the verdict is not asked for', () => {
    expect(evaluate({ any: [present('yes'), present('perhaps')] }, known, names).open).toEqual([]);
    expect(evaluate({ all: [present('no'), present('perhaps')] }, known, names).open).toEqual([]);
    const decidedInside: Condition = { all: [present('unread'), { any: [present('yes'), present('perhaps')] }] };
    expect(evaluate(decidedInside, known, names).open).toEqual(['unread']);
  });

  it('names the orders and exposures of the parts that are true, and of no others', () => {
    const exposed = situation({
      orders: [order('tace')],
      facts: { running: { ...found(1), orders: [lenvatinib] }, stopped: { ...found(0), orders: [lenvatinib] } },
    });
    const ordersOf = (condition: Condition) => evaluate(condition, exposed, names).orders.map(({ name }) => name);
    expect(ordersOf({ all: [{ order: 'tace' }, present('running')] })).toEqual(['tace', 'lenvatinib']);
    expect(ordersOf({ any: [{ order: 'tace' }, present('stopped')] })).toEqual(['tace']);
    expect(ordersOf({ all: [{ order: 'tace' }, { none: [present('stopped')] }] })).toEqual(['tace']);
  });
});

describe('a rule', () => {
  const verdictOf = (when: Condition, unless?: Condition) => {
    const rule = ruleWith(when, unless);
    const [verdict] = evaluateRules([rule], known, names);
    return verdict;
  };

  it('without unless says what its condition says', () => {
    expect(verdictOf(present('yes'))).toMatchObject({ truth: 'true', when: { truth: 'true' } });
    expect(verdictOf(present('yes'))).not.toHaveProperty('unless');
  });

  it.each([
    ['yes', 'yes', 'false', 'a true unless takes the rule back'],
    ['yes', 'no', 'true', 'a false unless leaves it'],
    ['yes', 'perhaps', 'true', 'an undetermined unless leaves it'],
    ['yes', 'unread', 'true', 'an unavailable unless leaves it'],
    ['perhaps', 'yes', 'false', 'a true unless takes back what is undetermined'],
    ['perhaps', 'perhaps', 'undetermined', 'nothing is decided by what is not known'],
    ['no', 'yes', 'false', 'there is nothing to take back'],
  ])('when %s, unless %s: %s, since %s', (when, unless, truth) => {
    expect(verdictOf(present(when), present(unless))).toMatchObject({ truth });
  });

  it('keeps both traces, so that the reader sees why it was taken back', () => {
    expect(verdictOf(present('yes'), present('perhaps'))).toMatchObject({
      when: { truth: 'true' },
      unless: { truth: 'undetermined', open: ['perhaps'] },
    });
  });

  it('is evaluated by itself: each gets a verdict, in the order of the rules', () => {
    const rules = [ruleWith(present('yes')), ruleWith(present('no')), ruleWith(present('perhaps'))];
    expect(evaluateRules(rules, known, names).map(({ truth }) => truth)).toEqual(['true', 'false', 'undetermined']);
  });

  it('reads absence from a closed world as no, and an unavailable one as undetermined', () => {
    const rules = [ruleWith({ none: [present('varices')] })];
    const truthWith = (varices: typeof none) =>
      evaluateRules(rules, situation({ facts: { varices } }), names).map(({ truth }) => truth);
    expect(truthWith(none)).toEqual(['true']);
    expect(truthWith(unavailable)).toEqual(['undetermined']);
  });
});

function ruleWith(when: Condition, unless?: Condition): Rule {
  return {
    id: 'a-rule',
    ref: 'R00',
    topic: 'suitability',
    family: 'a-rule',
    version: 1,
    status: 'active',
    title: 'A rule',
    when,
    ...(unless === undefined ? {} : { unless }),
    whenUnknown: 'silent',
    card: { indicator: 'info', finding: 'finding', summary: 'summary', detail: 'detail' },
    options: [],
    suggestions: [],
    overrideReasons: [],
    evidence: [],
  };
}
