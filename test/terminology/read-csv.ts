/** Rows of a comma-separated text with a heading line; fields may be quoted, with doubled quotes inside. */
export function readCsv(text: string): Record<string, string>[] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const match of text.replace(/^\uFEFF/, '').matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    if (match[0] === '' && row.length === 0) break;
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] !== ',') {
      rows.push(row);
      row = [];
    }
  }
  const [heading = [], ...body] = rows;
  return body.map((fields) => Object.fromEntries(heading.map((name, index) => [name, fields[index] ?? ''])));
}
