/** Ascites: 0 none, 1 slight, 2 moderate, 3 severe. Encephalopathy: West Haven grade, or a range of grades. */
export interface ChildPughVector {
  readonly bilirubinMgPerDl: number;
  readonly albuminGPerDl: number;
  readonly inr: number;
  readonly ascites: number;
  readonly encephalopathy: number | readonly [low: number, high: number];
  readonly expected: string;
  readonly source: string;
}

const radulator = 'Radulator, E2E tests of the Child-Pugh calculator';

function row(
  [bilirubinMgPerDl, albuminGPerDl, inr]: readonly [number, number, number],
  ascites: number,
  encephalopathy: ChildPughVector['encephalopathy'],
  expected: string,
  source: string,
): ChildPughVector {
  return { bilirubinMgPerDl, albuminGPerDl, inr, ascites, encephalopathy, expected, source };
}

export const childPughVectors: readonly ChildPughVector[] = [
  row([1.5, 4.0, 1.2], 0, 0, 'A5', radulator),
  row([2.2, 4.0, 1.2], 0, 0, 'A6', radulator),
  row([2.5, 3.2, 1.2], 0, 0, 'B7', radulator),
  row([2.5, 3.0, 1.8], 0, 0, 'B8', radulator),
  row([2.5, 3.0, 1.8], 1, 0, 'B9', radulator),
  row([3.5, 2.6, 1.2], 0, [1, 2], 'C10', radulator),
  row([1.8, 3.6, 1.5], 0, 0, 'A5', `${radulator}: components 1, 1, 1`),
  row([2.8, 3.1, 1.9], 1, 0, 'B9', `${radulator}: ascites component 2; total by the table`),
  row([3.2, 2.6, 2.0], 1, [1, 2], 'C12', 'lakshay321123/medx, __tests__/child_pugh.test.ts'),
  row([0.7, 4.5, 1.0], 0, 0, 'A5', 'least possible score: Pugh 1973, table'),
  row([10, 2.0, 3.0], 3, 4, 'C15', 'greatest possible score: Pugh 1973, table'),
];

export type Part = 'bilirubin' | 'albumin' | 'inr' | 'ascites' | 'encephalopathy';

export interface ComponentVector {
  readonly part: Part;
  readonly value: number;
  readonly unit: string;
  readonly points: number;
  readonly source: string;
}

const medCalc = 'MedCalc-Bench, calculator_implementations/child_pugh_score.py @20b10f9';
const msd = 'MSD Manual, Child-Pugh table';
const ice = 'ICE Medical, Child-Pugh table (34-50 umol/L)';
const pugh = 'Pugh RNH et al. Br J Surg 1973;60:646, table';

function cutOffs(part: Part, unit: string, source: string, rows: readonly (readonly [number, number])[]) {
  return rows.map(([value, points]): ComponentVector => ({ part, value, unit, points, source }));
}

/** Both sides of every limit, and each limit itself, in the unit of the table. */
export const componentVectors: readonly ComponentVector[] = [
  ...cutOffs('bilirubin', 'mg/dL', medCalc, [
    [1.99, 1],
    [2.0, 2],
    [3.0, 2],
    [3.01, 3],
  ]),
  ...cutOffs('bilirubin', 'umol/L', ice, [
    [33.9, 1],
    [34, 2],
    [50, 2],
    [50.1, 3],
  ]),
  ...cutOffs('albumin', 'g/dL', medCalc, [
    [3.51, 1],
    [3.5, 2],
    [2.8, 2],
    [2.79, 3],
  ]),
  ...cutOffs('albumin', 'g/L', msd, [
    [35.1, 1],
    [35, 2],
    [28, 2],
    [27.9, 3],
  ]),
  ...cutOffs('inr', '{INR}', medCalc, [
    [1.69, 1],
    [1.7, 2],
    [2.3, 2],
    [2.31, 3],
  ]),
  ...cutOffs('ascites', '1', pugh, [
    [0, 1],
    [1, 2],
    [2, 3],
    [3, 3],
  ]),
  ...cutOffs('encephalopathy', '1', pugh, [
    [0, 1],
    [1, 2],
    [2, 2],
    [3, 3],
    [4, 3],
  ]),
];
