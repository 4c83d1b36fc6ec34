import type { Definitions } from '../../src/definitions/definitions.ts';
import { found, nothingRecorded } from '../measures/facts.ts';
import { shippedDefinitions } from '../support/app.ts';
import { cardOf, cardsOf, rule, withRules } from './cards.ts';

const classC = { bilirubin: found(5, 'mg/dL'), albumin: found(2, 'g/dL'), inr: found(3, '{INR}') };

describe('no finding', () => {
  it('makes no card', () => {
    expect(cardsOf()).toEqual([]);
  });
});

describe('one finding', () => {
  it('speaks with its own summary', () => {
    const { summary, indicator } = cardOf({ facts: { ecog: found(2) } });
    expect(summary).toMatch(/^ECOG 2 .*TACE/);
    expect(indicator).toBe('warning');
  });

  it('tells its rule with number, id and version, so that feedback can be counted', () => {
    expect(cardOf({ definitions: withRules(rule('special', 'sequence', 'info', { version: 7 })) }).detail).toContain(
      'R99 special@7',
    );
  });

  it('says of which day the knowledge is, who answers for it, and that it does not replace judgement', () => {
    const { evidencePack, clinicalOwner, footer } = shippedDefinitions().service;
    const { detail } = cardOf({ facts: { ecog: found(2) } });
    expect(detail).toContain(`. Evidence ${evidencePack}, clinical owner: ${clinicalOwner}. ${footer}`);
    expect(detail).toContain(footer);
  });
});

describe('several findings of one topic', () => {
  const { summary, detail, indicator } = cardOf({ facts: { ...classC, ascites: found(3), ecog: found(2) } });

  it('share a card, whose indicator is the worst', () => {
    expect(indicator).toBe('critical');
  });

  it('K2: are listed in one sentence of at most 139 characters, worst first', () => {
    expect(summary).toMatch(/^[^;]+; .*: review before ordering TACE\.$/);
    expect(summary.length).toBeLessThanOrEqual(139);
    expect(summary.indexOf('Child-Pugh')).toBeGreaterThanOrEqual(0);
    expect(summary.indexOf('ECOG')).toBeGreaterThan(summary.indexOf('Child-Pugh'));
  });

  it('each have a paragraph in the detail', () => {
    expect(detail).toMatch(/\*\*Child-Pugh C1[0-5]/);
    expect(detail).toMatch(/\*\*Bilirubin 5 mg\/dL/);
    expect(detail).toMatch(/\*\*ECOG 2/);
    expect(detail.split('\n\n').length).toBeGreaterThan(4);
  });

  it('K2: are cut at a whole finding when they do not fit, and the rest is counted', () => {
    const long = (letter: string) => `${letter.repeat(45)}`;
    const rules = ['a', 'b', 'c', 'd'].map((id) =>
      rule(id, 'sequence', id === 'd' ? 'critical' : 'info', {
        card: { indicator: id === 'd' ? 'critical' : 'info', finding: long(id), summary: 'S.', detail: 'D.' },
      }),
    );
    const card = cardOf({ definitions: withRules(...rules) });
    expect(card.summary).toBe(
      `${long('D').slice(0, 1)}${long('d').slice(1)}; ${long('a')} +2 more: review before ordering TACE.`,
    );
    expect(card.summary.length).toBeLessThanOrEqual(139);
  });

  it('are counted from the first one on when even two do not fit', () => {
    const rules = ['a', 'b'].map((id) =>
      rule(id, 'sequence', 'info', {
        card: { indicator: 'info', finding: id.repeat(70), summary: 'S.', detail: 'D.' },
      }),
    );
    expect(cardOf({ definitions: withRules(...rules) }).summary).toBe(
      `A${'a'.repeat(69)} +1 more: review before ordering TACE.`,
    );
  });

  it('offer each option once', () => {
    const options = ['One option.', 'Another option.'];
    const rules = ['a', 'b'].map((id) => rule(id, 'sequence', 'info', { options }));
    const { detail: text } = cardOf({ definitions: withRules(...rules) });
    expect(text.match(/^- One option\.$/gm)).toHaveLength(1);
    expect(text.match(/^- Another option\.$/gm)).toHaveLength(1);
  });
});

describe('rules of one family', () => {
  it('supersede each other: only the worst that fired is printed', () => {
    const { detail } = cardOf({ facts: classC });
    expect(detail).toContain('child-pugh-c-tace');
    expect(detail).not.toContain('child-pugh-b-tace');
    expect(detail).not.toContain('child-pugh-b8-tace');
  });

  it('leave one finding also when two are equally bad', () => {
    const rules = ['a', 'b'].map((id) => rule(id, 'sequence', 'warning', { family: 'one' }));
    expect(cardOf({ definitions: withRules(...rules) }).summary).toMatch(/^Summary of [ab]\.$/);
  });

  it('do not supersede those of another family', () => {
    const rules = [rule('a', 'sequence', 'warning'), rule('b', 'sequence', 'info')];
    expect(cardOf({ definitions: withRules(...rules) }).summary).toBe(
      'Finding a; finding b: review before ordering TACE.',
    );
  });
});

describe('rules that are not active', () => {
  it.each(['draft', 'silent', 'retired'] as const)('%s: are not shown', (status) => {
    expect(cardsOf({ definitions: withRules(rule('a', 'sequence', 'critical', { status })) })).toEqual([]);
  });
});

describe('findings of several topics', () => {
  it('K15: make one card each, the most urgent first', () => {
    const cards = cardsOf({ drafts: ['TACE', 'atezolizumab'], facts: { ...classC, ascites: found(1) } });
    expect(cards.map(({ indicator, source }) => [indicator, source.topic.code])).toEqual([
      ['critical', 'HCCSUITABILITY'],
      ['warning', 'HCCSEQUENCE'],
    ]);
  });

  it('of the same urgency keep the order of the topics', () => {
    const rules = [rule('a', 'drug-safety', 'info'), rule('b', 'suitability', 'info'), rule('c', 'sequence', 'info')];
    const cards = cardsOf({ definitions: withRules(...rules) });
    expect(cards.map(({ summary }) => summary)).toEqual(['Summary of c.', 'Summary of b.', 'Summary of a.']);
  });

  it('K1, K5, K6, K9: have ids of their own, and the source that was declared', () => {
    const cards = cardsOf({ definitions: withRules(rule('a', 'sequence', 'info'), rule('b', 'suitability', 'info')) });
    expect(new Set(cards.map(({ uuid }) => uuid)).size).toBe(2);
    expect(cards[0]?.source).toEqual({
      label: shippedDefinitions().service.source.label,
      topic: {
        system: 'urn:hcc-cds:topic',
        code: 'HCCSEQUENCE',
        display: shippedDefinitions().service.topics.sequence?.display,
      },
    });
  });
});

describe('more than three topics', () => {
  const gap = { bilirubin: nothingRecorded };
  const askBilirubin = rule('asks', 'suitability', 'critical', {
    when: { subject: 'fact', id: 'bilirubin', operator: 'atLeast', threshold: 'bilirubin-2' },
    whenUnknown: 'ask',
  });
  const withTopic = (definitions: Definitions): Definitions => ({
    ...definitions,
    service: {
      ...definitions.service,
      topics: { ...definitions.service.topics, response: { code: 'HCCRESPONSE', display: 'Response' } },
    },
  });

  it('fold what is missing into the third card first', () => {
    const rules = [
      rule('a', 'sequence', 'warning'),
      rule('b', 'suitability', 'info'),
      rule('c', 'drug-safety', 'info'),
      askBilirubin,
    ];
    const cards = cardsOf({ definitions: withRules(...rules), facts: gap });
    expect(cards).toHaveLength(3);
    expect(cards.map(({ source }) => source.topic.code)).not.toContain('HCCGAPS');
    expect(cards[2]?.detail).toMatch(/\*\*Also\*\*\n- Bilirubin/);
    expect(cards[2]?.suggestions?.map(({ label }) => label)).toContain('Order Bilirubin');
    expect(cards[0]?.detail).not.toContain('**Also**');
  });

  it('fold the least urgent next, with their findings, options, reasons and evidence: nothing that fired is dropped', () => {
    const rules = [
      rule('a', 'sequence', 'critical'),
      rule('b', 'suitability', 'warning'),
      rule('c', 'drug-safety', 'warning'),
      rule('d', 'response', 'info', {
        options: ['Wait.'],
        overrideReasons: ['clinical-trial'],
        evidence: ['child-pugh-1973'],
      }),
      askBilirubin,
    ];
    const cards = cardsOf({ definitions: withTopic(withRules(...rules)), facts: gap });
    expect(cards.map(({ source }) => source.topic.code)).toEqual(['HCCSEQUENCE', 'HCCSUITABILITY', 'HCCDRUGSAFETY']);
    const last = cards[2];
    expect(last?.summary).toBe('Summary of c.');
    expect(last?.detail).toMatch(/\*\*Also\*\*\n- Summary of d\.\n- Bilirubin/);
    expect(last?.detail).toContain('- Wait.');
    expect(last?.detail).toContain('R99 d@1');
    expect(last?.detail).toContain(shippedDefinitions().evidence['child-pugh-1973']?.says);
    expect(last?.overrideReasons?.map(({ code }) => code)).toContain('clinical-trial');
    expect(last?.indicator).toBe('warning');
  });
});

describe('override reasons', () => {
  const { reasons, system } = shippedDefinitions().overrideReasons;

  it('are the union of the findings, each once, at most six', () => {
    const all = Object.keys(reasons);
    const rules = [
      rule('a', 'sequence', 'warning', { overrideReasons: all.slice(0, 4) }),
      rule('b', 'sequence', 'info', { overrideReasons: all.slice(2, 9) }),
    ];
    const { overrideReasons } = cardOf({ definitions: withRules(...rules) });
    expect(overrideReasons?.map(({ code }) => code)).toEqual(all.slice(0, 6));
  });

  it('K12: carry system, code and words', () => {
    const definitions = withRules(rule('a', 'sequence', 'info', { overrideReasons: ['clinical-trial'] }));
    expect(cardOf({ definitions }).overrideReasons).toEqual([
      { system, code: 'clinical-trial', display: reasons['clinical-trial'] },
    ]);
  });

  it('are left out when there are none', () => {
    expect(cardOf({ definitions: withRules(rule('a', 'sequence', 'info')) })).not.toHaveProperty('overrideReasons');
  });
});
