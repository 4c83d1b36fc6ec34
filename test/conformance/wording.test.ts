import { placeholder } from '../../src/definitions/placeholder.ts';
import { shippedDefinitions } from '../support/app.ts';

/** What the texts of cards may not do, whatever they are about. */
const { rules, thresholds, service } = shippedDefinitions();
const active = rules.filter(({ status }) => status === 'active');
const texts = [
  ...active.flatMap(({ id, card, options }) =>
    [card.finding, card.summary, card.brief ?? '', card.detail, ...options].map((text) => ({ id, text })),
  ),
  ...service.notes.map(({ says }) => ({ id: 'notes', text: says })),
];
const sentences = texts.flatMap(({ id, text }) =>
  text.split(/(?<=[.;?:!]\**)\s/).map((sentence) => ({ id, sentence })),
);

/** Words by which a sentence speaks for a source. */
const sources = /\b(?:trials?|studies|lists?|label|guidelines?|selection|criteria|protocol|literature)\b/i;

describe('the texts of cards', () => {
  it('put no limit of a hospital into the mouth of a source: there it is the published one', () => {
    const settable = (name: string) => thresholds[name] !== undefined && thresholds[name]?.fixed === undefined;
    const wrong = sentences.filter(({ sentence }) =>
      [...sentence.matchAll(placeholder)].some(
        ([, name = '', part]) =>
          settable(name) && part !== 'published' && sources.test(sentence.replace(placeholder, '')),
      ),
    );
    expect(sentences.filter(({ sentence }) => sentence.includes('.published}')).length).toBeGreaterThan(3);
    expect(wrong).toEqual([]);
  });

  it('offer to ask the tumour board wherever they speak of it', () => {
    const speak = active.filter(({ card, options }) => /tumou?r.board/i.test([card.summary, ...options].join(' ')));
    const without = speak.filter(
      ({ id, suggestions }) => !/-agreed$/.test(id) && !suggestions.includes('request-tumour-board'),
    );
    expect(speak.length).toBeGreaterThan(20);
    expect(without.map(({ id }) => id)).toEqual([]);
  });

  it('treat decompensation only where it is recorded', () => {
    const treat = active.filter(({ options }) => options.some((option) => option.includes('decompensation')));
    expect(treat.map(({ id }) => id).sort()).toEqual([
      'ascites-or-encephalopathy-tace',
      'child-pugh-b-ascites-tace',
      'severe-decompensation-tace',
    ]);
  });

  it('can be read aloud: no abbreviation that only some readers know', () => {
    const summaries = active.flatMap(({ card }) => [card.summary, card.brief ?? '']);
    expect(summaries.filter((text) => /\bIR\b|mRECIST|\bMDT\b|\bPVTT\b/.test(text))).toEqual([]);
  });
});
