/** Random choices that depend on nothing but their seeds. */
export interface Dice {
  /** A whole number from 0 to below `count`. */
  below(count: number): number;
  pick<T>(list: readonly T[]): T;
  /** True in this share of all throws. */
  chance(share: number): boolean;
}

/** @see mulberry32, a generator of 32 bits in the public domain */
export function createDice(...seeds: readonly number[]): Dice {
  let state = seeds.reduce((mixed, seed) => scramble(Math.imul(mixed, 0x9e3779b1) ^ seed), 0);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    return scramble(state) / 2 ** 32;
  };
  const below = (count: number) => Math.floor(next() * count);
  return {
    below,
    pick: <T>(list: readonly T[]) => list[below(list.length)] as T,
    chance: (share) => next() < share,
  };
}

function scramble(state: number): number {
  const mixed = Math.imul(state ^ (state >>> 15), state | 1);
  const more = mixed ^ (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61));
  return (more ^ (more >>> 14)) >>> 0;
}
