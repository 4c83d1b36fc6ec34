import { introduced, type Statement, statementOf } from '../../src/knowledge/statement.ts';
import { Condition } from '../../src/rules/condition.ts';
import { shippedDefinitions } from '../support/app.ts';

const definitions = shippedDefinitions();
const say = (written: unknown, changes: Partial<typeof definitions> = {}) =>
  statementOf(Condition.parse(written), { ...definitions, ...changes });

/** A statement as an indented list. */
function lines({ text, parts }: Statement, indent = ''): readonly string[] {
  return [`${indent}${text}`, ...parts.flatMap((part) => lines(part, `${indent}  `))];
}

describe('a leaf is one sentence, with its number filled in', () => {
  it.each([
    [{ order: 'tace' }, 'TACE is ordered for hepatocellular carcinoma.'],
    [{ order: 'tki', indication: 'any' }, 'A tyrosine kinase inhibitor is ordered, for whatever disease.'],
    [{ draft: 'tace' }, 'TACE is among the orders of the session.'],
    [{ fact: 'biliary-obstruction', present: true }, 'Recorded: biliary obstruction.'],
    [{ fact: 'bilirubin', atLeast: 'bilirubin-2' }, 'Bilirubin is 2 mg/dL (34 µmol/L) or more.'],
    [{ fact: 'age', below: 'adult-age' }, 'Age is below 18 years.'],
    [{ fact: 'ecog', above: 'ecog-2' }, 'ECOG is above 2.'],
    [{ fact: 'ecog', atMost: 'ecog-2' }, 'ECOG is 2 or less.'],
    [{ measure: 'child-pugh-score', atLeast: 'child-pugh-b8' }, 'Child-Pugh is 8 or more.'],
    [{ fact: 'ascites', atLeast: 'ascites-severe' }, 'Ascites is grade 3 (severe or refractory) or worse.'],
    [{ fact: 'encephalopathy', atLeast: 'encephalopathy-severe' }, 'Encephalopathy is grade 3 or worse.'],
    [{ fact: 'tace-last', below: 'ici-after-tace-days' }, 'Last TACE: fewer than 14 days ago.'],
    [{ fact: 'tace-last', atMost: 'ici-after-tace-days' }, 'Last TACE: at most 14 days ago.'],
    [{ fact: 'tace-last', above: 'ici-after-tace-days' }, 'Last TACE: more than 14 days ago, or never.'],
  ])('%j', (written, sentence) => {
    expect(lines(say(written))).toEqual([sentence]);
  });
});

describe('the opposite of one sentence is one sentence', () => {
  it.each([
    [{ fact: 'biliary-obstruction', present: true }, 'Not recorded: biliary obstruction.'],
    [{ fact: 'bilirubin', atLeast: 'bilirubin-2' }, 'Bilirubin is below 2 mg/dL (34 µmol/L).'],
    [{ fact: 'tace-last', atMost: 'ici-after-tace-days' }, 'Last TACE: more than 14 days ago, or never.'],
    [{ order: 'tace' }, 'Not true: TACE is ordered for hepatocellular carcinoma.'],
  ])('none of %j', (part, sentence) => {
    expect(lines(say({ none: [part] }))).toEqual([sentence]);
  });
});

describe('what is put together', () => {
  const parts = [{ order: 'tace' }, { fact: 'ecog', atLeast: 'ecog-2' }];

  it.each([
    ['all', 'All of these:'],
    ['any', 'At least one of these:'],
    ['none', 'None of these:'],
  ])('%s: is a list under its lead', (how, lead) => {
    expect(lines(say({ [how]: parts }))).toEqual([
      lead,
      '  TACE is ordered for hepatocellular carcinoma.',
      '  ECOG is 2 or more.',
    ]);
  });

  it('of one part is that part', () => {
    expect(lines(say({ all: [{ any: [{ order: 'tace' }] }] }))).toEqual([
      'TACE is ordered for hepatocellular carcinoma.',
    ]);
  });

  it('is introduced within a sentence', () => {
    expect(introduced('It fires when', say({ all: parts }), 'certain').text).toBe(
      'It fires when all of these are certain:',
    );
    expect(introduced('It fires when', say({ any: parts }), 'certain').text).toBe(
      'It fires when at least one of these is certain:',
    );
    const leaf = introduced('It fires when', say({ order: 'tace' }), 'certain');
    expect(lines(leaf)).toEqual(['It fires when this is certain:', '  TACE is ordered for hepatocellular carcinoma.']);
  });
});

describe('a named condition is said and written out', () => {
  const changes = {
    conditions: new Map([
      ['short', Condition.parse({ order: 'tace' })],
      ['long', Condition.parse({ any: [{ order: 'tace' }, { condition: 'short' }] })],
    ]),
    conditionTexts: new Map([
      ['short', 'Something is ordered.'],
      ['long', 'One or the other.'],
    ]),
  };

  it('one sentence under it', () => {
    expect(lines(say({ condition: 'short' }, changes))).toEqual([
      'Something is ordered. That is:',
      '  TACE is ordered for hepatocellular carcinoma.',
    ]);
  });

  it('a list under it, and so on', () => {
    expect(lines(say({ condition: 'long' }, changes))).toEqual([
      'One or the other. That is, at least one of these:',
      '  TACE is ordered for hepatocellular carcinoma.',
      '  Something is ordered. That is:',
      '    TACE is ordered for hepatocellular carcinoma.',
    ]);
  });
});

it('orders of a group without a title are named one by one', () => {
  const groups = new Map([...definitions.groups, ['two', new Set(['lenvatinib', 'sorafenib'])]]);
  expect(say({ draft: 'two' }, { groups }).text).toBe('Lenvatinib or sorafenib is among the orders of the session.');
});

it('of several dated values the newest is filled in, whatever day it is', () => {
  const limit = definitions.thresholds['child-pugh-b8'];
  if (!limit) throw new Error('no such limit');
  const [first] = Object.values(limit.values);
  if (!first) throw new Error('it has no value');
  const values = { ...limit.values, '2099-01-01': { ...first, value: 9 } };
  const thresholds = { ...definitions.thresholds, 'child-pugh-b8': { ...limit, values } };
  const { text } = say({ measure: 'child-pugh-score', atLeast: 'child-pugh-b8' }, { thresholds });
  expect(text).toBe('Child-Pugh is 9 or more.');
});

describe('a fact that concerns orders', () => {
  it('is said with the sentence of the condition, which is not written out again', () => {
    const concerns = {
      subject: 'fact',
      id: 'combination-study',
      operator: 'concerns',
      of: 'tace-overlaps-tki',
    } as const;
    expect(statementOf(concerns, shippedDefinitions())).toEqual({
      text: 'Recorded: study of TACE with a systemic drug. It names no drug, or one because of which this is true: TACE and a tyrosine kinase inhibitor overlap, whichever of them is being ordered.',
      parts: [],
    });
  });
});

describe('days ago', () => {
  const never = (condition: string) => JSON.stringify(statementOf({ condition }, shippedDefinitions()));
  const notAssessed = { condition: 'response-not-assessed' } as const;
  const due = { subject: 'fact', id: 'tace-last', operator: 'atLeast', threshold: 'response-due-days' } as const;

  it('may be never, unless something beside it says that it happened', () => {
    expect(never('first-systemic-order')).toContain('or never');
    expect(JSON.stringify(statementOf(due, shippedDefinitions()))).toContain('or never');
    expect(JSON.stringify(statementOf({ all: [notAssessed, due] }, shippedDefinitions()))).not.toContain('or never');
  });
});
