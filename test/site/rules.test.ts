import { albumin, bilirubin, call, creatinine, ecog, inr, prefetch, searchset } from '../http/requests.ts';
import { answer, approved, faultsOf, type OverlayFiles, withLabs, withOverlay } from './overlays.ts';

const change = (id: string, what: string, days = approved()) =>
  `rules:\n  ${id}:\n${what.replace(/^/gm, '    ')}\n${days}`;
const b7 = withLabs(bilirubin(1), albumin(3.2), inr(1.8));
const b8 = withLabs(bilirubin(1), albumin(2.7), inr(1.8));

describe('a shipped rule that a hospital has changed', () => {
  it('is not asked any more when it is disabled', async () => {
    const { cards, log } = await answer(withOverlay(change('child-pugh-b-tace', 'disabled: true')), b7);
    expect(cards).toEqual([]);
    expect(log).toMatchObject({ fired: [], local: ['rules.child-pugh-b-tace'] });
  });

  it('is evaluated and logged, not shown, when it is silent', async () => {
    const { cards, log } = await answer(withOverlay(change('child-pugh-b-tace', 'silent: true')), b7);
    expect(cards).toEqual([]);
    expect(log.fired).toEqual(['child-pugh-b-tace@1+local (silent)']);
  });

  it('asks for nothing when it is silent', async () => {
    const noEcog = call({
      prefetch: { ...prefetch, assessments: searchset(), labs: searchset(albumin(4.2), inr(1), creatinine(0.9)) },
    });
    const asking = ['child-pugh-b-tace', 'child-pugh-b-ascites-tace', 'bilirubin-2-tace', 'bilirubin-2-explained-tace'];
    const silenced = asking.map((id) => change(id, 'silent: true').replace('rules:\n', '')).join('');
    expect((await answer(withOverlay(''), noEcog)).cards).toHaveLength(1);
    expect((await answer(withOverlay(`rules:\n${silenced}`), noEcog)).cards).toEqual([]);
  });

  it.each([
    ['raised', 'child-pugh-b-tace', 'critical', 'info', b7],
    ['lowered', 'ecog-2-tace', 'info', 'warning', call({ prefetch: { ...prefetch, assessments: searchset(ecog(2)) } })],
  ])('has the indicator to which it is %s, and says so', async (_, id, now, was, body) => {
    const before = await answer(withOverlay(''), body);
    const disabled = ['child-pugh-b8-tace', 'child-pugh-c-tace'].map((one) =>
      change(one, 'disabled: true').replace('rules:\n', ''),
    );
    const { cards } = await answer(withOverlay(`${change(id, `indicator: ${now}`)}${disabled.join('')}`), body);
    expect([before.cards[0]?.indicator, cards[0]?.indicator]).toEqual([was, now]);
    expect(cards[0]?.detail).toContain(`(since 2026-11-01): indicator ${now} instead of ${was}`);
  });

  it('has the words of the hospital, and says which', async () => {
    const texts = [
      'card:',
      '  finding: "score {child-pugh-score}"',
      '  summary: "Score {child-pugh-score}: ring the board before {order}."',
      '  detail: "**Ring the board** about {child-pugh-score}."',
      'options: [Ring the board.]',
    ].join('\n');
    const { cards } = await answer(withOverlay(change('child-pugh-b8-tace', texts)), b8);
    const [card] = cards;
    expect(card?.summary).toBe('Score B8: ring the board before TACE.');
    expect(card?.detail).toMatch(/^\*\*Ring the board\*\* about B8\./);
    expect(card?.detail).toContain('**Options**\n- Ring the board.\n');
    expect(card?.detail).toContain('finding, summary, detail and options in the words of this hospital');
  });

  it('may be changed in parts by several entries, on days of their own', async () => {
    const entries = [
      ['indicator: warning', approved('2026-11-01', undefined, '      ')],
      ['card: { summary: "Score {child-pugh-score}." }', approved('2026-11-05', '2026-11-05', '      ')],
    ].map(([what, days]) => `    - ${what}\n${days}`);
    const site = `rules:\n  child-pugh-b-tace:\n${entries.join('')}`;
    const definitions = withOverlay(site);
    const onDay = async (day: string) => {
      const { cards } = await answer(definitions, b7, new Date(`${day}T12:00:00Z`));
      return cards.map(({ indicator, summary }) => [indicator, summary.slice(0, 8)]);
    };
    expect(await onDay('2026-11-05')).toEqual([['warning', 'Score B7']]);
    expect(await onDay('2026-11-06')).toEqual([['warning', 'Child-Pu']]);
  });
});

describe('a change of a rule is refused', () => {
  const long = `card: { summary: "${'word '.repeat(30)}" }`;
  it.each([
    ['that does not exist', 'no-such-rule', 'silent: true', 3, /there is no shipped rule 'no-such-rule'/],
    ['that changes nothing', 'ecog-2-tace', '{}', 3, /changes nothing/],
    ['that hides it and changes it', 'ecog-2-tace', 'silent: true\nindicator: info', 3, /each stand alone/],
    ['to no indicator', 'ecog-2-tace', 'indicator: alarming', 4, /indicator/],
    ['with an unknown key', 'ecog-2-tace', 'silent: true\ncolour: red', 5, /Unrecognized key: "colour"/],
    ['with a summary that is too long', 'ecog-2-tace', long, 4, /the summary can reach 149 characters, at most 139/],
    ['with a summary of two lines', 'ecog-2-tace', 'card: { summary: "a\\nb" }', 4, /summary: must be one line/],
    ['with a placeholder that nobody knows', 'ecog-2-tace', 'card: { detail: "{mood}" }', 4, /placeholder \{mood\}/],
    ['with HTML', 'ecog-2-tace', 'card: { detail: "<b>stop</b>" }', 4, /HTML is not possible/],
    ['with too long a detail', 'ecog-2-tace', `card: { detail: "${'a '.repeat(1001)}" }`, 4, /at most 2000/],
    ['with too long an option', 'ecog-2-tace', `options: ["${'a'.repeat(201)}"]`, 4, /at most 200/],
    ['that would hide a milder grade', 'child-pugh-b-tace', 'indicator: critical', 3, /begins before the warning/],
  ])('%s', (_, id, what, line, message) => {
    const site = what === '{}' ? change(id, '').replace(/^ +\n/m, '') : change(id, what);
    const faults = faultsOf(site);
    expect(faults.join('\n')).toMatch(message);
    expect(faults.join('\n')).toMatch(new RegExp(`^site/site\\.yaml:${line}: `, 'm'));
  });

  it('when another entry sets the same on the same day', () => {
    const entry = (what: string, days: string) => `    - ${what}\n${days}`;
    const site = (first: string, second: string) =>
      `rules:\n  ecog-2-tace:\n${entry('indicator: info', first)}${entry('indicator: critical', second)}`;
    const days = (from: string, until?: string) => approved(from, until, '      ');
    expect(faultsOf(site(days('2026-11-01', '2026-11-30'), days('2026-11-30')))).toEqual([
      'site/site.yaml:9: rules.ecog-2-tace.indicator: another entry sets it on 2026-11-30 as well',
    ]);
    expect(faultsOf(site(days('2026-11-01', '2026-11-29'), days('2026-11-30')))).toEqual([]);
  });
});

const own: OverlayFiles = {
  'rules/low-albumin-tace.yaml': `id: low-albumin-tace
ref: L01
${approved('2026-11-01', undefined, '')}topic: suitability
family: albumin
version: 3
status: active
title: TACE ordered with low albumin
when: { all: [{ order: tace }, { condition: low-albumin }] }
whenUnknown: ask
card:
  indicator: warning
  finding: "albumin {albumin}"
  summary: "Albumin {albumin} on {albumin.date}, below {albumin-30}: consult first?"
  detail: "**Albumin {albumin}.**"
evidence: [our-board]
`,
  'thresholds.yaml': `albumin-30:
  description: The limit of our board
  values: { 2026-11-01: { value: { "g/dL": 3, "g/L": 30 }, evidence: our-board } }
  reviewedOn: 2026-11-01
`,
  'conditions.yaml': 'low-albumin: { description: Low, when: { fact: albumin, below: albumin-30 } }\n',
  'evidence.yaml': `our-board:
  title: Our board
  cite: our board
  year: 2026
  stance: context
  verification: site
  lastChecked: 2026-11-01
  says: "Our board asks for a consult."
`,
};

describe("a hospital's own rule", () => {
  const rule = 'rules/low-albumin-tace.yaml';

  it('gives cards like a shipped one, with its own limit, condition and source', async () => {
    const body = withLabs(bilirubin(1), albumin(2.9), inr(1));
    const { cards, log } = await answer(withOverlay(own), body);
    const [card] = cards;
    expect(card?.indicator).toBe('warning');
    expect(card?.summary).toBe('Albumin 2.9 g/dL on 2026-10-30, below 3 g/dL: consult first?');
    expect(card?.detail).toContain('- Our board asks for a consult. (our board, local policy)');
    expect(card?.detail).toContain('- TACE ordered with low albumin (since 2026-11-01): a rule of this hospital');
    expect(card?.detail).toContain('L01 low-albumin-tace@3 (local policy)');
    expect(log).toMatchObject({ fired: ['low-albumin-tace@3+local'], local: ['rules/low-albumin-tace.yaml'] });
    expect((await answer(withOverlay(own), withLabs(bilirubin(1), albumin(3), inr(1)))).cards).toEqual([]);
  });

  it('asks for what it lacks, and says that it is local policy which asks', async () => {
    const { cards } = await answer(withOverlay(own), withLabs(bilirubin(0.8), inr(1)));
    expect(cards[0]?.summary).toMatch(/^Albumin: no valid result/);
    expect(cards[0]?.detail).toContain('a rule of this hospital');
  });

  it('joins a shipped family: of equals it is the one that is printed, and a worse one wins', async () => {
    const joining = (indicator: string) => ({
      ...own,
      [rule]: String(own[rule]).replace('family: albumin', 'family: child-pugh').replace('warning', indicator),
    });
    const body = withLabs(bilirubin(1), albumin(2.7), inr(1.8));
    const shown = async (indicator: string) =>
      (await answer(withOverlay(joining(indicator)), body)).cards.map(({ summary }) => summary.split(' ')[0]);
    expect(await shown('warning')).toEqual(['Albumin']);
    expect(await shown('info')).toEqual(['Child-Pugh']);
  });

  const but = (file: string, from: string | RegExp, to: string) =>
    faultsOf({ ...own, [file]: String(own[file]).replace(from, to) });
  it.each([
    ['without an approver', rule, /approvedBy.*\n/, '', 'site/rules/low-albumin-tace.yaml:1: approvedBy: is missing'],
    ['under a number of the evidence pack', rule, 'L01', 'R01', 'site/rules/low-albumin-tace.yaml:2: ref: must be L'],
    ['under another name than its file', rule, 'id: low', 'id: very-low', "the id 'very-low-albumin-tace' must be"],
    [
      'with a condition that nobody knows',
      rule,
      'condition: low-albumin',
      'condition: no-such',
      "yaml:11: condition 'no-such'",
    ],
    [
      'with a source that nobody knows',
      rule,
      '[our-board]',
      '[hearsay]',
      "yaml:18: evidence 'hearsay' is not declared",
    ],
    ['with a topic that nobody knows', rule, 'suitability', 'weather', "yaml:6: topic 'weather' is not declared"],
    ['with a limit in the wrong unit', 'thresholds.yaml', '"g/L": 30', 'kg: 30', "'albumin-30' has no value in it"],
    [
      'with a limit that is never reached',
      'thresholds.yaml',
      '"g/L": 30',
      '"g/L": 300',
      "thresholds.yaml:1: 'albumin-30' is 300",
    ],
    [
      'with unverified evidence',
      'evidence.yaml',
      'verification: site',
      'verification: unverified',
      'evidence.yaml:1: our-board: is unverified',
    ],
    [
      'with too long a citation',
      'evidence.yaml',
      'cite: our board',
      `cite: ${'our '.repeat(11)}`,
      'site/evidence.yaml:3: our-board.cite',
    ],
    [
      'with a limit that is shipped',
      'thresholds.yaml',
      /albumin-30/,
      'bilirubin-2',
      'thresholds.yaml:1: bilirubin-2: is shipped',
    ],
    ['with a condition that is shipped', 'conditions.yaml', /low-albumin/, 'hcc', 'conditions.yaml:1: hcc: is shipped'],
  ])('is refused %s', (_, file, from, to, message) => {
    expect(but(file, from, to).join('\n')).toContain(message);
  });

  it('is refused under the id of a shipped one', () => {
    const files = { 'rules/ecog-2-tace.yaml': String(own[rule]).replace(/low-albumin-tace/, 'ecog-2-tace') };
    expect(faultsOf({ ...own, ...files }).join('\n')).toMatch(/ecog-2-tace\.yaml:1: .*a shipped rule has this id/);
  });

  it('is no reason to refuse what it no longer uses after its last day: that is a warning', () => {
    const expired = String(own[rule]).replace('from: 2026-11-01', 'from: 2026-10-01\nuntil: 2026-10-31');
    const { site, rules } = withOverlay({ ...own, [rule]: expired });
    expect(rules.map(({ id }) => id)).not.toContain('low-albumin-tace');
    expect(site?.warnings).toEqual([
      'site/rules/low-albumin-tace.yaml:1: rules/low-albumin-tace.yaml has expired: its last day was 2026-10-31',
      'site/conditions.yaml:1: low-albumin is never used',
    ]);
  });
});
