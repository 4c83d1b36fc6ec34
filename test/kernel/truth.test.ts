import { allOf, anyOf, noneOf, not, type Truth } from '../../src/kernel/truth.ts';

const [T, F, U] = ['true', 'false', 'undetermined'] as const;

/** Kleene SC. Introduction to Metamathematics, 1952, §64: the strong tables, every row. */
const kleene: readonly (readonly [a: Truth, b: Truth, and: Truth, or: Truth, neither: Truth])[] = [
  [T, T, T, T, F],
  [T, F, F, T, F],
  [T, U, U, T, F],
  [F, T, F, T, F],
  [F, F, F, F, T],
  [F, U, F, U, U],
  [U, T, U, T, F],
  [U, F, F, U, U],
  [U, U, U, U, U],
];

describe('Kleene logic', () => {
  it.each(kleene)('of %s and %s: all is %s, any is %s, none is %s', (a, b, and, or, neither) => {
    expect(allOf([a, b])).toBe(and);
    expect(anyOf([a, b])).toBe(or);
    expect(noneOf([a, b])).toBe(neither);
  });

  it.each([
    [T, F],
    [F, T],
    [U, U],
  ] as const)('not %s is %s: what is undetermined has no opposite', (truth, opposite) => {
    expect(not(truth)).toBe(opposite);
  });

  it.each([T, F, U])('leaves a single %s as it is, however it is joined', (truth) => {
    expect(allOf([truth])).toBe(truth);
    expect(anyOf([truth])).toBe(truth);
    expect(noneOf([truth])).toBe(not(truth));
  });

  it('finds all and none of nothing true and any of nothing false: there is no part to say otherwise', () => {
    expect([allOf([]), noneOf([]), anyOf([])]).toEqual([T, T, F]);
  });

  it('decides by one part however many others are undetermined: a part that decides needs no company', () => {
    expect(allOf([U, U, F, T, U])).toBe(F);
    expect(anyOf([U, F, U, T])).toBe(T);
    expect(noneOf([U, F, U, T])).toBe(F);
  });

  it.each(kleene)("obeys De Morgan's laws for %s and %s: negating the parts swaps all and any", (a, b) => {
    expect(not(allOf([a, b]))).toBe(anyOf([not(a), not(b)]));
    expect(not(anyOf([a, b]))).toBe(allOf([not(a), not(b)]));
  });

  it.each(kleene)('does not look at the order of %s and %s', (a, b) => {
    expect(allOf([a, b])).toBe(allOf([b, a]));
    expect(anyOf([a, b])).toBe(anyOf([b, a]));
    expect(noneOf([a, b])).toBe(noneOf([b, a]));
  });

  it('never overturns a decision when an undetermined part becomes known', () => {
    for (const [a, b] of kleene) {
      for (const join of [allOf, anyOf, noneOf]) {
        const earlier = join([U, b]);
        expect([U, join([a, b])]).toContain(earlier);
      }
    }
  });
});
