import { verdictsOf } from '../../src/definitions/cases.ts';
import { vocabularyOn } from '../../src/definitions/definitions.ts';
import { loadCases } from '../../src/definitions/load-cases.ts';
import { ruleRestsOn } from '../../src/definitions/rests-on.ts';
import { moduleFolder, shippedDefinitions } from '../support/app.ts';

/** Rules that can never be undetermined although they look at facts, each with the reason. */
const neverUndetermined: Readonly<Record<string, string>> = {};

const definitions = shippedDefinitions();
const file = loadCases(moduleFolder);
const vocabulary = vocabularyOn(definitions, new Date('2026-11-22'));
const verdicts = file.cases.map((one) => verdictsOf(one, file.baseline, definitions, vocabulary));
const inForce = definitions.rules.filter(({ status }) => status === 'active' || status === 'silent');

describe.each(inForce.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  const truths = new Set(verdicts.map((one) => one.get(id)));

  it('has a case in which it fires, and one in which it does not', () => {
    expect([...truths]).toEqual(expect.arrayContaining(['true', 'false']));
  });

  it('has a case in which it is undetermined, unless that cannot be', () => {
    const looksAtOrdersOnly = ruleRestsOn(rule, definitions).facts.length === 0;
    const isExempt = looksAtOrdersOnly || neverUndetermined[id] !== undefined;
    expect(truths.has('undetermined')).toBe(!isExempt);
  });
});

it('the exceptions are rules of the module', () => {
  const ids = definitions.rules.map(({ id }) => id);
  expect(Object.keys(neverUndetermined).filter((id) => !ids.includes(id))).toEqual([]);
});
