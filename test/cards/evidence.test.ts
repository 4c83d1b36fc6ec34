import { evidenceBlock } from '../../src/cards/evidence.ts';
import { found } from '../measures/facts.ts';
import { shippedDefinitions } from '../support/app.ts';
import { cardOf } from './cards.ts';

const definitions = shippedDefinitions();
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
    ['secondary', /second-hand/],
    ['founding-document', /original not read/],
    ['project', /our own choice/],
  ] as const)('says of each %s entry how well it was verified', (verification, label) => {
    const keys = Object.keys(evidence).filter((key) => evidence[key]?.verification === verification);
    expect(keys).not.toEqual([]);
    const block = evidenceBlock(keys, definitions);
    for (const key of keys) expect(lineOf(block, says(key))).toMatch(label);
  });

  it('needs no remark where the publication itself was read', () => {
    expect(evidenceBlock(['launch-2023'], definitions)).not.toMatch(/second-hand|not read|our own/);
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
      `- Survival gain not proven: [LEAP-012](${evidence['leap-012-closed-2025']?.href}) ${says('leap-012-closed-2025')}; EMERALD-1 ${says('emerald-1-os-2026')}, second-hand.`,
      expect.stringContaining(says('emerald-1-durvalumab-2025')),
    ]);
  });

  it('names supplementary sources only, where it has to be brief, and leaves none out', () => {
    const keys = ['emerald-1-2025', 'marinelli-2022', 'hiraoka-2017'];
    const [whole, brief] = [evidenceBlock(keys, definitions), evidenceBlock(keys, definitions, true)];
    expect(whole).toContain(says('hiraoka-2017'));
    expect(brief).toContain(says('emerald-1-2025'));
    expect(brief).not.toContain(says('hiraoka-2017'));
    expect(lineOf(brief, 'Hiraoka 2017')).toBe('- Further: Hiraoka 2017');
    expect(lineOf(brief, 'Marinelli 2022')).toBe(`- Further: [Marinelli 2022](${evidence['marinelli-2022']?.href})`);
  });

  it('is nothing where there is none', () => {
    expect(evidenceBlock([], definitions)).toBe('');
    expect(evidenceBlock(['no-such-key'], definitions)).toBe('');
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
