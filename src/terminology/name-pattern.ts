import { type Phrase, parseName, type Sequence, type WordShape } from './name-syntax.ts';
import { type Word, wordsOf } from './words.ts';

/** A name to look for in texts. */
export interface NamePattern {
  readonly source: string;
  readonly sequences: readonly Sequence[];
  /** Of an ambiguous abbreviation: words that settle its meaning. Without one of them it must be the whole text. */
  readonly alongside?: readonly NamePattern[];
}

/** Where a name stands: `[start, end)`. */
export interface NamePlace {
  readonly start: number;
  readonly end: number;
}

/**
 * Compiles a name as authors write it. It is matched on whole words, without case and diacritics; blanks, hyphens
 * and line breaks between its words are equal.
 *
 * - `(a|b)` alternatives, also of parts of words: `normal(isation|ization)`, `(left|right) lobe`; `(a|)` is optional
 * - `*` any letters of this word: `normali*`
 * - `a … b` (or `...`) both, in this order, at most 60 characters apart
 * - the suffix of a US biosimilar, hyphen and four letters, is allowed after every word: `-awwb`
 *
 * @throws Error when the pattern is malformed; regular expressions are refused
 * @example findName(compileName('form'), wordsOf('platform')) // []
 */
export function compileName(source: string): NamePattern {
  return { source, sequences: parseName(source) };
}

/**
 * Compiles an abbreviation with several meanings. It counts only when it is the whole text, or stands in the same
 * text with one of the words in `alongside`.
 */
export function compileAbbreviation(declared: {
  readonly abbreviation: string;
  readonly alongside: readonly string[];
}): NamePattern {
  return { ...compileName(declared.abbreviation), alongside: declared.alongside.map(compileName) };
}

/** All places of a name in a text, first to last. The time grows with words × pattern length, never faster. */
export function findName(pattern: NamePattern, words: readonly Word[]): NamePlace[] {
  const places = pattern.sequences
    .flatMap((sequence) => findSequence(sequence, words))
    .sort((one, other) => one.start - other.start);
  if (pattern.alongside === undefined || places.length === 0) return places;
  if (isWholeText(places, words)) return places;
  return pattern.alongside.some((companion) => findName(companion, words).length > 0) ? places : [];
}

/** Whether a name stands anywhere in a text. */
export function hasName(pattern: NamePattern, text: string): boolean {
  return findName(pattern, wordsOf(text)).length > 0;
}

function isWholeText(places: readonly NamePlace[], words: readonly Word[]): boolean {
  return places.some(({ start, end }) => words[0]?.start === start && words.at(-1)?.end === end);
}

const farthest = 60;

function findSequence(sequence: Sequence, words: readonly Word[]): NamePlace[] {
  const [first, ...others] = sequence;
  if (first === undefined) return [];
  return others.reduce((reached, phrase) => follow(reached, findPhrase(phrase, words)), findPhrase(first, words));
}

/** Joins each place of the next phrase to the nearest place before it, if that is near enough. */
function follow(reached: readonly NamePlace[], next: readonly NamePlace[]): NamePlace[] {
  const joined: NamePlace[] = [];
  let nearest: NamePlace | undefined;
  let position = 0;
  for (const place of next) {
    for (
      let before = reached[position];
      before !== undefined && before.end <= place.start;
      before = reached[position]
    ) {
      nearest = before;
      position += 1;
    }
    if (nearest !== undefined && place.start - nearest.end <= farthest) {
      joined.push({ start: nearest.start, end: place.end });
    }
  }
  return joined;
}

function findPhrase(phrase: Phrase, words: readonly Word[]): NamePlace[] {
  return words.flatMap((word, index) => {
    const end = endOfPhrase(phrase, words, index);
    return end === undefined ? [] : [{ start: word.start, end }];
  });
}

function endOfPhrase(phrase: Phrase, words: readonly Word[], from: number): number | undefined {
  let position = from;
  for (const [index, shape] of phrase.entries()) {
    if (index > 0 && !matchesNext(shape, words[position]) && isSuffix(words[position])) position += 1;
    const word = words[position];
    if (word === undefined || !fits(shape, word) || (index > 0 && word.joint !== shape.joint)) return undefined;
    position += 1;
  }
  const suffix = words[position];
  return isSuffix(suffix) ? suffix?.end : words[position - 1]?.end;
}

function matchesNext(shape: WordShape, word: Word | undefined): boolean {
  return word !== undefined && word.joint === shape.joint && fits(shape, word);
}

function isSuffix(word: Word | undefined): boolean {
  return word?.hyphened === true && /^[a-z]{4}$/.test(word.folded);
}

/** Whether the pieces stand in the word in this order, the first at its beginning and the last at its end. */
function fits({ pieces }: WordShape, { folded }: Word): boolean {
  const [head = '', ...middle] = pieces;
  const tail = middle.pop();
  if (tail === undefined) return folded === head;
  if (!folded.startsWith(head)) return false;
  let position = head.length;
  for (const piece of middle) {
    const found = folded.indexOf(piece, position);
    if (found < 0) return false;
    position = found + piece.length;
  }
  return folded.length - position >= tail.length && folded.endsWith(tail);
}
