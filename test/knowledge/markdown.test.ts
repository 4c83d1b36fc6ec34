import { blocks, bullets, paragraph, quote, statementLines, table } from '../../src/knowledge/markdown.ts';

const long = 'word '.repeat(60).trim();

describe('prose', () => {
  it('is wrapped within 120 characters', () => {
    expect(
      paragraph(long)
        .split('\n')
        .map(({ length }) => length),
    ).toEqual([119, 119, 59]);
  });

  it.each(['-', '+', '*', '>', '#', '1.', '12)', '|'])(
    'never begins a line with %s, which would open a list, a heading or a quotation',
    (sign) => {
      const lines = paragraph(`${'x'.repeat(80)} ${'y'.repeat(38)} ${sign} z`).split('\n');
      expect(lines).toEqual(['x'.repeat(80), `${'y'.repeat(38)} ${sign} z`]);
    },
  );

  it('begins a line with a number that is none of a list', () => {
    expect(paragraph(`${'x'.repeat(119)} 4.0 g/dL`).split('\n')[1]).toBe('4.0 g/dL');
  });

  it('keeps a word that is longer than a line whole', () => {
    const address = `https://example.org/${'x'.repeat(130)}`;
    expect(paragraph(`see ${address} there`)).toBe(`see\n${address}\nthere`);
  });
});

it('bullets go on under their text', () => {
  expect(
    bullets([long])
      .split('\n')
      .map((line) => line.slice(0, 3)),
  ).toEqual(['- w', '  w', '  w']);
});

it('quotations keep their mark and their empty lines', () => {
  expect(
    quote(`one\n\n${long}`)
      .split('\n')
      .map((line) => line.slice(0, 3)),
  ).toEqual(['> o', '>', '> w', '> w', '> w']);
});

it('cells hold one line and no bar', () => {
  expect(table(['a', 'b'], [['x | y', 'first\nsecond']])).toBe('| a | b |\n| --- | --- |\n| x \\| y | first second |');
});

it('a statement is a sentence with nested bullets', () => {
  const leaf = { text: 'That.', parts: [] };
  expect(statementLines({ text: 'All of these:', parts: [leaf, { text: 'Any of these:', parts: [leaf] }] })).toBe(
    'All of these:\n\n- That.\n- Any of these:\n  - That.',
  );
});

it('blocks leave out what is empty', () => {
  expect(blocks('a', '', undefined, 'b')).toBe('a\n\nb');
});
