import request from 'supertest';
import type { Definitions } from '../../src/definitions/definitions.ts';
import {
  albumin,
  bilirubin,
  call,
  condition,
  hcc,
  inr,
  noEncephalopathy,
  prefetch,
  searchset,
  select,
} from '../http/requests.ts';
import { testApp } from '../support/app.ts';
import { answerTo, transcripts } from '../support/golden.ts';
import { answer, approved, faultsOf, withLabs, withOverlay } from './overlays.ts';

const at = (time: string) => new Date(time);
const b7 = withLabs(bilirubin(1), albumin(3.2), inr(1.8));
const raised = (from: string, until?: string, more = '') =>
  `${more}rules:\n  child-pugh-b-tace:\n    indicator: warning\n${approved(from, until)}`;

/** The indicator of the card at these times, by a service that was started once. */
async function indicators(definitions: Definitions, ...times: readonly string[]): Promise<readonly unknown[]> {
  const answers = await Promise.all(times.map((time) => answer(definitions, b7, at(time))));
  return answers.map(({ cards }) => cards[0]?.indicator);
}

describe('an entry holds on its days, both within, in a service that runs on', () => {
  it('not on the day before it begins, and on its first day', async () => {
    const definitions = withOverlay(raised('2026-11-07'), at('2026-11-05T12:00:00Z'));
    const times = ['2026-11-06T23:59:59Z', '2026-11-07T00:00:00Z'];
    expect(await indicators(definitions, ...times)).toEqual(['info', 'warning']);
  });

  it('on its last day, and not on the day after', async () => {
    const definitions = withOverlay(raised('2026-11-01', '2026-11-07'), at('2026-11-05T12:00:00Z'));
    const times = ['2026-11-07T23:59:59Z', '2026-11-08T00:00:00Z', '2026-11-20T00:00:00Z'];
    expect(await indicators(definitions, ...times)).toEqual(['warning', 'info', 'info']);
  });

  it('by the days of the hospital', async () => {
    const site = raised('2026-11-01', '2026-11-07', 'timeZone: America/Los_Angeles\n');
    const definitions = withOverlay(site, at('2026-11-05T12:00:00Z'));
    const times = ['2026-11-08T07:59:59Z', '2026-11-08T08:00:00Z'];
    expect(await indicators(definitions, ...times)).toEqual(['warning', 'info']);
    expect(faultsOf(site.replace('Los_Angeles', 'Springfield'))).toEqual([
      'site/site.yaml:2: timeZone: is no time zone, such as Europe/Berlin',
    ]);
  });

  it('one after the other, when there are several', async () => {
    const entry = (indicator: string, from: string, until?: string) =>
      `    - indicator: ${indicator}\n${approved(from, until, '      ')}`;
    const site = `rules:\n  ecog-2-tace: { disabled: true, reason: a, approvedBy: b, from: 2026-11-01 }\n  child-pugh-b8-tace: { disabled: true, reason: a, approvedBy: b, from: 2026-11-01 }\n  child-pugh-b-tace:\n${entry('warning', '2026-11-01', '2026-11-09')}${entry('critical', '2026-11-12')}`;
    const definitions = withOverlay(site, at('2026-11-05T12:00:00Z'));
    const times = ['2026-11-09T12:00:00Z', '2026-11-11T12:00:00Z', '2026-11-12T12:00:00Z'];
    expect(await indicators(definitions, ...times)).toEqual(['warning', 'info', 'critical']);
  });

  it('and is logged on those days only', async () => {
    const definitions = withOverlay(raised('2026-11-01', '2026-11-07'), at('2026-11-05T12:00:00Z'));
    const logs = await Promise.all(
      ['2026-11-07T12:00:00Z', '2026-11-08T12:00:00Z'].map((time) => answer(definitions, b7, at(time))),
    );
    expect(logs.map(({ log }) => log.local)).toEqual([['rules.child-pugh-b-tace'], undefined]);
  });
});

describe('an entry that has expired', () => {
  it('is a warning and changes nothing', async () => {
    const definitions = withOverlay(raised('2026-10-01', '2026-11-04'));
    expect(definitions.site?.warnings).toEqual([
      'site/site.yaml:3: rules.child-pugh-b-tace has expired: its last day was 2026-11-04',
    ]);
    expect(await indicators(definitions, '2026-11-05T12:00:00Z')).toEqual(['info']);
    expect(withOverlay(raised('2026-10-01', '2026-11-05')).site?.warnings).toEqual([]);
  });

  it('is no fault, even if it names what is no longer shipped', () => {
    const site = (until?: string) => raised('2026-10-01', until).replace('child-pugh-b-tace', 'rule-of-last-year');
    expect(faultsOf(site())).toHaveLength(1);
    expect(faultsOf(site('2026-11-04'))).toEqual([]);
  });
});

it('an entry that has not begun is checked at start, so that nothing fails on the day', () => {
  expect(faultsOf(raised('2027-01-01').replace('child-pugh-b-tace', 'no-such-rule'))).toEqual([
    "site/site.yaml:3: rules.no-such-rule: there is no shipped rule 'no-such-rule' (from 2027-01-01 on)",
  ]);
});

it('what goes wrong only when an entry ends is refused at start, with the day', () => {
  const disabled = `  child-pugh-b8-tace:\n    disabled: true\n${approved('2026-11-01', '2026-12-31')}`;
  const critical = raised('2026-11-01').replace('indicator: warning', 'indicator: critical');
  expect(faultsOf(`${critical}${disabled}`)).toEqual([
    expect.stringMatching(/^site\/site\.yaml:3: the critical of 'child-pugh-b-tace'.* \(from 2027-01-01 on\)$/),
  ]);
});

describe('a CDS Service that is switched off', () => {
  const site = `services:\n  hcc-order-select:\n    disabled: true\n${approved('2026-11-01', '2026-11-07')}`;
  const selected = select(['ServiceRequest/zq-tace-1']);

  it('is neither offered nor answered until the last day has passed, while the others are', async () => {
    const definitions = withOverlay(site);
    const ask = async (day: string) => {
      const app = testApp({ definitions, now: () => at(`${day}T12:00:00Z`) });
      const discovery = await request(app).get('/cds-services');
      const calls = [selected, call()].map((body) => request(app).post(`/cds-services/hcc-${body.hook}`).send(body));
      const statuses = (await Promise.all(calls)).map(({ status }) => status);
      return [discovery.body.services.map(({ id }: { id: string }) => id).includes('hcc-order-select'), statuses];
    };
    expect(await ask('2026-11-07')).toEqual([false, [404, 200]]);
    expect(await ask('2026-11-08')).toEqual([true, [200, 200]]);
  });

  it('must exist, and can only be switched off', () => {
    expect(faultsOf(site.replace('hcc-order-select', 'hcc-tea-time'))).toEqual([
      "site/site.yaml:3: services.hcc-tea-time: there is no CDS Service 'hcc-tea-time'",
    ]);
    expect(faultsOf(site.replace('true', 'false'))[0]).toMatch(
      /^site\/site\.yaml:4: services\.hcc-order-select\.disabled/,
    );
  });
});

describe('askBedside', () => {
  const site = (value: string) => `askBedside:\n  value: ${value}\n${approved('2026-11-01', undefined, '  ')}`;
  const noAscites = call({ prefetch: { ...prefetch, conditions: searchset(hcc, noEncephalopathy) } });

  it('always makes a card of what is not recorded, and says that it is local policy', async () => {
    expect((await answer(withOverlay(''), noAscites)).cards).toEqual([]);
    const { cards, log } = await answer(withOverlay(site('always')), noAscites);
    expect(cards[0]?.summary).toMatch(/^Not recorded: ascites/);
    expect(cards[0]?.detail).toContain('- Bedside findings (since 2026-11-01): always, so that this is asked for');
    expect(log.local).toEqual(['askBedside']);
  });

  it('is not said where the record gives the reason to ask', async () => {
    const earlier = condition('earlier', '389026000', 'Ascites', {
      clinicalStatus: { coding: [{ code: 'resolved' }] },
      abatementDateTime: '2025-01-01',
    });
    const conditions = searchset(hcc, noEncephalopathy, earlier);
    const { cards } = await answer(withOverlay(site('always')), call({ prefetch: { ...prefetch, conditions } }));
    expect(cards[0]?.summary).toMatch(/^Liver tests allow Child-Pugh B or worse: ascites is not recorded/);
    expect(cards[0]?.detail).not.toMatch(/local policy/i);
  });

  it('knows three values', () => {
    expect(faultsOf(site('sometimes'))[0]).toMatch(/^site\/site\.yaml:3: askBedside\.value/);
  });
});

describe('an overlay that changes nothing', () => {
  it.each(transcripts())('leaves the answer to $slug as it is, byte by byte', async (transcript) => {
    expect(await answerTo(transcript, withOverlay(''))).toBe(transcript.response);
  });

  it('leaves discovery as it is', async () => {
    const [plain, empty] = await Promise.all(
      [testApp(), testApp({ definitions: withOverlay('') })].map((app) => request(app).get('/cds-services')),
    );
    expect(empty?.text).toBe(plain?.text);
  });
});

describe('the faults of an overlay', () => {
  it('are listed all together, those of form with those of meaning, each with file and line', () => {
    const files = {
      'site.yaml': [
        'colour: red',
        'thresholds:',
        '  bilirubin-2:',
        '    value: { "mg/dL": 3 }',
        '    evidence: tace-bilirubin-3',
        '    reason: r',
        '    approvedBy: a',
        '    from: 2026-11-01',
        '  no-such-limit: { value: 1, evidence: project-choice, reason: r, approvedBy: a, from: 2026-11-01 }',
        'rules:',
        '  ecog-2-tace: { silent: true, reason: r, from: 2026-11-01 }',
        '  no-such-rule: { silent: true, reason: r, approvedBy: a, from: 2026-11-01 }',
        '  child-pugh-b-tace:',
        '    card: { detail: "{mood}" }',
        '    reason: r',
        '    approvedBy: a',
        '    from: 2027-01-01',
      ].join('\n'),
      'rules/x.yaml': 'id: x\n',
      'value-sets/mood.json': '{',
      'tresholds.yaml': '',
    };
    const faults = faultsOf(files);
    expect(faults).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^site\/site\.yaml:2: Unrecognized key: "colour"/),
        expect.stringMatching(/^site\/site\.yaml:5: thresholds\.bilirubin-2: is given in mg\/dL/),
        expect.stringMatching(/^site\/site\.yaml:10: thresholds\.no-such-limit: there is no shipped threshold/),
        expect.stringMatching(/^site\/site\.yaml:12: rules\.ecog-2-tace\.approvedBy: is missing/),
        expect.stringMatching(/^site\/site\.yaml:13: rules\.no-such-rule: there is no shipped rule/),
        expect.stringMatching(/^site\/site\.yaml:15: placeholder \{mood\} is not known/),
        expect.stringMatching(/^site\/rules\/x\.yaml:1: topic: /),
        expect.stringMatching(/^site\/value-sets\/mood\.json:1: has no entry in site\.yaml/),
        expect.stringMatching(/^site\/tresholds\.yaml:undefined: is not read; possible are site\.yaml/),
      ]),
    );
    expect(new Set(faults).size).toBe(faults.length);
  });

  it('hold what is no entry at all', () => {
    expect(faultsOf('rules: silent\n')).toEqual([expect.stringMatching(/^site\/site\.yaml:2: rules: /)]);
    expect(faultsOf('thresholds:\n  bilirubin-2: 3\n')).toEqual([
      expect.stringMatching(/^site\/site\.yaml:3: thresholds\.bilirubin-2: /),
    ]);
    expect(faultsOf('rules: [\n')[0]).toMatch(/^site\/site\.yaml:\d: /);
    expect(faultsOf({ 'rules/y.yml': '' })).toEqual([expect.stringMatching(/y\.yml:undefined: is not read: its name/)]);
  });
});
