import type { NamePattern } from './name-pattern.ts';
import type { Word } from './words.ts';

/** Names by the word they begin with, so that a text is compared only with those that it can hold. */
interface NameIndex {
  readonly exact: ReadonlyMap<string, readonly NamePattern[]>;
  readonly open: readonly { readonly head: string; readonly name: NamePattern }[];
}

const indexes = new WeakMap<readonly NamePattern[], NameIndex>();

/** The names whose first word stands in the text, in declared order. */
export function possibleNames(names: readonly NamePattern[], words: readonly Word[]): readonly NamePattern[] {
  if (names.length === 0 || words.length === 0) return [];
  const { exact, open } = indexOf(names);
  const possible = new Set<NamePattern>();
  for (const { folded } of words) for (const name of exact.get(folded) ?? []) possible.add(name);
  for (const { head, name } of open) if (words.some(({ folded }) => folded.startsWith(head))) possible.add(name);
  return possible.size < 2 ? [...possible] : names.filter((name) => possible.has(name));
}

function indexOf(names: readonly NamePattern[]): NameIndex {
  const known = indexes.get(names);
  if (known) return known;
  const exact = new Map<string, NamePattern[]>();
  const open: { head: string; name: NamePattern }[] = [];
  for (const name of names) {
    for (const [phrase] of name.sequences) {
      const [head = '', ...more] = phrase?.[0]?.pieces ?? [];
      if (more.length > 0) open.push({ head, name });
      else exact.set(head, [...(exact.get(head) ?? []), name]);
    }
  }
  const index = { exact, open };
  indexes.set(names, index);
  return index;
}
