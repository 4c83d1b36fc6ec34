import fc from 'fast-check';
import { vocabularyOn } from '../../src/definitions/definitions.ts';
import { exactly } from '../../src/kernel/estimate.ts';
import type { Fact } from '../../src/kernel/fact.ts';
import { measures } from '../../src/measures/index.ts';
import type { Condition } from '../../src/rules/condition.ts';
import { evaluate, evaluateRules } from '../../src/rules/evaluate.ts';
import { computeMeasures, type OrderInSession, type Situation } from '../../src/rules/situation.ts';
import { shippedDefinitions } from '../support/app.ts';
import { type Fault, referenceTruth } from './reference-evaluator.ts';
import { facts, lessKnown, orders } from './situations.ts';

const definitions = shippedDefinitions();
const vocabulary = vocabularyOn(definitions, new Date('2026-11-22'));
const runs = 3000;

const pairs = fc
  .tuple(orders(definitions), facts(definitions))
  .chain(([session, complete]) =>
    fc.tuple(fc.constant(session), fc.constant(complete), lessKnown(complete, definitions)),
  );

function situationOf(session: readonly OrderInSession[], known: ReadonlyMap<string, Fact>): Situation {
  return { orders: session, facts: known, measures: computeMeasures(measures, known) };
}

describe('a verdict reached on an incomplete record is never overturned by completing it', () => {
  it('for every rule that is shipped; what `unless` reads is exempt', () => {
    const exempt = new Map(definitions.rules.map((rule) => [rule.id, rule.unless ? factsIn(rule.unless) : []]));
    fc.assert(
      fc.property(pairs, ([session, complete, partial]) => {
        const known = evaluateRules(definitions.rules, situationOf(session, complete), vocabulary);
        const less = evaluateRules(definitions.rules, situationOf(session, partial), vocabulary);
        for (const [index, { rule, truth }] of less.entries()) {
          const changed = exempt.get(rule.id)?.some((id) => complete.get(id) !== partial.get(id));
          if (truth === 'undetermined' || changed) continue;
          expect(`${rule.id}: ${truth}`).toBe(`${rule.id}: ${known[index]?.truth}`);
        }
      }),
      { numRuns: runs },
    );
  });

  it('for any condition that the vocabulary can express', () => {
    fc.assert(
      fc.property(conditions, pairs, (condition, [session, complete, partial]) => {
        const known = evaluate(condition, situationOf(session, complete), vocabulary).truth;
        const less = evaluate(condition, situationOf(session, partial), vocabulary).truth;
        expect(less === 'undetermined' || less === known).toBe(true);
      }),
      { numRuns: runs },
    );
  });
});

describe('a recorded score that a part replaces (exempt)', () => {
  const none: Fact = { state: 'absent', reason: 'nothing recorded' };
  const on = (day: string, value: number, unit: string): Fact => ({
    state: 'found',
    value: exactly(value),
    unit,
    provenance: { source: 'Observation/1', recorded: day, asRecorded: String(value), steps: [] },
  });
  const tace: OrderInSession = { name: 'tace', label: 'TACE', advised: true, otherIndication: false };
  const truthOf = (rule: string, changes: Readonly<Record<string, Fact>>) => {
    const facts = new Map(Object.entries(changes));
    for (const id of definitions.facts.keys()) if (!facts.has(id)) facts.set(id, none);
    const verdicts = evaluateRules(definitions.rules, situationOf([tace], facts), vocabulary);
    return verdicts.find((verdict) => verdict.rule.id === rule)?.truth;
  };

  it('speaks until a part is recorded later, and no longer when nobody could look', () => {
    const asked = {
      bilirubin: on('2026-11-01', 0.8, 'mg/dL'),
      albumin: on('2026-11-01', 4.2, 'g/dL'),
      inr: on('2026-11-01', 1, '{INR}'),
      anticoagulant: { ...none, readsAs: exactly(0), unit: '1' } as Fact,
      'cholestatic-liver-disease': { ...none, readsAs: exactly(0), unit: '1' } as Fact,
      'recorded-child-pugh': on('2026-11-02', 8, '1'),
    };
    const unavailable: Fact = { state: 'unavailable', reason: 'no answer' };
    expect(truthOf('child-pugh-b8-tace', asked)).toBe('true');
    expect(truthOf('child-pugh-b8-tace', { ...asked, ascites: on('2026-11-03', 0, '1') })).toBe('false');
    expect(truthOf('child-pugh-b8-tace', { ...asked, ascites: unavailable })).toBe('undetermined');
  });

  it('is Karnofsky beside ECOG as well', () => {
    const karnofsky = on('2026-10-16', 40, '1');
    expect(truthOf('ecog-2-tace', { karnofsky })).toBe('true');
    expect(truthOf('ecog-2-tace', { karnofsky, ecog: on('2026-11-03', 1, '1') })).toBe('false');
    expect(truthOf('ecog-2-tace', { karnofsky, ecog: { state: 'unavailable', reason: 'no answer' } })).toBe(
      'undetermined',
    );
  });
});

describe('the evaluator', () => {
  const truths = new Map([
    [1, 'true'],
    [0, 'false'],
    [0.5, 'undetermined'],
  ]);

  it('agrees with a second one that was written from the definition of the logic', () => {
    fc.assert(
      fc.property(conditions, pairs, (condition, [session, , partial]) => {
        const situation = situationOf(session, partial);
        expect(evaluate(condition, situation, vocabulary).truth).toBe(
          truths.get(referenceTruth(condition, situation, vocabulary)),
        );
      }),
      { numRuns: runs },
    );
  });

  it.each<Fault>(['none reads undetermined as true', 'compares the middle', 'reads unavailable as absent'])(
    'would be caught if it made the fault: %s',
    (fault) => {
      const overturned = fc.check(
        fc.property(conditions, pairs, (condition, [session, complete, partial]) => {
          const known = referenceTruth(condition, situationOf(session, complete), vocabulary, fault);
          const less = referenceTruth(condition, situationOf(session, partial), vocabulary, fault);
          return less === 0.5 || less === known;
        }),
        { numRuns: runs, seed: 42 },
      );
      expect(overturned.failed).toBe(true);
    },
  );
});

/** Random conditions over the facts, measures, orders and thresholds that are shipped. */
const comparisons: readonly Condition[] = definitions.rules
  .flatMap(({ when }) => leaves(when))
  .concat([...definitions.conditions.values()].flatMap(leaves))
  .concat([...definitions.conditions.keys()].map((condition) => ({ condition })));

const { condition: conditions } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom(...comparisons),
    fc.record({ all: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ none: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
  ),
}));

function leaves(condition: Condition): readonly Condition[] {
  const parts =
    'all' in condition ? condition.all : 'any' in condition ? condition.any : 'none' in condition ? condition.none : [];
  return parts.length === 0 ? [condition] : parts.flatMap(leaves);
}

function factsIn(condition: Condition): readonly string[] {
  return leaves(condition).flatMap((leaf) => {
    if ('condition' in leaf) return factsIn(vocabulary.conditions.get(leaf.condition) ?? { any: [] });
    if (!('subject' in leaf) || leaf.subject !== 'fact') return [];
    return [leaf.id, ...(leaf.of === undefined ? [] : factsIn({ condition: leaf.of }))];
  });
}
