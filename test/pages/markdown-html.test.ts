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

it('numbers what is numbered, and goes on where the text does', () => {
  expect(text('1. a\n2. b').replace(/\n/g, '')).toBe('<ol><li>a</li><li>b</li></ol>');
  expect(text('3. a\n   - b').replace(/\n/g, '')).toBe('<ol start="3"><li>a<ul><li>b</li></ul></li></ol>');
});

it('shows the code between fences, and nothing of the fences', () => {
  expect(
    text('```json\n{"a": "<b>"}\n```')
      .replace(/ class="[^"]*"/, '')
      .replace(/\n/g, ''),
  ).toBe('<pre><code>{&quot;a&quot;: &quot;&lt;b&gt;&quot;}</code></pre>');
});

it('reads character references in text, and shows them in code', () => {
  expect(text('a &lt;b&gt; &amp; &eacute;')).toBe('<p>a &lt;b&gt; &amp; &eacute;</p>');
  expect(text('`&lt;`')).toBe('<p><code>&amp;lt;</code></p>');
});

it('loads no picture: its words stand for it', () => {
  expect(text('![a <b>](https://e.example/p.png)')).toBe('<p>a &#60;b&#62;</p>');
});

it('keeps tables where they can be scrolled, by keyboard too, with rules and struck text', () => {
  const table = text('| a "b" | c |\n| --- | --- |\n| d | ~~e~~ |');
  expect(table).toMatch(/^<div class="table-scroll" role="region" aria-label="Table: a &#34;b&#34;, c" tabindex="0">/);
  expect(table).toContain('<th scope="col">c</th>');
  expect(table).toContain('<th scope="row">d</th><td data-label="c"><div><del>e</del></div></td>');
  expect(text('---')).toBe('<hr>');
});
