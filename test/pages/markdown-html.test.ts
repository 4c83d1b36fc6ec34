import { anchorOf, markdownHtml, sectionsOf } from '../../src/pages/knowledge/markdown-html.ts';

const text = (markdown: string, hrefOf?: (href: string) => string) => markdownHtml(markdown, hrefOf).text.trim();

it('makes elements of what our pages and cards consist of', () => {
  expect(text('A **b** `c` [d](https://e.example)')).toBe(
    '<p>A <strong>b</strong> <code>c</code> <a href="https://e.example">d</a></p>',
  );
  expect(text('- a\n  - b\n- c').replace(/\n/g, '')).toBe('<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>');
  expect(text('> a\n>\n> b').replace(/\n/g, '')).toBe('<blockquote><p>a</p><p>b</p></blockquote>');
});

it('shows HTML as text, wherever it stands', () => {
  for (const markdown of [
    '<img src=x onerror=alert(1)>',
    'a <b>c</b>',
    '- <script>x</script>',
    '| a |\n| --- |\n| <i>x</i> |',
    '`<i>`',
    '[<i>](https://a.example)',
  ])
    expect(text(markdown)).not.toMatch(/<(?:img|b|script|i)\b/);
});

it('keeps links on these pages or on the web', () => {
  expect(text('[a](javascript:alert(1))')).toContain('href="#"');
  expect(text('[a](b.md)', () => '/knowledge/rules/b')).toContain('href="/knowledge/rules/b"');
  expect(text('[a](https://b.example/"onclick=")')).not.toContain('"onclick');
});

it('unescapes what Markdown escapes: a name with an asterisk is a name', () => {
  expect(text('Gilbert\\* \\[x\\]')).toBe('<p>Gilbert* [x]</p>');
});

it('gives every section an anchor that says what it is', () => {
  expect(anchorOf('When data are missing')).toBe('when-data-are-missing');
  expect(sectionsOf('# a\n\n## Known gaps\n\n### b\n\n## Cases')).toEqual([
    { anchor: 'known-gaps', title: 'Known gaps' },
    { anchor: 'cases', title: 'Cases' },
  ]);
  expect(text('## Known gaps')).toContain('id="known-gaps"');
});
