import { loadCases } from '../../src/definitions/load-cases.ts';
import { moduleFolder, shippedDefinitions } from '../support/app.ts';

/**
 * The scenarios T1 to T20 of the evidence pack and the contradictions C1 to C8 of the document that the rules began
 * from. Most are cases of the module; what is not about a verdict is tested here or where it is named.
 */
const numbers = [...range('T', 20), ...range('C', 8)];
const elsewhere: Readonly<Record<string, string>> = {
  T7: 'stories: nobody with inactive HCC is advised on',
  T16: 'orders: names of biosimilars are recognised as bevacizumab',
  T19: 'http: radioembolisation is none of ours',
  T20: 'http: nothing is remembered between calls',
  C5: 'below: no card commands',
  C7: 'below: a new lesion is an answer to progression',
  C8: 'below: sources are papers',
};

const { rules, evidence } = shippedDefinitions();
const { cases } = loadCases(moduleFolder);

function range(letter: string, last: number): readonly string[] {
  return Array.from({ length: last }, (_, index) => `${letter}${index + 1}`);
}

describe('the scenarios of the evidence pack', () => {
  it.each(numbers.filter((number) => !(number in elsewhere)))('%s is a case', (number) => {
    const named = cases.filter((one) => new RegExp(`\\b${number}\\b`).test(one.case));
    expect(named.length).toBeGreaterThan(0);
  });
});

describe('the texts of the rules', () => {
  const texts = rules.map(({ id, card, options }) => ({
    id,
    text: [card.finding, card.summary, card.detail, ...options].join('\n'),
  }));

  it.each(texts)('C5 $id asks to consider and never commands', ({ text }) => {
    expect(text).not.toMatch(/\b(must|mandatory|forbidden|prohibited|never give)\b/i);
  });

  it.each(rules)('$id leaves a choice: at least two ways on, or an info', ({ card, options }) => {
    expect(options.length >= 2 || card.indicator === 'info').toBe(true);
  });

  it('C7 a new lesion that TACE can treat is an answer to progression', () => {
    const progression = rules.filter(({ ref }) => ref === 'R04' || ref === 'R05');
    expect(progression.map(({ overrideReasons }) => overrideReasons.includes('new-lesion-tace-able'))).toEqual([
      true,
      true,
    ]);
  });
});

describe('the sources', () => {
  const all = Object.entries(evidence).map(([key, source]) => ({ key, ...source }));

  it.each(all)(
    'C8 $key is a paper, a register, a label or a congress, or says that it is known at second hand',
    (source) => {
      const isFounding = /founding document/i.test(source.title);
      expect(isFounding ? source.verification : 'founding-document').toBe('founding-document');
      expect(source.lastChecked).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    },
  );
});
