export interface KarnofskyVector {
  readonly karnofsky: number;
  /** The least and the greatest ECOG that published tables give. */
  readonly ecog: readonly [low: number, high: number];
  readonly source: string;
}

const table = 'Karnofsky to ECOG: 100-90 is 0, 80-70 is 1, 60-50 is 2, 40-30 is 3, 20-10 is 4, 0 is 5';
const seventy = 'Karnofsky 70 is 1 in that table, 2 in another (70-60 is 2): both';
const between = 'between two tens: both of them';

export const karnofskyVectors: readonly KarnofskyVector[] = [
  { karnofsky: 100, ecog: [0, 0], source: table },
  { karnofsky: 90, ecog: [0, 0], source: table },
  { karnofsky: 80, ecog: [1, 1], source: table },
  { karnofsky: 70, ecog: [1, 2], source: seventy },
  { karnofsky: 60, ecog: [2, 2], source: table },
  { karnofsky: 50, ecog: [2, 2], source: table },
  { karnofsky: 40, ecog: [3, 3], source: table },
  { karnofsky: 30, ecog: [3, 3], source: table },
  { karnofsky: 20, ecog: [4, 4], source: table },
  { karnofsky: 10, ecog: [4, 4], source: table },
  { karnofsky: 0, ecog: [5, 5], source: table },
  { karnofsky: 95, ecog: [0, 0], source: between },
  { karnofsky: 85, ecog: [0, 1], source: between },
  { karnofsky: 75, ecog: [1, 2], source: `${between}; ${seventy}` },
  { karnofsky: 65, ecog: [1, 2], source: `${between}; ${seventy}` },
  { karnofsky: 55, ecog: [2, 2], source: between },
  { karnofsky: 45, ecog: [2, 3], source: between },
  { karnofsky: 25, ecog: [3, 4], source: between },
  { karnofsky: 5, ecog: [4, 5], source: between },
];
