import { spawnSync } from 'node:child_process';
import { loadCases, loadSiteCases } from '../../src/definitions/load-cases.ts';
import { effectsOf, runSiteCases } from '../../src/definitions/site/effects.ts';
import { moduleFolder, shippedDefinitions } from '../support/app.ts';
import { approved, overlay, today, withOverlay } from './overlays.ts';

const cases = loadCases(moduleFolder);
const entry = (id: string, what: string, days = approved()) => `  ${id}:\n    ${what}\n${days}`;
const three = `thresholds:\n${entry('bilirubin-2', 'value: { "mg/dL": 3, "umol/L": 51 }\n    evidence: tace-bilirubin-3')}`;

describe('what a policy changes in the cases of the module', () => {
  const effects = (site: string) => effectsOf(cases, shippedDefinitions(), withOverlay(site), today);

  it('is nothing when it changes nothing', () => {
    expect(effects('')).toEqual([]);
  });

  it('is told case by case: the rule, what was expected, what it does now', () => {
    const [first, ...others] = effects(three).filter(({ case: name }) => name.startsWith('T10 bilirubin 2.0'));
    expect([first, others]).toEqual([
      {
        case: 'T10 bilirubin 2.0 mg/dL',
        rule: 'bilirubin-2-tace',
        expected: 'fires (warning)',
        now: 'does not fire',
      },
      [],
    ]);
  });

  it.each([
    ['disabled: true', 'fires (warning)', 'not evaluated'],
    ['silent: true', 'fires (warning)', 'fires (warning), silent'],
    ['indicator: info', 'fires (warning)', 'fires (info)'],
  ])('tells a rule with %s', (what, expected, now) => {
    const found = effects(`rules:\n${entry('ecog-2-tace', what)}`);
    expect(found).toContainEqual({ case: 'TACE at ECOG 2', rule: 'ecog-2-tace', expected, now });
    expect(new Set(found.map(({ rule }) => rule))).toEqual(new Set(['ecog-2-tace']));
  });

  it('is nothing for an entry that holds on other days', () => {
    expect(effects(three.replace('2026-11-01', '2026-11-06'))).toEqual([]);
  });
});

describe('the cases of an overlay', () => {
  const run = (lines: string, site = three) => {
    const folder = overlay({ 'site.yaml': site, 'cases.yaml': `cases:\n${lines}` });
    const own = loadSiteCases(folder, cases);
    if (own === undefined) throw new Error('there are no cases');
    return runSiteCases(own, withOverlay(site), today);
  };

  it('are run under its policy', () => {
    const held = '  - { case: "at 2.9", orders: [tace], given: { bilirubin: 2.9 mg/dL } }\n';
    expect(run(held)).toEqual({ faults: [], warnings: [], held: 1 });
    expect(run(held, '').faults).toEqual([
      "site/cases.yaml:2: case 'at 2.9': bilirubin-2-tace: expected false, found true",
    ]);
  });

  it('fail with file and line when they expect a rule that is disabled, or one that nobody knows', () => {
    const lines = [
      '  - { case: "one", orders: [tace], given: { ecog: 2 }, fires: [ecog-2-tace] }',
      '  - { case: "two", orders: [tace], fires: [no-such-rule] }',
    ].join('\n');
    expect(run(lines, `rules:\n${entry('ecog-2-tace', 'disabled: true')}`)).toEqual({
      faults: [
        "site/cases.yaml:2: case 'one': ecog-2-tace: expected true, found not evaluated",
        "site/cases.yaml:3: case 'two': no rule no-such-rule",
      ],
      warnings: [],
      held: 0,
    });
  });

  it('are optional', () => {
    expect(loadSiteCases(overlay(''), cases)).toBeUndefined();
  });
});

describe('npm run check-hooks', () => {
  beforeAll(() => {
    spawnSync(process.execPath, ['scripts/prepare.mjs', '--build']);
  });

  const check = (...options: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/check-hooks.js', ...options], {
      encoding: 'utf8',
    });
    return { status, lines: `${stdout}${stderr}`.split('\n') };
  };
  const on = ['--on', '2026-11-22'];

  it('passes when a policy changes base cases, and says which', () => {
    const { status, lines } = check('--site', 'fhir-fixtures/site-overlay', ...on);
    expect(lines).toContain(
      "changed: case 'T10 bilirubin 2.0 mg/dL': bilirubin-2-tace: expected fires (warning), now does not fire",
    );
    expect(lines).toContainEqual(
      expect.stringMatching(/^Sampletown General \(synthetic\): 9 entries .* (\d+) of \1 cases of the site hold$/),
    );
    expect(status).toBe(0);
  });

  it('passes with a warning when an entry has expired, and leaves out the cases of a rule that is not in force', () => {
    const { status, lines } = check('--site', 'fhir-fixtures/site-overlay', '--on', '2026-10-31');
    expect(lines).toContainEqual(
      expect.stringMatching(/^warning: .*'L01 albumin 2.7 g\/dL' is not run: albumin-below/),
    );
    const later = check('--site', 'fhir-fixtures/site-overlay', '--on', '2028-01-01');
    expect(later.lines).toContainEqual(
      expect.stringMatching(/^warning: site-overlay\/site\.yaml:\d+: rules\.response-due/),
    );
    expect([status, later.status]).toEqual([1, 0]);
  });

  it.each([
    ['has a fault', { 'site.yaml': 'rules:\n  mood: {}\n' }, /^ {2}site\/site\.yaml:3: /],
    [
      'has a case that does not hold',
      { 'cases.yaml': 'cases: [{ case: "x", orders: [tace], fires: [ecog-2-tace] }]' },
      /^site\/cases\.yaml:1: case 'x'/,
    ],
    ['has cases that are none', { 'cases.yaml': 'cases: 1' }, /^ {2}site\/cases\.yaml:1: /],
  ])('fails when the overlay %s', (_, files, line) => {
    const { status, lines } = check('--site', overlay(files), ...on);
    expect(lines).toContainEqual(expect.stringMatching(line));
    expect(status).toBe(1);
  });

  it.each([[['--site']], [['--sight', 'x']], [['--on', 'today']]])('fails with %j', (options) => {
    expect(check(...options).status).toBe(1);
  });
});
