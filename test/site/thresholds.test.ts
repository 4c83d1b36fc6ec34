import { albumin, bilirubin, inr } from '../http/requests.ts';
import { answer, approved, faultsOf, withLabs, withOverlay } from './overlays.ts';

const limit = (value: string, more = '') =>
  `thresholds:\n  bilirubin-2:\n    value: ${value}\n    evidence: tace-bilirubin-3\n${more || approved()}`;
const three = limit('{ "mg/dL": 3, "umol/L": 51 }');

describe('a threshold that a hospital has set', () => {
  it('is the one that is compared with, on both of its sides', async () => {
    const definitions = withOverlay(three);
    const summaries = await Promise.all(
      [2.5, 2.99, 3].map(async (value) => {
        const { cards } = await answer(definitions, withLabs(bilirubin(value), albumin(4.2), inr(1)));
        return cards.map(({ summary }) => summary);
      }),
    );
    expect(summaries).toEqual([
      [],
      [],
      [expect.stringMatching(/^Bilirubin 3 mg\/dL on 2026-10-30: at or above 3 mg\/dL/)],
    ]);
  });

  it('says where it is printed that it is local, and whose in the detail, but not who approved it', async () => {
    const { cards } = await answer(withOverlay(three), withLabs(bilirubin(3), albumin(4.2), inr(1)));
    const [card] = cards;
    expect(card?.summary).toContain('at or above 3 mg/dL (local');
    expect(card?.detail).toContain('asks for less than 3 mg/dL (local policy)');
    expect(card?.detail).toContain(
      '**Local policy of Testville**\n- thresholds.bilirubin-2 (since 2026-11-01): 3 mg/dL instead of 2 mg/dL (reviews)',
    );
    expect(card?.detail).toContain('bilirubin-2-tace@1 (local policy)');
    expect(JSON.stringify(cards)).not.toContain('Secret');
  });

  it('is named in the line that is logged, with the rules that rest on it', async () => {
    const { log } = await answer(withOverlay(three), withLabs(bilirubin(3), albumin(4.2), inr(1)));
    expect(log).toMatchObject({ local: ['thresholds.bilirubin-2'], fired: ['bilirubin-2-tace@1+local'] });
  });

  it('is not said on cards that do not rest on it', async () => {
    const { cards } = await answer(withOverlay(three), withLabs(bilirubin(1), albumin(2.7), inr(1.8)));
    expect(cards).toHaveLength(1);
    expect(cards[0]?.detail).not.toMatch(/local policy/i);
  });

  it('is said on the card that asks for a test, when it is how long a result counts', async () => {
    const days = `thresholds:\n  labs-valid-days:\n    value: { d: 3 }\n    evidence: project-choice\n${approved()}`;
    const { cards } = await answer(withOverlay(days), withLabs(bilirubin(1), albumin(4.2), inr(1)));
    expect(cards[0]?.summary).toMatch(/no valid result within 3 days/);
    expect(cards[0]?.summary.length).toBeLessThanOrEqual(139);
    expect(cards[0]?.detail).toContain('labs-valid-days (since 2026-11-01): 3 days instead of 30 days (this project)');
  });
});

describe('a threshold is refused', () => {
  it.each([
    ['that does not exist', limit('{ "mg/dL": 3 }').replace('bilirubin-2', 'bilirubin-9'), 3, /no shipped threshold/],
    ['without unit', limit('3'), 4, /has no unit; write \{ "mg\/dL": …, "umol\/L": … \}/],
    ['in another unit', limit('{ "mg/dL": 3, "mmol/L": 51 }'), 4, /is given in mg\/dL, mmol\/L; write/],
    ['in one unit of two', limit('{ "mg/dL": 3 }'), 4, /is given in mg\/dL; write/],
    [
      'when its units disagree',
      limit('{ "mg/dL": 3, "umol/L": 34 }'),
      4,
      /3 mg\/dL and 34 umol\/L are not the same: expected is about 51 umol\/L/,
    ],
    ['outside of what is plausible', limit('{ "mg/dL": 200, "umol/L": 3420 }'), 3, /bilirubin lies between/],
    ['without a source', three.replace(/ +evidence.*\n/, ''), 3, /evidence: Invalid input/],
    ['with a source that nobody knows', three.replace('tace-bilirubin-3', 'hearsay'), 5, /evidence 'hearsay' is not/],
    ['without an approver', three.replace(/ +approvedBy.*\n/, ''), 3, /approvedBy: is missing: every change names who/],
    ['without a reason', three.replace(/ +reason.*\n/, ''), 3, /reason: is missing: every change says why/],
    ['without a first day', three.replace(/ +from.*\n/, ''), 3, /from: is missing: every change says from which day/],
    [
      'from a day that does not exist',
      limit('{ "mg/dL": 3, "umol/L": 51 }', approved('2026-02-30')),
      8,
      /must be a day of the calendar/,
    ],
    [
      'until before it begins',
      limit('{ "mg/dL": 3, "umol/L": 51 }', approved('2026-11-01', '2026-10-31')),
      9,
      /before/,
    ],
  ])('%s', (_, site, line, message) => {
    const faults = faultsOf(site);
    expect(faults[0]).toMatch(message);
    expect(faults[0]).toMatch(new RegExp(`^site/site\\.yaml:${line}: `));
  });

  const set = (id: string, value: string) =>
    `thresholds:\n  ${id}:\n    value: ${value}\n    evidence: project-choice\n${approved()}`;

  it('that restates a published table, by which the score is printed', () => {
    expect(faultsOf(set('child-pugh-c', '9'))).toEqual([
      expect.stringMatching(/^site\/site\.yaml:3: thresholds\.child-pugh-c: cannot be set: It is the class of the/),
    ]);
  });

  it('beyond the scale of the score', () => {
    expect(faultsOf(set('child-pugh-b8', '16'))).toContainEqual(
      expect.stringMatching(/^site\/site\.yaml:3: 'child-pugh-b8' is 16, and child-pugh-score lies between 5 and 15/),
    );
  });

  it('that would hide a milder grade of the same family behind a worse one', () => {
    expect(faultsOf(set('child-pugh-b8', '11'))).toEqual([
      expect.stringMatching(
        /^site\/site\.yaml:3: the critical of 'child-pugh-c-tace' \('child-pugh-c'\) begins before the warning of 'child-pugh-b8-tace'/,
      ),
    ]);
    expect(faultsOf(set('child-pugh-b8', '9'))).toEqual([]);
    expect(faultsOf(set('response-overdue-days', '{ d: 41 }'))).toHaveLength(1);
    expect(faultsOf(set('response-overdue-days', '{ d: 42 }'))).toEqual([]);
  });

  it('that is a window longer than what is read', () => {
    expect(faultsOf(set('continuation-days', '{ d: 181 }'))).toContainEqual(
      expect.stringMatching(/^site\/site\.yaml:3: 181 days are longer than 'administrations' is read for \(180 days\)/),
    );
    expect(faultsOf(set('continuation-days', '{ d: 180 }'))).toEqual([]);
  });

  it('that is a window of less than no day, or of half a day', () => {
    expect(faultsOf(set('labs-valid-days', '{ d: -1 }'))[0]).toMatch(/a window of -1 days is not possible/);
    expect(faultsOf(set('labs-valid-days', '{ d: 2.5 }'))[0]).toMatch(/a window of 2\.5 days is not possible/);
  });
});

it('a threshold that is set to what is shipped is a warning', () => {
  const { site } = withOverlay(limit('{ "mg/dL": 2, "umol/L": 34 }'));
  expect(site?.warnings).toEqual(['site/site.yaml:3: thresholds.bilirubin-2 sets what is shipped']);
});
