import type { Fact } from '../../src/kernel/fact.ts';
import { found, nothingRecorded } from '../measures/facts.ts';
import { shippedDefinitions } from '../support/app.ts';
import { cardOf, cardsOf } from './cards.ts';

const on = (day: string, fact: Fact): Fact =>
  fact.state === 'found' ? { ...fact, provenance: { ...fact.provenance, recorded: day } } : fact;

const classB = {
  bilirubin: on('2026-11-16', found(2.6, 'mg/dL')),
  albumin: on('2026-11-16', found(2.7, 'g/dL')),
  inr: on('2026-11-10', found(1.1, '{INR}')),
};

describe('a detail', () => {
  it('says what was found, what can be done, of whom, why, and by which rule, in this order', () => {
    const { detail } = cardOf({ facts: { ...classB, encephalopathy: nothingRecorded } });
    const places = ['**Child-Pugh', '**Options**', '**Patient data**', '**Remarks**', '**Evidence**', '\n\nR'];
    expect(places.map((place) => detail.indexOf(place))).not.toContain(-1);
    expect(places.map((place) => detail.indexOf(place))).toEqual(
      places.map((place) => detail.indexOf(place)).sort((a, b) => a - b),
    );
  });

  it('tells the scores first, then the values with each day once', () => {
    const { detail } = cardOf({ facts: classB });
    const block = detail.split('\n\n').find((one) => one.startsWith('**Patient data**'));
    expect(block?.split('\n')).toEqual([
      '**Patient data**',
      '- Child-Pugh B8, ALBI -1.21 (grade 3)',
      '- 2026-11-16: bilirubin 2.6 mg/dL, albumin 2.7 g/dL',
      '- 2026-11-10: INR 1.1',
      expect.stringMatching(/^- date not known: .*ascites none, encephalopathy none, ECOG 0$/),
    ]);
  });

  it('names its sources only in part where it would become too long otherwise', () => {
    const definitions = shippedDefinitions();
    const short = { ...definitions, service: { ...definitions.service, longestDetail: 750 } };
    const whole = cardOf({ facts: { ecog: found(2) } }).detail;
    const brief = cardOf({ facts: { ecog: found(2) }, definitions: short }).detail;
    expect(whole).toContain('unable to work');
    expect(brief).toContain('- Further: ECOG');
    expect(brief).not.toContain('unable to work');
  });
});

describe('a detail that would become too long', () => {
  const shipped = shippedDefinitions();
  const detailWithin = (longestDetail: number) => {
    const definitions = { ...shipped, service: { ...shipped.service, longestDetail } };
    return cardOf({ facts: { ...classB, inr: on('2026-11-10', found(1.8, '{INR}')) }, definitions }).detail;
  };
  const whole = detailWithin(5000);

  it('loses evidence before the data of the patient: first lines, then all but the names', () => {
    const data = (detail: string) => detail.split('\n\n').find((one) => one.startsWith('**Patient data**'));
    const evidence = (detail: string) => detail.split('\n\n').find((one) => one.startsWith('**Evidence**')) ?? '';
    const shorter = detailWithin(1200);
    expect(data(shorter)).toBe(data(whole));
    expect(evidence(shorter).length).toBeLessThan(evidence(whole).length);
    expect(evidence(detailWithin(300)).split('\n')).toEqual(['**Evidence**', expect.not.stringContaining('Further')]);
  });

  it('keeps the values that the findings rest on, with their days, whatever the length', () => {
    expect(detailWithin(1)).toContain('- 2026-11-16: bilirubin 2.6 mg/dL, albumin 2.7 g/dL\n- 2026-11-10: INR 1.8');
  });
});

describe('the cards of one answer', () => {
  const cards = cardsOf({ drafts: ['TACE', 'sorafenib'], facts: { ...classB, ecog: found(1) } });
  const [first, second] = cards.map(({ detail }) => detail);

  it('tell all that is known of the patient on the first one', () => {
    expect(first).toMatch(/Child-Pugh B8, ALBI/);
    expect(first).toMatch(/ECOG 1/);
  });

  it('tell on the others only what they rest on', () => {
    expect(cards).toHaveLength(2);
    const ofSuitability = cards.find(({ source }) => source.topic.code === 'HCCSUITABILITY')?.detail;
    expect(ofSuitability).toBe(second);
    expect(second).toContain('- Child-Pugh B8\n');
    expect(second).toContain('bilirubin 2.6 mg/dL, albumin 2.7 g/dL');
    expect(second).not.toMatch(/ALBI|ECOG 1/);
  });

  it('tell on every one what is missing and matters', () => {
    const unsure = cardsOf({ drafts: ['TACE', 'sorafenib'], facts: { ...classB, ascites: nothingRecorded } });
    expect(unsure).toHaveLength(2);
    for (const { detail } of unsure) expect(detail).toMatch(/^- Not recorded: ascites\.$/m);
  });

  it('remark on a score where a value of it is told', () => {
    const borderline = { ...classB, bilirubin: on('2026-11-16', found(34.1, 'umol/L')) };
    const details = cardsOf({ drafts: ['TACE', 'sorafenib'], facts: borderline }).map(({ detail }) => detail);
    expect(details).toHaveLength(2);
    for (const detail of details) expect(detail).toMatch(/^- Bilirubin is borderline/m);
  });
});

describe('what a card says of a drug', () => {
  const facts = { ecog: found(3), albumin: found(2.7, 'g/dL'), inr: found(2.4, '{INR}') };

  it('is true of a tyrosine kinase inhibitor: no trial of it was read', () => {
    for (const { summary, detail } of cardsOf({ drafts: ['lenvatinib'], facts })) {
      expect(summary).not.toMatch(/trial/);
      expect(detail).not.toMatch(/trials? of|checkpoint/);
    }
  });

  it('does not promise that every regimen delays progression', () => {
    const { summary, detail } = cardOf({ drafts: ['TACE', 'durvalumab'] });
    expect(summary).toContain('some regimens delay progression');
    expect(detail).toContain('TACE with durvalumab alone: PFS HR 0.94, no gain');
  });
});
