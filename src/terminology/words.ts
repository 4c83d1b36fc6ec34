/** A word of a text, folded for comparison, and what stands between it and the word before. */
export interface Word {
  readonly folded: string;
  /** Position in the text: `[start, end)`. */
  readonly start: number;
  readonly end: number;
  /** Punctuation before the word, without blanks, hyphens and underscores: `''` where two words are one phrase. */
  readonly joint: string;
  /** Exactly one hyphen, nothing else, before the word. */
  readonly hyphened: boolean;
}

/** Only this much of a text is read: names stand at the beginning, and hostile texts are long. */
export const longestText = 2000;

/**
 * Splits a text into words: runs of letters and digits, without case and diacritics. Only the first 2 000 characters
 * are read; the time is proportional to the length.
 */
export function wordsOf(text: string): Word[] {
  const read = text.slice(0, longestText);
  const words: Word[] = [];
  let previousEnd = 0;
  for (const match of read.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    const between = read.slice(previousEnd, match.index);
    const end = match.index + match[0].length;
    words.push({
      folded: fold(match[0]),
      start: match.index,
      end,
      // One blank stands between most words.
      joint: between === ' ' ? '' : jointOf(between),
      hyphened: between !== ' ' && /^[-\u2010-\u2014]$/.test(between),
    });
    previousEnd = end;
  }
  return words;
}

/** What is left of the characters between two words once blanks, hyphens and underscores are gone. */
function jointOf(between: string): string {
  return between.replace(/[\s_\u00ad\u200b\u2010-\u2015-]+/g, '');
}

const unfoldable: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  æ: 'ae',
  œ: 'oe',
  đ: 'd',
  ð: 'd',
  ı: 'i',
};

function fold(word: string): string {
  const isAscii = !/[^\0-\x7f]/.test(word);
  if (isAscii) return word.toLowerCase();
  return word
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[ßøłæœđðı]/g, (letter) => unfoldable[letter] ?? letter);
}
