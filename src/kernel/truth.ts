/**
 * Kleene's three truth values. `undetermined` is an answer of its own: the record does not decide.
 *
 * @see Kleene SC. Introduction to Metamathematics, 1952, §64 (strong three-valued logic)
 */
export type Truth = 'true' | 'false' | 'undetermined';

/** True when every part is true, false as soon as one is false. `allOf([])` is true. */
export function allOf(parts: readonly Truth[]): Truth {
  if (parts.includes('false')) return 'false';
  return parts.includes('undetermined') ? 'undetermined' : 'true';
}

/** True as soon as one part is true, false when every part is false. `anyOf([])` is false. */
export function anyOf(parts: readonly Truth[]): Truth {
  if (parts.includes('true')) return 'true';
  return parts.includes('undetermined') ? 'undetermined' : 'false';
}

/** Swaps true and false; what is undetermined stays so. */
export function not(truth: Truth): Truth {
  if (truth === 'undetermined') return truth;
  return truth === 'true' ? 'false' : 'true';
}

/** True when no part is true. */
export function noneOf(parts: readonly Truth[]): Truth {
  return not(anyOf(parts));
}
