import type { Definitions } from '../../src/definitions/definitions.ts';
import { exactly } from '../../src/kernel/estimate.ts';
import { differingParts, fingerprintsOf } from '../../src/lock/fingerprint.ts';
import { measureAnswers } from '../../src/lock/measure-answers.ts';
import { measures } from '../../src/measures/index.ts';
import type { Condition } from '../../src/rules/condition.ts';
import type { Rule } from '../../src/rules/rule.ts';
import { shippedDefinitions } from '../support/app.ts';

const shipped = shippedDefinitions();
const before = fingerprintsOf(shipped);

/** The parts of each rule that a change of the definitions changes: `child-pugh-b-tace: limits`. */
function changedBy(changes: Partial<Definitions>): readonly string[] {
  const after = fingerprintsOf({ ...shipped, ...changes });
  return before.rules.flatMap(({ id, parts }) => {
    const now = after.rules.find((rule) => rule.id === id);
    const changed = now ? differingParts(parts, now.parts) : ['gone'];
    return changed.length > 0 ? [`${id}: ${changed.join(', ')}`] : [];
  });
}

function withRule(id: string, change: (rule: Rule) => Rule): Partial<Definitions> {
  return { rules: shipped.rules.map((rule) => (rule.id === id ? change(rule) : rule)) };
}

const id = 'bilirubin-2-tace';
const [key = ''] = shipped.rules.find((rule) => rule.id === id)?.evidence ?? [];

describe('the rule changed, as a clinician would say:', () => {
  it.each<[string, (rule: Rule) => Rule, string]>([
    ['its indicator', (rule) => ({ ...rule, card: { ...rule.card, indicator: 'critical' } }), 'rule'],
    ['its wording', (rule) => ({ ...rule, card: { ...rule.card, summary: 'Another sentence.' } }), 'rule'],
    ['an option', (rule) => ({ ...rule, options: [...rule.options, 'Wait.'] }), 'rule'],
    ['whether it is shown', (rule) => ({ ...rule, status: 'silent' }), 'rule'],
    ['what takes it back', ({ unless: _, ...rule }) => rule, 'rule, facts'],
    ['its evidence', (rule) => ({ ...rule, evidence: rule.evidence.slice(1) }), 'evidence'],
    ['what it offers', (rule) => ({ ...rule, suggestions: [] }), 'offers'],
  ])('%s', (_, change, part) => {
    expect(changedBy(withRule(id, change))).toEqual([`${id}: ${part}`]);
  });

  it('a limit that it compares with, which does not concern other rules', () => {
    const limit = shipped.thresholds['bilirubin-2'];
    if (!limit) throw new Error('no such limit');
    const values = { ...limit.values, '2027-01-01': { value: { 'mg/dL': 3, 'umol/L': 51 }, evidence: key } };
    const thresholds = { ...shipped.thresholds, 'bilirubin-2': { ...limit, values } };
    const changed = changedBy({ thresholds });
    expect(changed).toContain(`${id}: limits`);
    expect(changed).not.toContainEqual(expect.stringContaining('ecog'));
    expect(changed.filter((line) => !line.endsWith(': limits'))).toEqual([]);
  });

  it('how long a result counts by which it is decided, through a score as well', () => {
    const limit = shipped.thresholds['labs-valid-days'];
    if (!limit) throw new Error('no such limit');
    const values = { '2027-01-01': { value: 60, evidence: key } };
    const changed = changedBy({ thresholds: { ...shipped.thresholds, 'labs-valid-days': { ...limit, values } } });
    expect(changed).toEqual(expect.arrayContaining([`${id}: limits`, 'child-pugh-c-tace: limits', 'gaps: limits']));
    expect(changed).not.toContainEqual(expect.stringContaining('ecog'));
  });

  it('a code by which a fact is found', () => {
    const valueSet = shipped.valueSets.get('bilirubin-total');
    if (!valueSet) throw new Error('no such value set');
    const codes = new Map(valueSet.codes).set('urn:local', new Map([['BILI', {}]]));
    const valueSets = new Map([...shipped.valueSets, ['bilirubin-total', { ...valueSet, codes }]]);
    expect(changedBy({ valueSets })).toEqual(expect.arrayContaining([`${id}: facts`, 'child-pugh-c-tace: facts']));
  });

  it('an order that is recognised', () => {
    const groups = new Map([...shipped.groups, ['tki', new Set(['lenvatinib'])]]);
    const changed = changedBy({ groups });
    expect(changed).toContainEqual(expect.stringMatching(/^tace-with-tki: .*orders/));
    expect(changed).not.toContainEqual(expect.stringContaining('bilirubin'));
  });

  it('a condition that it names', () => {
    const never: Condition = { draft: 'tace' };
    const conditions = new Map([...shipped.conditions, ['tace-overlaps-tki', never]]);
    expect(changedBy({ conditions })).toContainEqual(expect.stringMatching(/^tace-with-tki: rule/));
  });

  it('how its evidence is printed', () => {
    const entry = shipped.evidence[key];
    if (!entry) throw new Error('no such evidence');
    const evidence = { ...shipped.evidence, [key]: { ...entry, verification: 'secondary' as const } };
    expect(changedBy({ evidence })).toContain(`${id}: evidence`);
  });
});

describe('nothing changed, as a clinician would say, when only', () => {
  it('its version is raised or its known gaps are described otherwise', () => {
    expect(changedBy(withRule(id, (rule) => ({ ...rule, version: 9, knownGaps: 'More.' })))).toEqual([]);
  });

  it('a source or a limit was reviewed again and is located more precisely', () => {
    const evidence = Object.fromEntries(
      Object.entries(shipped.evidence).map(([name, one]) => [
        name,
        { ...one, lastChecked: '2030-01-01', locator: 'p. 1' },
      ]),
    );
    const thresholds = Object.fromEntries(
      Object.entries(shipped.thresholds).map(([name, one]) => [
        name,
        { ...one, reviewedOn: '2030-01-01', description: 'The same in other words.' },
      ]),
    );
    expect(changedBy({ evidence, thresholds })).toEqual([]);
  });

  it('a part of its condition is given a name', () => {
    const rule = shipped.rules.find((one) => one.id === id);
    if (!rule) throw new Error('no such rule');
    const conditions = new Map([...shipped.conditions, ['named', rule.when]]);
    const changed = withRule(id, (one) => ({ ...one, when: { condition: 'named' } }));
    expect(changedBy({ ...changed, conditions })).toEqual([]);
  });

  it('keys stand in another order', () => {
    expect(changedBy(withRule(id, (rule) => Object.fromEntries(Object.entries(rule).reverse()) as never))).toEqual([]);
  });
});

describe('what the rules share', () => {
  it('is a part of its own: whom the service concerns', () => {
    const service = { ...shipped.service, gate: { when: shipped.service.gate.when } };
    const { shared } = fingerprintsOf({ ...shipped, service });
    expect(shared.gate).not.toEqual(before.shared.gate);
    expect(shared['every-card']).toEqual(before.shared['every-card']);
    expect(changedBy({ service })).toEqual([]);
  });

  it('and what every card says', () => {
    const service = { ...shipped.service, footer: 'Another line.' };
    expect(fingerprintsOf({ ...shipped, service }).shared['every-card']).not.toEqual(before.shared['every-card']);
  });
});

describe('the answers of a measure', () => {
  it('are the same for the same formula', () => {
    for (const measure of measures)
      expect(measureAnswers(measure, shipped)).toEqual(measureAnswers({ ...measure }, shipped));
  });

  it.each(measures.map((measure) => [measure.id, measure] as const))(
    '%s: differ when it answers otherwise',
    (_, one) => {
      const moved = {
        ...one,
        compute: (fact: Parameters<typeof one.compute>[0]) => {
          const measurement = one.compute(fact);
          return measurement.value.low === measurement.value.high
            ? { ...measurement, value: exactly(measurement.value.low + 0.01) }
            : measurement;
        },
      };
      expect(measureAnswers(moved, shipped)).not.toEqual(measureAnswers(one, shipped));
    },
  );

  it('notice a limit that was moved by the smallest printed step', () => {
    const score = measures.find(({ id: name }) => name === 'child-pugh-score');
    if (!score) throw new Error('no such measure');
    const shifted = {
      ...score,
      compute: (fact: Parameters<typeof score.compute>[0]) =>
        score.compute((name) => {
          const given = fact(name);
          const isMoved = name === 'albumin' && given.state === 'found' && given.value.low === 2.8;
          return isMoved ? { ...given, value: exactly(2.7) } : given;
        }),
    };
    expect(measureAnswers(shifted, shipped)).not.toEqual(measureAnswers(score, shipped));
  });
});
