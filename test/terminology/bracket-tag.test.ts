import { compileBracketTag, stripBracketTags } from '../../src/terminology/bracket-tag.ts';

const tags = [compileBracketTag('HCC')];
const strip = (text: string) => stripBracketTags(text, tags).replace(/\s+/g, ' ').trim();

describe('stripBracketTags', () => {
  it.each(['(HCC)', '(CMS/HCC)', '(CMS-HCC)', '(HHS-HCC)', '(HCC 18)', '(hcc)', '( HCC )', '(CMS/HCC) (HHS-HCC)'])(
    'removes the billing category %s',
    (tag) => {
      expect(strip(`Type 2 diabetes ${tag}`)).toBe('Type 2 diabetes');
      expect(strip(`Type 2 diabetes ${tag} with nephropathy`)).toBe('Type 2 diabetes with nephropathy');
    },
  );

  it.each(['HCC', 'HCC (BCLC B)', '(HCCA)', 'liver (AHCC)', '[HCC]'])('leaves %s alone', (text) => {
    expect(strip(text)).toBe(text);
  });

  it('removes a tag whose bracket is not closed', () => {
    expect(strip('Heart failure (HCC')).toBe('Heart failure');
  });

  it('accepts only letters and digits as a tag: it is not a regular expression', () => {
    expect(() => compileBracketTag('.*')).toThrow('bracket tag ".*"');
  });
});
