import { evidenceBlocks } from '../../src/cards/evidence.ts';
import { found } from '../measures/facts.ts';
import { shippedDefinitions } from '../support/app.ts';
import { cardOf } from './cards.ts';

const definitions = shippedDefinitions();
/** With every line. */
const evidenceBlock = (keys: readonly string[], of = definitions) => evidenceBlocks(keys, of)[0] ?? 'none';
const { evidence } = definitions;
const says = (key: string) => evidence[key]?.says ?? `${key} is missing`;
const lineOf = (block: string, text: string) => block.split('\n').find((line) => line.includes(text)) ?? '';

describe('the evidence of a card', () => {
  it('stands under headings for and against the combination, against first', () => {
    const block = evidenceBlock(['emerald-1-2025', 'leap-012-closed-2025', 'child-pugh-1973'], definitions);
    const places = ['leap-012-closed-2025', 'emerald-1-2025', 'child-pugh-1973'].map((key) => block.indexOf(says(key)));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(block.match(/^\*\*.+\*\*$/gm)).toHaveLength(3);
  });

  it('is printed once, however many findings rest on it', () => {
    const block = evidenceBlock(['child-pugh-1973', 'child-pugh-1973'], definitions);
    expect(block.split(says('child-pugh-1973'))).toHaveLength(2);
  });

  it('links to the source where there is an address', () => {
    expect(evidenceBlock(['emerald-1-2025'], definitions)).toContain(`](${evidence['emerald-1-2025']?.href})`);
    expect(evidenceBlock(['hiraoka-2017'], definitions)).not.toContain('](');
  });

  it.each([
    ['secondary', /cited by others/],
    ['founding-document', /original not read/],
    ['project', /our own choice/],
  ] as const)('says of each %s entry how well it was verified', (verification, label) => {
    const keys = Object.keys(evidence).filter((key) => evidence[key]?.verification === verification);
    expect(keys).not.toEqual([]);
    const block = evidenceBlock(keys, definitions);
    for (const key of keys) expect(lineOf(block, says(key))).toMatch(label);
  });

  it('needs no remark where the publication itself was read', () => {
    expect(evidenceBlock(['launch-2023'], definitions)).not.toMatch(/cited by others|not read|our own/);
  });

  it('is never printed when it is unverified', () => {
    const [key = '', entry] = Object.entries(evidence)[0] ?? [];
    if (entry === undefined) throw new Error('there is no evidence');
    const unverified = { ...definitions, evidence: { [key]: { ...entry, verification: 'unverified' as const } } };
    expect(evidenceBlock([key], unverified)).toBe('');
  });

  it('tells what several sources say of one thing on one line, each after its name', () => {
    const block = evidenceBlock(
      ['leap-012-closed-2025', 'emerald-1-durvalumab-2025', 'emerald-1-os-2026'],
      definitions,
    );
    expect(block.split('\n').slice(1)).toEqual([
      `- Survival gain not proven: [LEAP-012](${evidence['leap-012-closed-2025']?.href}) ${says('leap-012-closed-2025')}; EMERALD-1 ${says('emerald-1-os-2026')}, cited by others.`,
      expect.stringContaining(says('emerald-1-durvalumab-2025')),
    ]);
  });

  it('names supplementary sources only, where it has to be brief, and leaves none out', () => {
    const keys = ['emerald-1-2025', 'marinelli-2022', 'hiraoka-2017'];
    const [whole = '', brief = ''] = evidenceBlocks(keys, definitions);
    expect(whole).toContain(says('hiraoka-2017'));
    expect(brief).toContain(says('emerald-1-2025'));
    expect(brief).not.toContain(says('hiraoka-2017'));
    expect(lineOf(brief, 'Hiraoka 2017')).toBe('- Hiraoka 2017');
    expect(lineOf(brief, 'Marinelli 2022')).toBe(`- Further: [Marinelli 2022](${evidence['marinelli-2022']?.href})`);
  });

  it('is cut line by line, from the side that has most, until each has one; then the names are left', () => {
    const keys = [
      'leap-012-closed-2025',
      'emerald-1-toxicity-2025',
      'emerald-1-durvalumab-2025',
      'launch-2023',
      'emerald-3-os-2026',
    ].map((key) => ({ key, entry: evidence[key] }));
    const told = {
      ...definitions,
      evidence: Object.fromEntries(
        keys.flatMap(({ key, entry }) => (entry ? [[key, { ...entry, supplementary: false, brief: undefined }]] : [])),
      ),
    };
    const places = evidenceBlocks(
      keys.map(({ key }) => key),
      told,
    ).map((block) => keys.flatMap(({ key }, place) => (block.includes(says(key)) ? [place] : [])));
    expect(places).toEqual([[0, 1, 2, 3, 4], [0, 1, 3, 4], [0, 1, 3], [0, 3], []]);
  });

  it('is told in fewer words before a line is cut', () => {
    const brief = evidence['emerald-1-2025']?.brief ?? 'missing';
    const [whole, shorter] = evidenceBlocks(['emerald-1-2025'], definitions);
    expect(whole).toContain(says('emerald-1-2025'));
    expect(shorter).toContain(`${brief}.`);
    expect(shorter).not.toContain(says('emerald-1-2025'));
  });

  it('names what was cut with its address, once, and on its side', () => {
    const keys = ['leap-012-closed-2025', 'emerald-1-toxicity-2025', 'emerald-1-os-2026', 'emerald-1-2025'];
    const [names = ''] = evidenceBlocks(keys, definitions).slice(-1);
    expect(names.split('\n')).toEqual([
      '**For one therapy at a time**',
      `- [LEAP-012](${evidence['leap-012-closed-2025']?.href}); [EMERALD-1](${evidence['emerald-1-toxicity-2025']?.href})`,
      '',
      '**For giving them together**',
      `- [EMERALD-1](${evidence['emerald-1-2025']?.href})`,
    ]);
  });

  it('of one class of drugs stands only on a card about one of them', () => {
    const facts = { albumin: found(2, 'g/dL'), inr: found(3, '{INR}') };
    expect(evidence['imbrave150-2020']?.of).toBe('checkpoint-inhibitor');
    expect(cardOf({ drafts: ['atezolizumab'], facts }).detail).toContain(says('imbrave150-2020'));
    expect(cardOf({ drafts: ['lenvatinib'], facts }).detail).not.toMatch(/checkpoint inhibitor/);
  });

  it('is nothing where there is none', () => {
    expect(evidenceBlocks([], definitions)).toEqual(['']);
    expect(evidenceBlocks(['no-such-key'], definitions)).toEqual(['']);
  });
});

describe('the card about TACE with immunotherapy', () => {
  const { detail } = cardOf({ drafts: ['TACE', 'atezolizumab', 'bevacizumab'] });

  it('shows evidence for and against', () => {
    expect(detail).toContain(says('leap-012-closed-2025'));
    expect(detail).toContain(says('emerald-1-2025'));
  });

  it('never prints the recommendation about tyrosine kinase inhibitors, which is not about it', () => {
    expect(detail).not.toContain(says('easl-2025-tki'));
    expect(detail).not.toContain('EASL');
    const inTrial = cardOf({ drafts: ['TACE', 'durvalumab'], facts: { 'combination-study': found(1) } });
    expect(inTrial.detail).not.toContain('EASL');
  });
});

describe('the card about TACE with a tyrosine kinase inhibitor', () => {
  const { detail, indicator } = cardOf({ drafts: ['TACE', 'sorafenib'] });

  it('shows evidence for and against, the guideline labelled by how it is known', () => {
    expect(indicator).toBe('warning');
    expect(detail).toContain(says('tace-tki-negative'));
    expect(detail).toContain(says('launch-2023'));
    expect(lineOf(detail, says('easl-2025-tki'))).toMatch(/original not read/);
  });
});
