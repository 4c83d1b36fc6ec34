import { Condition } from '../../src/rules/condition.ts';

/** Path and message of every fault, in the order in which they were found. */
function faultsOf(written: unknown): readonly (readonly [path: string, message: string])[] {
  const parsed = Condition.safeParse(written);
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => [path.join('.'), message]);
}

describe('a condition that is well formed', () => {
  it.each([
    ['an order', { order: 'tace' }],
    ['an order for any indication', { order: 'tace', indication: 'any' }],
    ['a draft', { draft: 'systemic-therapy' }],
    ['a named condition', { condition: 'hcc' }],
    ['all', { all: [{ order: 'tace' }, { condition: 'hcc' }] }],
    ['any', { any: [{ draft: 'tace' }, { order: 'tki' }] }],
    ['none', { none: [{ condition: 'hcc' }] }],
    ['combinations in combinations', { all: [{ any: [{ none: [{ order: 'tace' }] }] }] }],
  ])('is kept as it is written: %s', (_name, written) => {
    expect(Condition.parse(written)).toEqual(written);
  });

  it.each(['above', 'atLeast', 'below', 'atMost'])('compares a fact or a measure with a threshold: %s', (operator) => {
    expect(Condition.parse({ fact: 'bilirubin', [operator]: 'bilirubin-2' })).toEqual({
      subject: 'fact',
      id: 'bilirubin',
      operator,
      threshold: 'bilirubin-2',
    });
    expect(Condition.parse({ measure: 'child-pugh-score', [operator]: 'child-pugh-b' })).toEqual({
      subject: 'measure',
      id: 'child-pugh-score',
      operator,
      threshold: 'child-pugh-b',
    });
  });

  it('asks for presence without a threshold', () => {
    expect(Condition.parse({ fact: 'ascites', present: true })).toEqual({
      subject: 'fact',
      id: 'ascites',
      operator: 'present',
    });
  });

  it('may stand inside a combination, where a comparison is parsed as well', () => {
    expect(Condition.parse({ all: [{ fact: 'ascites', present: true }] })).toEqual({
      all: [{ subject: 'fact', id: 'ascites', operator: 'present' }],
    });
  });
});

describe('a fault in a condition', () => {
  const noCondition = 'must be a condition, such as { fact: …, present: true }';
  const noList = 'must be a list of at least one condition';
  const comparison = 'must be fact or measure with one of present, concerns, above, atLeast, below, atMost; found';

  it.each<[what: string, written: unknown, path: string, message: string]>([
    ['a text', 'tace', '', noCondition],
    ['a list', [{ order: 'tace' }], '', noCondition],
    ['null', null, '', noCondition],
    ['nothing', undefined, '', noCondition],
    ['a part that is a text', { all: ['tace'] }, 'all.0', noCondition],
    ['a combination of nothing: it would always be true', { all: [] }, 'all', noList],
    ['a combination that is no list', { none: { order: 'tace' } }, 'none', noList],
    [
      'a combination with company',
      { any: [{ order: 'tace' }], order: 'tki' },
      '',
      "'any' stands alone, found also order",
    ],
    ['an order that is no name', { order: 3 }, 'order', 'must be a name'],
    ['a draft that is no name', { draft: ['tace'] }, 'draft', 'must be a name'],
    ['a condition that is no name', { condition: { order: 'tace' } }, 'condition', 'must be a name'],
    ['an unknown key', { order: 'tace', when: 'now', if: 1 }, '', 'unknown key when, if'],
    ['another indication', { order: 'tace', indication: 'hcc' }, 'indication', "can only be 'any'"],
    ['no subject', { atLeast: 'child-pugh-b' }, '', `${comparison} atLeast`],
    ['no operator', { fact: 'ascites' }, '', `${comparison} fact`],
    ['nothing at all', {}, '', `${comparison} nothing`],
    ['two operators', { fact: 'x', above: 'a', below: 'b' }, '', `${comparison} fact, above, below`],
    ['two subjects', { fact: 'x', measure: 'y', above: 'a' }, '', `${comparison} fact, measure, above`],
    ['an unknown operator', { fact: 'x', equals: 'a' }, '', `${comparison} fact, equals`],
    ['a fact that is no name', { fact: 7, present: true }, 'fact', 'must be a name'],
    [
      'the absence of a fact: none says so',
      { fact: 'ascites', present: false },
      'present',
      'can only be true; use none for its opposite',
    ],
    [
      'a literal: a number belongs to the thresholds, with unit and source',
      { measure: 'child-pugh-score', atLeast: 7 },
      'atLeast',
      'must name a threshold, never a number',
    ],
  ])('is reported where it is: %s', (_what, written, path, message) => {
    expect(faultsOf(written)).toEqual([[path, message]]);
  });

  it('does not hide the next: an author wants to see all of them', () => {
    const written = {
      all: [{ order: 1 }, { any: [{ fact: 'x', above: 2 }, 'text'] }, { draft: 'tace', indication: 'any' }],
    };
    expect(faultsOf(written)).toEqual([
      ['all.0.order', 'must be a name'],
      ['all.1.any.0.above', 'must name a threshold, never a number'],
      ['all.1.any.1', noCondition],
      ['all.2', 'unknown key indication'],
    ]);
  });

  it('does not hide faults of the parts behind a combination with company', () => {
    expect(faultsOf({ none: [{ order: 1 }], draft: 'tace' })).toEqual([
      ['', "'none' stands alone, found also draft"],
      ['none.0.order', 'must be a name'],
    ]);
  });

  it('is reported twice for an order that is no name and has another indication', () => {
    expect(faultsOf({ order: 1, indication: 'hcc' }).map(([path]) => path)).toEqual(['order', 'indication']);
  });
});
