import { renderOverview } from '../../src/cards/overview.ts';
import type { Card } from '../../src/cds-hooks/card.ts';
import type { PatientViewFile } from '../../src/definitions/schemas/patient-view.ts';
import type { Fact } from '../../src/kernel/fact.ts';
import type { Condition } from '../../src/rules/condition.ts';
import { situationOf, vocabulary } from '../gaps/gaps.ts';
import { found, nothingRecorded, stale, unavailable, unusable } from '../measures/facts.ts';
import { countingIds, shippedDefinitions } from '../support/app.ts';

type Facts = Readonly<Record<string, Fact>>;
interface Circumstances {
  readonly view?: PatientViewFile;
  readonly awaited?: readonly string[];
  readonly unread?: readonly string[];
}

const shipped = shippedDefinitions().patientView;
if (shipped === undefined) throw new Error('the module has no patient-view.yaml');

/** The card of a well patient but for these facts. */
function overview(facts: Facts = {}, { view, awaited = [], unread = [] }: Circumstances = {}): Card | undefined {
  const subject = { definitions: shippedDefinitions(), situation: situationOf([], facts), vocabulary };
  return renderOverview(view ?? (shipped as PatientViewFile), {
    ...{ subject, unread, awaited: new Set(awaited), newId: countingIds() },
  });
}

const linesOf = (card: Card | undefined) => card?.detail.split('\n') ?? [];
const on = (day: string, value: Fact): Fact => ({ ...value, provenance: provenance(day) }) as Fact;
const provenance = (day: string) => ({ source: 'x', asRecorded: '41 g/dL', steps: [], recorded: day });
const tace = [{ name: 'tace', label: 'TACE' }];
const lastTace = (days: number) => on('2026-09-01', { ...found(days, 'd'), orders: tace });
const nothing: Facts = Object.fromEntries(
  ['bilirubin', 'albumin', 'inr', 'ascites', 'encephalopathy', 'ecog'].map((id) => [id, nothingRecorded]),
);

describe('what is known', () => {
  it('is told line by line, in the order of the module', () => {
    expect(linesOf(overview({ 'tace-last': lastTace(30) })).slice(0, 4)).toEqual([
      expect.stringMatching(/^- Child-Pugh A5: bilirubin 0\.8 mg\/dL, .*\(date not known\)$/),
      '- ALBI -2.82 (grade 1)',
      '- ECOG 0 (date not known)',
      '- Last TACE, 30 days ago (2026-09-01)',
    ]);
  });

  it('is a range where parts are missing, and says which are missing and why', () => {
    const facts = { inr: on('2026-01-01', stale), ascites: nothingRecorded, albumin: unavailable };
    const [first] = linesOf(overview(facts));
    expect(first).toMatch(/^- Child-Pugh A5 to C11: bilirubin/);
    expect(first).toContain('; out of date: INR; not recorded: ascites; could not be read: albumin');
  });

  it('is not invented: a line of which anything is unknown is left out', () => {
    const { detail = '' } = overview({ bilirubin: nothingRecorded }) ?? {};
    expect(detail).not.toMatch(/ALBI|Last|Response|Running/);
  });

  it('tells a running drug once, and the last one only when none is certainly running', () => {
    const orders = [{ name: 'nivolumab', label: 'nivolumab' }];
    const given = on('2026-10-12', { ...found(41, 'd'), orders });
    const running = on('2026-10-12', { ...found(1), orders });
    const drugLines = (facts: Facts) => linesOf(overview(facts)).filter((line) => line.includes('nivolumab'));
    expect(drugLines({ 'systemic-therapy-last-given': given, 'immunotherapy-running': running })).toEqual([
      '- Running: nivolumab (last recorded 2026-10-12)',
    ]);
    const perhaps: Fact = { ...running, value: { low: 0, high: 1, lowOpen: false, highOpen: false } } as Fact;
    expect(drugLines({ 'systemic-therapy-last-given': given, 'immunotherapy-running': perhaps })).toEqual([
      '- Last systemic therapy: nivolumab, 41 days ago (2026-10-12)',
    ]);
  });

  it('tells of a TACE that is planned', () => {
    const planned = on('2026-12-10', { ...found(1), orders: tace });
    expect(linesOf(overview({ 'tace-planned': planned }))).toContain('- Planned: TACE (2026-12-10)');
    expect(overview({ 'tace-planned': planned })?.summary).toContain('TACE planned');
  });

  it('names a response by its word', () => {
    const facts = { 'tace-last': lastTace(30), 'tace-response': on('2026-10-01', found(2)) };
    expect(linesOf(overview(facts))).toContain('- Response since then: partial response (2026-10-01)');
  });

  it('comes with what a reader has to know of it', () => {
    const facts = { inr: found(2.6, '{INR}'), anticoagulant: found(1), albumin: on('2026-11-01', unusable) };
    const lines = linesOf(overview(facts, { unread: ['procedures'] }));
    expect(lines).toEqual(
      expect.arrayContaining([
        '- Could not be checked: procedures.',
        '- INR on an anticoagulant: not interpretable, taken as 1 to 3 points.',
        expect.stringMatching(/^- Albumin cannot be used: "41 g\\\/dL" \(2026-11-01\)/),
      ]),
    );
  });

  it('does not show a restricted value', () => {
    const restricted = { ...found(2.7, 'mg/dL'), provenance: { ...provenance('2026-11-01'), restricted: true } };
    const { summary, detail } = overview({ bilirubin: restricted }) ?? {};
    expect(`${summary} ${detail}`).not.toMatch(/2\.7|-1\.|A6/);
    expect(detail).toContain('bilirubin restricted, value not shown');
  });

  it('names a treatment whose day is restricted, and makes no sentence of it', () => {
    const tace = lastTace(60);
    const restricted = { ...tace, provenance: { ...provenance('2026-09-06'), restricted: true } };
    const { summary, detail } = overview({ 'tace-last': restricted, 'tace-response': nothingRecorded }) ?? {};
    expect(summary).not.toContain('restricted');
    expect(detail).toContain('- Last TACE: restricted, value not shown');
    expect(detail).not.toMatch(/2026-09-06|[Ll]ast restricted/);
  });
});

describe('what is due', () => {
  const due = (facts: Facts, circumstances?: Circumstances) => {
    const lines = linesOf(overview(facts, circumstances));
    const start = lines.indexOf('**Due**');
    return start < 0 ? [] : lines.slice(start + 1, lines.indexOf('', start));
  };

  it('is nothing while everything is valid', () => {
    expect(due({})).toEqual([]);
  });

  it('are values that are old, missing or unusable, with the last day of each', () => {
    const old = { bilirubin: on('2026-09-01', stale), albumin: on('2026-09-01', stale), inr: nothingRecorded };
    expect(due(old)).toEqual([
      '- Liver tests, valid for 30 days: bilirubin 41 g\\/dL and albumin 41 g\\/dL (last 2026-09-01), INR (not recorded)',
    ]);
    expect(due({ albumin: on('2026-11-01', unusable) })).toEqual([
      '- Liver tests, valid for 30 days: albumin (2026-11-01, cannot be used)',
    ]);
  });

  it('is not what has been ordered already without saying so', () => {
    expect(due({ inr: nothingRecorded }, { awaited: ['inr'] })).toEqual([
      '- Liver tests, valid for 30 days: INR (not recorded; ordered, no result yet)',
    ]);
  });

  it('is called by its tests where only some of them are missing, and told with the last value', () => {
    const inr = {
      ...on('2026-09-01', stale),
      provenance: { ...provenance('2026-09-01'), asRecorded: '1.1 {INR}' },
    } as Fact;
    expect(overview({ inr })?.summary).toMatch(/Due: INR\.$/);
    expect(due({ inr })).toEqual(['- Liver tests, valid for 30 days: INR 1\\.1 (last 2026-09-01)']);
  });

  it('is no performance status that follows from another scale', () => {
    expect(due({ ecog: on('2026-01-01', stale), karnofsky: on('2026-10-30', found(80)) })).toEqual([]);
    expect(due({ ecog: on('2026-01-01', stale) })).toEqual([
      '- Performance status, valid for 90 days: ECOG 41 g\\/dL (last 2026-01-01)',
    ]);
  });

  it('is never what could not be read', () => {
    expect(due({ bilirubin: unavailable, ecog: unavailable })).toEqual([]);
  });

  it.each<[string, number, Facts, boolean]>([
    ['41 days after TACE', 41, {}, false],
    ['42 days after TACE', 42, {}, true],
    ['365 days after TACE', 365, {}, true],
    ['366 days after TACE, which is history', 366, {}, false],
    ['when a response is recorded', 60, { 'tace-response-recorded': found(1) }, false],
    ['when the liver was imaged since', 60, { 'tace-imaged': found(1) }, false],
    ['when reports could not be read', 60, { 'tace-imaged': unavailable }, false],
  ])('response imaging: %s', (_, days, facts, expected) => {
    const all = { 'tace-sessions': found(1), 'tace-last': lastTace(days), ...facts };
    expect(due(all).some((line) => line.startsWith('- Response imaging'))).toBe(expected);
  });

  it('is no response imaging where there was no TACE', () => {
    expect(due({}).join()).not.toContain('Response imaging');
  });
});

describe('the card', () => {
  it('is shown for what is due alone, when there once was a value', () => {
    expect(overview({ ...nothing, ecog: on('2026-01-01', stale) })?.summary).toBe('HCC. Due: liver tests, ECOG.');
  });

  it('is not shown when nothing was ever recorded', () => {
    expect(overview(nothing)).toBeUndefined();
  });

  it('says in its summary all that is due, and of the rest as much as there is room for, cut at a whole part', () => {
    const part = (letter: string) => ({ says: `${letter} {ecog}`, short: letter.repeat(40) });
    const isFit: Condition = { subject: 'fact', id: 'hcc', operator: 'present' };
    const view: PatientViewFile = {
      ...{ id: 'v', version: 3, topic: 'overview', title: 'T' },
      lines: [part('a'), part('b'), part('c'), part('d')],
      due: [{ when: isFit, says: 'x', short: 'x'.repeat(30) }],
    };
    const { summary, detail } = overview({}, { view }) ?? {};
    expect(summary).toBe(`T: ${'a'.repeat(40)}; ${'b'.repeat(40)}. Due: ${'x'.repeat(30)}.`);
    expect(detail).toContain('- d 0');
    expect(detail).toContain('v@3. Evidence ');
  });
});
