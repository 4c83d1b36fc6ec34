import { wordsOf } from './words.ts';

/** A word of a pattern: literal pieces with anything between them (`normali*` is `['normali', '']`). */
export interface WordShape {
  readonly pieces: readonly string[];
  readonly joint: string;
}

/** Words that stand next to each other. */
export type Phrase = readonly WordShape[];

/** Phrases that follow each other within one text, at a distance. */
export type Sequence = readonly Phrase[];

const mostAlternatives = 64;

/**
 * Reads a name as authors write it; see `compileName`. Alternatives are written out, so that matching needs no
 * backtracking.
 *
 * @throws Error naming the pattern and what is wrong with it
 */
export function parseName(source: string): Sequence[] {
  const fail = (problem: string): never => {
    throw new Error(`name "${source}": ${problem}`);
  };
  if (/[\\[\]{}^$?]/.test(source)) fail('regular expressions are not allowed; use ( | ), * and …');
  const alternatives = writeOut(source, fail);
  return alternatives.map((alternative) => alternative.split(/\.{3}|…/).map((phrase) => phraseOf(phrase, fail)));
}

function phraseOf(text: string, fail: (problem: string) => never): Phrase {
  // Letters that no author writes hold the place of the stars while the text is split into words.
  const words = wordsOf(text.replaceAll('*', star));
  if (words.length === 0) fail('a phrase is empty');
  return words.map(({ folded, joint }, index) => {
    const pieces = folded.split(star);
    if (pieces.join('').length < 2 && pieces.length > 1) fail('* needs at least two letters beside it');
    return { pieces, joint: index === 0 ? '' : joint };
  });
}

/** A letter of a script that is not written any more. */
const star = '\u{10380}';

/** `normal(isation|ization)` → both words. */
function writeOut(source: string, fail: (problem: string) => never): string[] {
  const open = source.indexOf('(');
  if (open < 0) {
    if (source.includes(')')) fail('a bracket is not opened');
    if (source.includes('|')) fail('alternatives belong in parentheses');
    return [source];
  }
  const close = source.indexOf(')', open);
  if (close < 0) fail('a bracket is not closed');
  const before = source.slice(0, open);
  const inner = source.slice(open + 1, close);
  if (inner.includes('(')) fail('brackets in brackets are not supported');
  if (/[)|]/.test(before)) fail('alternatives belong in parentheses');
  const rest = writeOut(source.slice(close + 1), fail);
  const choices = inner.split('|');
  if (choices.length * rest.length > mostAlternatives) fail(`more than ${mostAlternatives} alternatives`);
  return choices.flatMap((choice) => rest.map((tail) => before + choice + tail));
}
