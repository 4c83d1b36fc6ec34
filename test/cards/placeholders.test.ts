import { fill } from '../../src/cards/placeholders.ts';
import { between, exactly } from '../../src/kernel/estimate.ts';
import type { Fact } from '../../src/kernel/fact.ts';
import { evaluate } from '../../src/rules/evaluate.ts';
import type { OrderInSession } from '../../src/rules/situation.ts';
import { situationOf, vocabulary } from '../gaps/gaps.ts';
import { found, none, nothingRecorded, unavailable } from '../measures/facts.ts';
import { order } from '../rules/situations.ts';
import { shippedDefinitions } from '../support/app.ts';
import { cardOf, cardsOf } from './cards.ts';

type Facts = Readonly<Record<string, Fact>>;

function filled(
  text: string,
  facts: Facts = {},
  orders: readonly OrderInSession[] = [order('tace', { label: 'TACE' })],
): string {
  return fill(text, { definitions: shippedDefinitions(), situation: situationOf(orders, facts), vocabulary });
}

function from(value: Fact, changes: { recorded?: string; source?: string; restricted?: boolean }): Fact {
  return value.state === 'found' ? { ...value, provenance: { ...value.provenance, ...changes } } : value;
}

describe('the orders in a text', () => {
  const named = (...labels: readonly string[]) =>
    filled(
      '{order}',
      {},
      labels.map((label) => order('tace', { label })),
    );

  it('are those advised on, by our words', () => {
    expect(named('TACE')).toBe('TACE');
    expect(named('atezolizumab', 'bevacizumab')).toBe('atezolizumab + bevacizumab');
    expect(filled('{order}', {}, [order('tace', { label: 'TACE' }), order('nivolumab', { advised: false })])).toBe(
      'TACE',
    );
  });

  it('that are called alike are named once', () => {
    expect(named('TACE', 'TACE')).toBe('TACE');
  });

  it('of a group are named by the group', () => {
    const orders = [order('tace', { label: 'TACE' }), order('sorafenib', { label: 'sorafenib' })];
    expect(filled('{tki} and {tace}', {}, orders)).toBe('sorafenib and TACE');
  });
});

describe('the orders that made a condition true', () => {
  const said = (facts: Facts, ...drafts: readonly string[]) => {
    const orders = drafts.map((name) => order(name, { label: name }));
    const situation = situationOf(orders, facts);
    const trace = evaluate({ condition: 'tace-overlaps-immunotherapy' }, situation, vocabulary);
    return fill('{tace}, {immunotherapy}', { definitions: shippedDefinitions(), situation, vocabulary }, trace);
  };
  const ago = (days: number, ...names: readonly string[]): Fact => ({
    ...found(days, 'd'),
    orders: names.map((name) => ({ name, label: name })),
  });

  it('are told with their days where nothing else makes them count', () => {
    expect(said({ 'checkpoint-inhibitor-last-given': ago(41, 'pembrolizumab') }, 'tace')).toBe(
      'tace, pembrolizumab 41 days ago',
    );
    expect(said({ 'tace-last': ago(10, 'tace') }, 'durvalumab')).toBe('tace 10 days ago, durvalumab');
  });

  it('are told without days when they are ordered or running now', () => {
    const last = ago(20, 'nivolumab');
    expect(said({ 'checkpoint-inhibitor-last-given': last }, 'tace', 'nivolumab')).toBe('tace, nivolumab');
    const running = { ...found(1), orders: [{ name: 'nivolumab', label: 'nivolumab' }] };
    expect(said({ 'checkpoint-inhibitor-last-given': last, 'immunotherapy-running': running }, 'tace')).toBe(
      'tace, nivolumab',
    );
  });

  it('are told by their days, those of one day together', () => {
    const facts = {
      'checkpoint-inhibitor-last-given': ago(20, 'atezolizumab'),
      'bevacizumab-last-given': ago(20, 'bevacizumab'),
    };
    expect(said(facts, 'tace')).toBe('tace, atezolizumab + bevacizumab 20 days ago');
    expect(said(facts, 'tace', 'durvalumab')).toBe('tace, durvalumab and atezolizumab + bevacizumab 20 days ago');
  });
});

describe('a threshold in a text', () => {
  it('is given in the unit in which the value was reported', () => {
    expect(filled('{bilirubin-2}', { bilirubin: found(2.5, 'mg/dL') })).toBe('2 mg/dL');
    expect(filled('{bilirubin-2}', { bilirubin: found(40, 'umol/L') })).toBe('34 µmol/L');
    // Another test in another unit does not matter.
    expect(filled('{creatinine-2}', { bilirubin: found(40, 'umol/L'), creatinine: found(2, 'mg/dL') })).toBe('2 mg/dL');
  });

  it('as it is published is the same, as long as no hospital has set it', () => {
    expect(filled('{creatinine-2.published}', { creatinine: found(2, 'mg/dL') })).toBe('2 mg/dL');
  });

  it('that has one unit is given in it', () => {
    expect(filled('{labs-valid-days}')).toBe('30 days');
  });
});

describe('a fact in a text', () => {
  it.each<[string, string, Facts, string]>([
    ['a quantity', '{bilirubin}', { bilirubin: found(2.5, 'mg/dL') }, '2.5 mg/dL'],
    ['a grade, by its name', '{ascites}', { ascites: found(1) }, 'slight or controlled'],
    [
      'a range of grades',
      '{ascites}',
      { ascites: found(between(1, 3)) },
      'anything from slight or controlled to severe or refractory',
    ],
    [
      'an exposure',
      '{checkpoint-inhibitor-last-given}',
      {
        'checkpoint-inhibitor-last-given': {
          ...found(41, 'd'),
          orders: [{ name: 'nivolumab', label: 'nivolumab' }],
        } as Fact,
      },
      'nivolumab, 41 days ago',
    ],
    ['a value that is missing', '{bilirubin}', { bilirubin: nothingRecorded }, 'not known'],
    ['a value that could not be read', '{bilirubin}', { bilirubin: unavailable }, 'not known'],
    ['what is read as absent', '{biliary-obstruction}', { 'biliary-obstruction': none }, 'not recorded'],
    [
      'a restricted value',
      '{bilirubin}',
      { bilirubin: from(found(2.5, 'mg/dL'), { restricted: true }) },
      'restricted, value not shown',
    ],
  ])('%s', (_name, text, facts, expected) => {
    expect(filled(text, facts)).toBe(expected);
  });

  it('has its date', () => {
    expect(
      filled('{bilirubin.date}', { bilirubin: from(found(2, 'mg/dL'), { recorded: '2026-11-04T08:00:00Z' }) }),
    ).toBe('2026-11-04');
    expect(filled('{bilirubin.date}', { bilirubin: nothingRecorded })).toBe('date not known');
  });
});

describe('a score in a text', () => {
  it('is given with its class, as a range where parts are missing', () => {
    expect(filled('{child-pugh-score}')).toBe('A5');
    expect(filled('{child-pugh-score}', { ascites: nothingRecorded })).toBe('A5 to B7');
  });

  it('is as old as the oldest test in it', () => {
    const facts = {
      bilirubin: from(found(1, 'mg/dL'), { recorded: '2026-11-04' }),
      albumin: from(found(4, 'g/dL'), { recorded: '2026-10-28' }),
      ascites: from(found(0), { recorded: '2019-01-01' }),
    };
    expect(filled('{child-pugh-score.date}', facts)).toBe('2026-10-28');
  });
});

describe('the reasons of a finding', () => {
  const because = (facts: Facts, orders: readonly OrderInSession[] = [order('tace', { label: 'TACE' })]) => {
    const situation = situationOf(orders, facts);
    const trace = evaluate({ condition: 'tace-overlaps-immunotherapy' }, situation, vocabulary);
    return fill('{because}', { definitions: shippedDefinitions(), situation, vocabulary }, trace);
  };
  const given = { ...found(20, 'd'), orders: [{ name: 'nivolumab', label: 'nivolumab' }] };

  it('are what made the condition true, with date and window', () => {
    const facts = {
      'checkpoint-inhibitor-last-given': from(given, { recorded: '2026-10-16', source: 'MedicationAdministration/7' }),
    };
    expect(because(facts)).toBe('Last checkpoint inhibitor: nivolumab, 20 days ago (2026-10-16; limit 42 days).');
  });

  it('name a recorded problem in the words of the record, escaped; once where it says two things', () => {
    const text = 'HCC [diffuse] <both lobes>';
    const recorded = (value: Fact): Fact =>
      value.state === 'found' ? { ...value, provenance: { ...value.provenance, text, recorded: '2026-05-06' } } : value;
    const facts = { 'infiltrative-growth': recorded(found(1)), 'bilobar-growth': recorded(found(1)) };
    const card = cardOf({ facts });
    expect(card.detail).toContain(
      'Infiltrative HCC and extensive bilobar HCC: “HCC \\[diffuse\\] &lt;both lobes&gt;” (2026-05-06).',
    );
    expect(card.summary).not.toContain('both lobes');
  });

  it('are the other drafts', () => {
    expect(because({}, [order('tace', { label: 'TACE' }), order('nivolumab', { label: 'nivolumab' })])).toMatch(
      /^Ordered now: nivolumab and TACE\.$/,
    );
  });

  it('tell of a drug once, however many facts of the same reads speak of it', () => {
    const running = { ...found(1), orders: [{ name: 'nivolumab', label: 'nivolumab' }] };
    expect(because({ 'immunotherapy-running': running, 'checkpoint-inhibitor-last-given': given })).toBe(
      'Running immunotherapy: nivolumab.',
    );
  });

  it('do not say twice what the title of the fact says already', () => {
    const orders = [order('durvalumab', { label: 'durvalumab' })];
    const tace = [{ name: 'tace', label: 'TACE' }];
    const facts = { 'tace-planned': { ...found(1), orders: tace }, 'tace-last': { ...found(10, 'd'), orders: tace } };
    expect(because(facts, orders)).toBe('Planned TACE. Last TACE: 10 days ago (limit 14 days).');
  });

  it('say of a restricted fact that there is one, and quote nothing of it', () => {
    expect(because({ 'checkpoint-inhibitor-last-given': from(given, { restricted: true }) })).toBe(
      'Last checkpoint inhibitor: restricted, value not shown.',
    );
  });

  it('date a drug that is taken by what was last recorded of it, not as if it began then', () => {
    const running = from({ ...found(1), orders: [{ name: 'nivolumab', label: 'nivolumab' }] } as Fact, {
      recorded: '2026-11-04T08:00:00Z',
    });
    expect(because({ 'immunotherapy-running': running })).toBe(
      'Running immunotherapy: nivolumab (last recorded 2026-11-04).',
    );
  });

  it('name no drug that only a restricted entry names', () => {
    const running = { ...found(1), orders: [{ name: 'nivolumab', label: 'nivolumab' }] } as Fact;
    const card = cardOf({ facts: { 'immunotherapy-running': from(running, { restricted: true }) } });
    expect(JSON.stringify(card)).not.toContain('nivolumab');
    expect(card.summary).toContain('TACE with a checkpoint inhibitor or bevacizumab (name restricted)');
    expect(card.detail).toContain('Running immunotherapy: restricted, value not shown.');
  });

  it('are none where the condition is not true', () => {
    expect(because({})).toBe('');
  });
});

describe('text of the record', () => {
  const hostile = 'x](https://evil.example)<img src=x>\n# y';
  const facts = {
    ecog: from(found(2), { source: `Observation/${hostile}`, recorded: `2026-11-01${hostile}` }),
    ascites: from(found(1), { source: `Condition/${hostile}` }),
    albumin: {
      state: 'unusable',
      reason: 'it has no unit',
      provenance: { source: hostile, asRecorded: hostile, recorded: hostile, steps: [] },
    } as Fact,
  };

  it('never stands in a summary, and only escaped in a detail', () => {
    for (const { summary, detail, suggestions = [] } of cardsOf({ facts })) {
      expect(summary).not.toMatch(/evil|img/);
      expect(detail).not.toContain('<img');
      expect(detail).not.toContain('](https://evil');
      expect(detail).not.toMatch(/^# y/m);
      for (const { label } of suggestions) expect(label).not.toMatch(/evil|img/);
    }
    expect(cardsOf({ facts })).not.toEqual([]);
  });
});

describe('restricted values', () => {
  it('count, but are printed nowhere on the card', () => {
    const facts = {
      bilirubin: from(found(2.7, 'mg/dL'), { restricted: true }),
      ascites: from(found(exactly(3)), { restricted: true }),
    };
    const { summary, detail, indicator } = cardOf({ facts });
    expect(indicator).toBe('critical');
    expect(`${summary} ${detail}`).not.toContain('2.7');
    expect(`${summary} ${detail}`).not.toContain('severe or refractory');
    expect(summary.length).toBeLessThanOrEqual(139);
  });
});
