import { found, nothingRecorded, stale, unavailable, unusable } from '../measures/facts.ts';
import { cardOf, cardsOf } from './cards.ts';

const unrecorded = { ascites: nothingRecorded, encephalopathy: nothingRecorded };

describe('T11: ascites and encephalopathy that nobody recorded', () => {
  it('make no card while the liver tests make three points', () => {
    expect(cardsOf({ facts: unrecorded })).toEqual([]);
  });

  it('make one info card without suggestion when albumin is 3.2 g/dL', () => {
    const card = cardOf({ facts: { ...unrecorded, albumin: found(3.2, 'g/dL') } });
    expect(card).toMatchObject({ indicator: 'info', source: { topic: { code: 'HCCGAPS' } } });
    expect(card.summary).toMatch(
      /^Liver tests allow Child-Pugh B or worse: ascites and encephalopathy .*not recorded\. Please confirm before TACE\.$/,
    );
    expect(card).not.toHaveProperty('suggestions');
  });

  it('are critical whatever is missing when the tests alone make class C', () => {
    const facts = { ...unrecorded, bilirubin: found(5, 'mg/dL'), albumin: found(2, 'g/dL'), inr: found(3, '{INR}') };
    const card = cardOf({ facts });
    expect(card.indicator).toBe('critical');
    expect(card.detail).toContain('C11 to C15');
  });

  it('are a warning, never critical, on a score of 8 to 12', () => {
    const facts = { ...unrecorded, bilirubin: found(2.5, 'mg/dL'), albumin: found(2, 'g/dL'), inr: found(1, '{INR}') };
    const cards = cardsOf({ facts });
    expect(cards.map(({ indicator }) => indicator)).toEqual(['warning']);
    expect(cards[0]?.detail).toContain('B8 to C12');
  });

  it('stand in the detail of a card about the patient, which is shown anyway', () => {
    const card = cardOf({ facts: { ...unrecorded, albumin: found(3.2, 'g/dL'), ecog: found(2) } });
    expect(card.source.topic.code).toBe('HCCSUITABILITY');
    expect(card.detail).toMatch(/^- Not recorded: .*ascites/m);
  });
});

describe('a missing test', () => {
  it('makes an info card that offers to order it', () => {
    const card = cardOf({ facts: { bilirubin: nothingRecorded } });
    expect(card).toMatchObject({
      indicator: 'info',
      source: { topic: { code: 'HCCGAPS' } },
      suggestions: { length: 1 },
    });
    expect(card.summary).toMatch(/^Bilirubin: /);
    expect(card.summary).toContain('30 days');
  });

  it('speaks of Child-Pugh only when it is a part of it', () => {
    const { summary } = cardOf({ facts: { creatinine: nothingRecorded } });
    expect(summary).toBe('Creatinine: no valid result within 30 days. Order before TACE?');
    const both = cardOf({ facts: { creatinine: nothingRecorded, inr: nothingRecorded } });
    expect(both.summary).toBe(
      'INR and creatinine: no valid result within 30 days; Child-Pugh A5 to B7 until known. Order before TACE?',
    );
  });

  it('is counted, of more than three, where they do not fit beside the orders', () => {
    const missing = {
      bilirubin: nothingRecorded,
      albumin: nothingRecorded,
      inr: nothingRecorded,
      creatinine: nothingRecorded,
    };
    const cards = cardsOf({ drafts: ['pembrolizumab', 'TACE'], facts: { ...missing, ...unrecorded } });
    const { summary, suggestions } = cards.find(({ source }) => source.topic.code === 'HCCGAPS') ?? {};
    expect(summary).toBe(
      'Bilirubin, albumin +2 more: no valid result within 30 days; Child-Pugh A5 to C15 until known. Order before pembrolizumab + TACE?',
    );
    expect(suggestions).toHaveLength(4);
  });

  it('says since when a result is too old', () => {
    const { detail } = cardOf({
      facts: {
        bilirubin: {
          ...stale,
          provenance: { source: 'Observation/1', recorded: '2026-09-01T08:00:00Z', asRecorded: '1', steps: [] },
        } as never,
      },
    });
    expect(detail).toContain('bilirubin (last 2026-09-01)');
  });

  it('stands in the detail of every card that is shown', () => {
    const cards = cardsOf({ drafts: ['TACE', 'atezolizumab'], facts: { bilirubin: nothingRecorded } });
    expect(cards.length).toBeGreaterThan(1);
    for (const { detail } of cards) expect(detail).toMatch(/^- No valid result: bilirubin\.$/m);
  });
});

describe('a value that cannot be used', () => {
  const odd = {
    state: 'unusable',
    reason: 'it is not plausible in g/dL',
    provenance: { source: 'Observation/odd', recorded: '2026-11-01', asRecorded: '41 g/dL', steps: [] },
  } as const;

  it('is said in an info card if there is no other', () => {
    const facts = { albumin: odd, 'recorded-child-pugh': found(5) };
    const card = cardOf({ drafts: ['sorafenib'], facts });
    expect(card.indicator).toBe('info');
    expect(card.summary).toMatch(/^Albumin/);
    expect(card.detail).toContain('"41 g\\/dL"');
    expect(card.detail).toContain('2026-11-01');
  });

  it('is one line in the detail of another card', () => {
    const facts = { albumin: odd, 'recorded-child-pugh': found(5), ecog: found(3) };
    const card = cardOf({ facts });
    expect(card.source.topic.code).toBe('HCCSUITABILITY');
    expect(card.detail).toMatch(/^- Albumin cannot be used: "41 g\\\/dL"/m);
  });

  it('is not quoted when it is restricted', () => {
    const facts = {
      albumin: { ...odd, provenance: { ...odd.provenance, restricted: true } },
      'recorded-child-pugh': found(5),
    };
    expect(cardOf({ drafts: ['sorafenib'], facts }).detail).not.toContain('41');
  });

  it('is no card for a score of which a better one is known', () => {
    expect(cardsOf({ facts: { 'recorded-child-pugh': nothingRecorded } })).toEqual([]);
  });
});

describe('what could not be read', () => {
  const facts = { 'immunotherapy-running': unavailable, 'checkpoint-inhibitor-last-given': unavailable };

  it('is said in one info card if there is no other', () => {
    const card = cardOf({ facts, failedReads: ['medications'] });
    expect(card).toMatchObject({ indicator: 'info', source: { topic: { code: 'HCCGAPS' } } });
    expect(`${card.summary} ${card.detail}`).toContain('medication orders');
    expect(card).not.toHaveProperty('suggestions');
  });

  it('is one line in the detail of another card', () => {
    const card = cardOf({ facts: { ...facts, ecog: found(2) }, failedReads: ['medications'] });
    expect(card.source.topic.code).toBe('HCCSUITABILITY');
    expect(card.detail).toMatch(/^- Could not be checked: medication orders\.$/m);
  });

  it('fits into a summary however much it is', () => {
    const all = {
      bilirubin: unavailable,
      albumin: unavailable,
      inr: unavailable,
      ascites: unavailable,
      encephalopathy: unavailable,
      ecog: unavailable,
      ...facts,
    };
    const failedReads = ['conditions', 'labs', 'assessments', 'medications', 'procedures', 'orders'];
    const { summary } = cardOf({ facts: all, failedReads });
    expect(summary.length).toBeLessThanOrEqual(139);
  });

  it('makes no card when it could only soften one', () => {
    expect(
      cardsOf({ facts: { 'combination-study': unavailable }, failedReads: ['studies', 'administrations'] }),
    ).toEqual([]);
  });
});

describe('an INR on an anticoagulant', () => {
  it('is shown as a range of the score and not asked for', () => {
    const card = cardOf({ facts: { inr: found(2.8, '{INR}'), anticoagulant: found(1), albumin: found(2.7, 'g/dL') } });
    expect(card.detail).toMatch(/INR on an anticoagulant: not interpretable/);
    expect(card.detail).not.toMatch(/No valid result/);
    expect(card).toMatchObject({ indicator: 'info' });
  });
});

describe('a drug that was stopped, nobody knows when', () => {
  it('makes no card, and one line in the detail of another', () => {
    const stopped = {
      'checkpoint-inhibitor-last-given': {
        ...found({ low: 0, high: 200, lowOpen: false, highOpen: false }, 'd'),
        orders: [{ name: 'nivolumab', label: 'nivolumab' }],
      },
    };
    expect(cardsOf({ facts: stopped })).toEqual([]);
    const { detail } = cardOf({ facts: { ...stopped, ecog: found(2) } });
    expect(detail).toMatch(/^- Not decided: .*nivolumab, at most 200 days ago/m);
  });
});

describe('an unusable ECOG', () => {
  it('is said', () => {
    expect(cardOf({ facts: { ecog: unusable } }).summary).toMatch(/^ECOG/);
  });
});
