import { formatCsv, formatReport, overrideRate, reportLines } from '../../src/feedback/report.ts';
import type { OutcomeCount } from '../../src/store/store.ts';

const count = (more: Partial<OutcomeCount>): OutcomeCount => ({
  month: '2026-11',
  rule: 'a',
  version: 1,
  outcome: 'none',
  cards: 1,
  ...more,
});

const november = [
  count({ outcome: 'none', cards: 6 }),
  count({ outcome: 'accepted', cards: 1 }),
  count({ outcome: 'overridden', cards: 1 }),
  count({ outcome: 'overridden', reasonSystem: 'urn:x', reasonCode: 'clinical-trial', cards: 2 }),
  count({ rule: 'gaps-laboratory', cards: 4 }),
];

describe('the report', () => {
  it('adds up what became of each version of a rule in each month', () => {
    expect(reportLines(november)).toEqual([
      {
        month: '2026-11',
        rule: 'a@1',
        shown: 10,
        accepted: 1,
        overridden: 3,
        none: 6,
        reasons: [
          { reason: 'clinical-trial', cards: 2 },
          { reason: '(no reason)', cards: 1 },
        ],
      },
      expect.objectContaining({ rule: 'gaps-laboratory@1', shown: 4, none: 4, reasons: [] }),
    ]);
  });

  it('is ordered by month, rule and version, the tenth after the second', () => {
    const counts = [
      count({ version: 10 }),
      count({ version: 2 }),
      count({ month: '2027-01' }),
      count({ rule: 'b' }),
      count({ month: '2026-02', rule: 'z' }),
    ];
    expect(reportLines(counts).map(({ month, rule }) => `${month} ${rule}`)).toEqual([
      '2026-02 z@1',
      '2026-11 a@2',
      '2026-11 a@10',
      '2026-11 b@1',
      '2027-01 a@1',
    ]);
  });

  it('tells the system of reasons where there are several', () => {
    const counts = [
      count({ outcome: 'overridden', reasonSystem: 'urn:x', reasonCode: '1' }),
      count({ outcome: 'overridden', reasonSystem: 'urn:y', reasonCode: '1' }),
      count({ outcome: 'overridden', reasonCode: '2' }),
    ];
    expect(reportLines(counts)[0]?.reasons.map(({ reason }) => reason)).toEqual(['1 (urn:x)', '1 (urn:y)', '2']);
  });

  it('takes the override rate of the cards that something was said of', () => {
    const [first, second] = reportLines(november);
    expect([first && overrideRate(first), second && overrideRate(second)]).toEqual([0.75, undefined]);
  });

  it('can be read', () => {
    expect(formatReport(reportLines(november), 3)).toBe(
      `month    rule               shown  accepted  overridden  no feedback  override rate
2026-11  a@1                   10         1           3            6           75 %
           clinical-trial                             2
           (no reason)                                1
2026-11  gaps-laboratory@1      4         0           0            4              -

A card counts once for each rule it told of, in the month in which it was shown (UTC). Accepted: any of its
suggestions was. Overridden: it was, and nothing of it accepted; by the reason given last. Override rate: of the
cards that something was said of.
Feedback on cards that are not known: 3.
`,
    );
    expect(formatReport([], 0)).toMatch(/^No card was shown\.\n/);
  });

  it('can be computed with, and holds no formula', () => {
    const counts = [...november, count({ outcome: 'overridden', reasonCode: '=cmd("x")', reasonSystem: 'a,b' })];
    expect(formatCsv(counts).split('\n')).toEqual([
      'month,rule,version,outcome,reason_system,reason_code,cards',
      `2026-11,a,1,accepted,,,1`,
      `2026-11,a,1,none,,,6`,
      `2026-11,a,1,overridden,"a,b","'=cmd(""x"")",1`,
      `2026-11,a,1,overridden,,,1`,
      `2026-11,a,1,overridden,urn:x,clinical-trial,2`,
      `2026-11,gaps-laboratory,1,none,,,4`,
      '',
    ]);
  });
});
