/** Rows in pieces that fit into one statement: databases limit the number of parameters. */
export function chunks<T>(rows: readonly T[], size = 500): readonly (readonly T[])[] {
  const pieces: (readonly T[])[] = [];
  for (let start = 0; start < rows.length; start += size) pieces.push(rows.slice(start, start + size));
  return pieces;
}
