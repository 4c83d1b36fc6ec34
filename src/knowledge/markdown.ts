import type { Statement } from './statement.ts';

/** Markdown as the documents of this project are written: prose within 120 characters a line, tables on one. */

const longestLine = 120;

export function paragraph(text: string): string {
  return wrapped(text, '', '');
}

/** One bullet for each text. */
export function bullets(texts: readonly string[]): string {
  return texts.map((text) => wrapped(text, '- ', '  ')).join('\n');
}

/** A statement as a sentence, with a list of its parts where it has any. */
export function statementLines({ text, parts }: Statement): string {
  return parts.length === 0 ? paragraph(text) : `${paragraph(text)}\n\n${nested(parts, '')}`;
}

function nested(parts: readonly Statement[], indent: string): string {
  return parts
    .map(({ text, parts: inner }) => {
      const own = wrapped(text, `${indent}- `, `${indent}  `);
      return inner.length === 0 ? own : `${own}\n${nested(inner, `${indent}  `)}`;
    })
    .join('\n');
}

export function quote(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '>' : wrapped(line, '> ', '> ')))
    .join('\n');
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
}

export function link(text: string, href: string): string {
  return `[${text}](${href})`;
}

/** Words that are no Markdown: `Gilbert*` is a name with an asterisk. */
export function escaped(text: string): string {
  return text.replace(/[\\*_[\]`<>]/g, '\\$&');
}

/** Blocks with an empty line between them; what is empty is left out. */
export function blocks(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join('\n\n');
}

function cell(text: string): string {
  return text.replace(/\|/g, '\\|').replace(/\s*\n\s*/g, ' ');
}

/** A word that would begin a list, a heading, a quotation or a table at the start of a line: it stays with the one before. */
const opensBlock = /^(?:[-+*=]+|\d+[.)]|#{1,6}|>.*|\|.*|[~`]{3,}.*)$/;

function wrapped(text: string, first: string, further: string): string {
  const units: string[] = [];
  for (const word of text.trim().split(/\s+/)) {
    const before = opensBlock.test(word) ? units.pop() : undefined;
    units.push(before === undefined ? word : `${before} ${word}`);
  }
  const lines: string[] = [];
  let line = first;
  for (const unit of units) {
    const isEmpty = line === first || line === further;
    const longer = isEmpty ? `${line}${unit}` : `${line} ${unit}`;
    if (!isEmpty && [...longer].length > longestLine) {
      lines.push(line);
      line = `${further}${unit}`;
    } else line = longer;
  }
  return [...lines, line].join('\n');
}
