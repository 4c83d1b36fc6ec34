import type { Answer, AnsweredCard, Answers } from '../../src/impact/answers.ts';
import { compareAnswers } from '../../src/impact/compare.ts';
import { reportOf } from '../../src/impact/report.ts';

const card: AnsweredCard = {
  topic: 'T',
  indicator: 'info',
  summary: 'Something.',
  detail: 'First.\n\nSecond. Third.',
  suggestions: ['Do it'],
  overrideReasons: ['because'],
};

function answers(changes: Partial<Answer> = {}): Answers {
  const answer: Answer = {
    patient: 'somebody',
    session: 'tablet',
    outcome: 'cards',
    verdicts: { one: 'true', two: 'false' },
    cards: [card],
    ...changes,
  };
  const other = { ...answer, patient: 'somebody else', outcome: 'cards', verdicts: {}, cards: [] };
  return { rules: { one: { ref: 'R01', version: 1 }, two: { ref: 'R02', version: 1 } }, answers: [answer, other] };
}

const compare = (changes: Partial<Answer>) => compareAnswers(answers(), answers(changes));

it('is quiet when nothing changed', () => {
  const impact = compare({});
  expect([impact.verdicts, impact.cards, impact.outcomes]).toEqual([[], [], []]);
  expect(impact).toMatchObject({ calls: 2, patients: 2, sessions: 1, totals: { changedCalls: 0, silent: [1, 1] } });
  expect(reportOf(impact, 9)).toContain('0 of 2 calls and 0 of 2 patients are changed');
});

describe('a verdict', () => {
  it('that changed is told with its number, and counted', () => {
    const { verdicts, totals } = compare({ verdicts: { one: 'undetermined', two: 'true' } });
    expect(verdicts).toEqual([
      { patient: 'somebody', session: 'tablet', rule: 'one', ref: 'R01', before: 'fires', after: 'open' },
      { patient: 'somebody', session: 'tablet', rule: 'two', ref: 'R02', before: 'does not fire', after: 'fires' },
    ]);
    expect(totals).toMatchObject({ verdicts: { 'R01 one: fires → open': 1 }, changedCalls: 1, changedPatients: 1 });
  });

  it('of a new rule is told where it says something', () => {
    const { verdicts } = compare({ verdicts: { one: 'true', two: 'false', three: 'true', four: 'false' } });
    expect(verdicts.map(({ rule, before, after }) => [rule, before, after])).toEqual([['three', 'not there', 'fires']]);
  });

  it('of a rule that is gone as well', () => {
    const { verdicts } = compare({ verdicts: {} });
    expect(verdicts.map(({ rule, before, after }) => [rule, before, after])).toEqual([['one', 'fires', 'not there']]);
  });
});

describe('a card', () => {
  it.each<[string, readonly AnsweredCard[], string, string, string]>([
    ['new', [card, { ...card, topic: 'U' }], 'U: new info', '', 'info: Something.'],
    ['gone', [], 'T: gone info', 'info: Something.', ''],
    [
      'indicator',
      [{ ...card, indicator: 'critical' }],
      'T: info → critical',
      'info: Something.',
      'critical: Something.',
    ],
    ['summary', [{ ...card, summary: 'Else.' }], 'T: other summary', 'info: Something.', 'info: Else.'],
    ['offers', [{ ...card, suggestions: ['Undo it'] }], 'T: other offers', 'Do it', 'Undo it'],
    ['detail', [{ ...card, detail: 'First.\n\nSecond. 3rd.' }], 'T: other detail', 'Third.', '3rd.'],
  ])('%s', (kind, cards, total, before, after) => {
    const impact = compare({ cards });
    expect(impact.cards).toEqual([expect.objectContaining({ patient: 'somebody', kind, before, after })]);
    expect(impact.totals.cards).toEqual({ [total]: 1 });
  });
});

it('a call that is refused now is told', () => {
  const { outcomes } = compare({ outcome: 'refused with 412' });
  expect(outcomes).toEqual([{ patient: 'somebody', session: 'tablet', before: 'cards', after: 'refused with 412' }]);
});

describe('the report', () => {
  it('names patient, order, rule, before and after, and ends with the totals', () => {
    const report = reportOf(compare({ verdicts: { one: 'false', two: 'false' }, cards: [] }), 9);
    expect(report).toContain('  somebody, tablet: R01 one: fires → does not fire');
    expect(report).toContain('  somebody, tablet: T, gone: info: Something. → none');
    expect(report).toContain('      1 R01 one: fires → does not fire');
    expect(report).toMatch(
      /1 of 2 calls and 1 of 2 patients are changed: 1 verdicts, 1 cards, 0 more cards in the detail only$/,
    );
  });

  it('says the same words of many cards once, with their number', () => {
    const many = (detail: string): Answers => {
      const base = answers({ cards: [{ ...card, detail }] });
      return {
        ...base,
        answers: base.answers.flatMap((one, index) => [
          one,
          { ...one, session: `other ${index}`, cards: [{ ...card, detail }] },
        ]),
      };
    };
    const report = reportOf(compareAnswers(many('Old. Same.'), many('New. Same.')), 9);
    expect(report).toContain('  3 × T: “Old.” → “New.” (first: somebody, tablet)');
  });

  it('cuts long lists unless all of it is wanted', () => {
    const impact = compare({ verdicts: { one: 'undetermined', two: 'undetermined' } });
    expect(reportOf(impact, 1)).toContain('… and 1 more (--all shows them)');
    expect(reportOf(impact, Number.POSITIVE_INFINITY)).not.toContain('more (--all');
  });
});
