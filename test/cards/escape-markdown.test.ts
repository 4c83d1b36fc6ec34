import fc from 'fast-check';
import { escapeMarkdown } from '../../src/cards/escape-markdown.ts';

const punctuation = [...'!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'];

/** What a reader sees: backslash escapes and the three entities undone, as CommonMark undoes them; no joiners. */
function shown(markdown: string): string {
  const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };
  return markdown
    .replaceAll('\u2060', '')
    .replace(/&(?:amp|lt|gt);|\\([!-/:-@[-`{-~])/g, (match, escaped) => escaped ?? entities[match] ?? match);
}

describe('text of the record in Markdown', () => {
  it.each(punctuation)('K3: %s has no meaning of its own', (character) => {
    const escaped = escapeMarkdown(character);
    expect(escaped).toBe({ '&': '&amp;', '<': '&lt;', '>': '&gt;' }[character] ?? `\\${character}`);
  });

  it.each([
    ['HTML', '<img src=x onerror=alert(1)>'],
    ['a comment', '<!-- -->'],
    ['an autolink', '<https://evil.example>'],
    ['a link', '[click](https://evil.example)'],
    ['an image', '![x](https://evil.example/x.png)'],
    ['a reference', '[x]: https://evil.example'],
    ['emphasis', '**x** _y_ ~~z~~'],
    ['code', '`x` ```y```'],
    ['a heading', '# x'],
    ['a list', '- x'],
    ['a numbered list', '1. x'],
    ['a quotation', '> x'],
    ['a table', '| a | b |'],
    ['a rule', '---'],
    ['an entity', '&lt;b&gt; &#60;b&#62;'],
    ['a backslash', '\\<b>'],
    ['an escaped bracket', '\\['],
  ])('%s is shown as it was written', (_name, text) => {
    const escaped = escapeMarkdown(text);
    expect(shown(escaped)).toBe(text);
    expect(escaped.replace(/\\[!-/:-@[-`{-~]|&(?:amp|lt|gt);/g, '')).not.toMatch(/[!-/:-@[-`{-~]/);
  });

  it('stands on one line', () => {
    expect(escapeMarkdown('a\nb\r\nc\u2028d\u2029e\tf\u0000g\u0085h\fi')).toBe('a b c d e f g h i');
    expect(escapeMarkdown('  a  \n')).toBe('a');
  });

  it('loses characters that nobody sees, which hide or turn what is read', () => {
    expect(escapeMarkdown('a\u202eb\u200bc\ufeffd')).toBe('a b c d');
  });

  it('is cut at 200 characters, never within one', () => {
    expect(escapeMarkdown('a'.repeat(200))).toBe('a'.repeat(200));
    expect(escapeMarkdown('a'.repeat(201))).toBe(`${'a'.repeat(199)}…`);
    expect(escapeMarkdown('😀'.repeat(300))).toBe(`${'😀'.repeat(199)}…`);
    expect(shown(escapeMarkdown('*'.repeat(500)))).toHaveLength(200);
  });

  it.each([
    'www.evil.example',
    '_www.evil.example',
    '(www.evil.example',
    'xwww.evil.example',
    'WWW.evil.example',
    'a@evil.example',
    'http://evil.example',
    'ftp://evil.example',
    '_https://evil.example',
  ])('breaks the bare address %s wherever it stands, for renderers that link after unescaping', (address) => {
    expect(escapeMarkdown(address).replaceAll('\\', '')).not.toMatch(/www\.|@e|:\/\//i);
  });

  it('keeps letters of every script', () => {
    expect(escapeMarkdown('Leberzellkarzinom größer 5 肝がん')).toBe('Leberzellkarzinom größer 5 肝がん');
  });

  it('holds for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const escaped = escapeMarkdown(text);
        expect(escaped).not.toMatch(/[<>\n\r]/);
        expect(escaped.replace(/\\[!-/:-@[-`{-~]|&(?:amp|lt|gt);/g, '')).not.toMatch(/[!-/:-@[-`{-~]/);
        expect([...shown(escaped)].length).toBeLessThanOrEqual(200);
      }),
    );
  });
});
