import { type Estimate, isAbove, isAtLeast, negated, rising, stepwise } from '../../kernel/estimate.ts';

/** The rounding noise of a unit conversion must not move a value across a limit. */
const tolerance = 1e-9;

/** Limits of the points table, in the unit in which the laboratory reports: the two tables are not conversions of each other. */
export const limits = {
  bilirubin: { 'mg/dL': { two: 2, three: 3 }, 'umol/L': { two: 34, three: 50 } },
  albumin: { 'g/dL': { two: 3.5, three: 2.8 }, 'g/L': { two: 35, three: 28 } },
  inr: { two: 1.7, three: 2.3 },
  prothrombinTime: { two: 4, three: 6 },
} as const;

/** Primary biliary cholangitis and primary sclerosing cholangitis raise bilirubin without the same loss of function. */
export const cholestaticLimits = { 'mg/dL': { two: 4, three: 10 }, 'umol/L': { two: 68, three: 171 } } as const;

export type BilirubinUnit = keyof (typeof limits)['bilirubin'];
export type AlbuminUnit = keyof (typeof limits)['albumin'];

export function isBilirubinUnit(unit: string): unit is BilirubinUnit {
  return unit in limits.bilirubin;
}

export function isAlbuminUnit(unit: string): unit is AlbuminUnit {
  return unit in limits.albumin;
}

/** Where the second point and the third begin: `three` lies above `two`, or below it where less is worse. */
export interface PointLimits {
  readonly two: number;
  readonly three: number;
}

/** 1 point below `two`, 2 from `two` up to and including `three`, 3 above. */
function pointsRising(value: Estimate, { two, three }: PointLimits): Estimate {
  const snapped = rising(value, (end) => [two, three].find((limit) => Math.abs(end - limit) <= tolerance) ?? end);
  return stepwise(snapped, 1, [
    [2, (e) => isAtLeast(e, two)],
    [3, (e) => isAbove(e, three)],
  ]);
}

/**
 * Child-Pugh points of any test by its limits.
 *
 * @param value in the unit of the limits
 * @returns points [1], 1 to 3; more where the value is larger, or smaller when `three` lies below `two`
 */
export function pointsBy(value: Estimate, { two, three }: PointLimits): Estimate {
  return two < three ? pointsRising(value, { two, three }) : pointsRising(negated(value), { two: -two, three: -three });
}

/**
 * Child-Pugh points for total bilirubin in serum.
 *
 * @param bilirubin total bilirubin in `unit`
 * @param unit the unit in which it was reported; its own table is used, without conversion
 * @returns points [1], 1 to 3: below 2 mg/dL (34 umol/L), 2-3 mg/dL (34-50 umol/L), above
 * @see MSD Manual, Child-Pugh table (evidence key `child-pugh-1973`); umol/L limits 34 and 50
 * @example bilirubinPoints(exactly(2), 'mg/dL') // exactly(2)
 */
export function bilirubinPoints(
  bilirubin: Estimate,
  unit: BilirubinUnit,
  table: PointLimits = limits.bilirubin[unit],
): Estimate {
  return pointsRising(bilirubin, table);
}

/**
 * Child-Pugh points for total bilirubin in primary biliary cholangitis and primary sclerosing cholangitis.
 *
 * @param bilirubin total bilirubin in `unit`
 * @returns points [1], 1 to 3: below 4 mg/dL (68 umol/L), 4-10 mg/dL (68-171 umol/L), above
 * @see evidence key `child-pugh-cholestatic`
 * @example cholestaticBilirubinPoints(exactly(3.5), 'mg/dL') // exactly(1)
 */
export function cholestaticBilirubinPoints(bilirubin: Estimate, unit: BilirubinUnit): Estimate {
  return pointsRising(bilirubin, cholestaticLimits[unit]);
}

/**
 * Child-Pugh points for albumin in serum.
 *
 * @param albumin albumin in `unit`
 * @param unit the unit in which it was reported
 * @returns points [1], 1 to 3: above 3.5 g/dL, 2.8-3.5 g/dL, below 2.8 g/dL (35 and 28 g/L)
 * @see Pugh RNH et al. Br J Surg 1973;60:646 (evidence key `child-pugh-1973`)
 * @example albuminPoints(exactly(2.79), 'g/dL') // exactly(3)
 */
export function albuminPoints(
  albumin: Estimate,
  unit: AlbuminUnit,
  table: PointLimits = limits.albumin[unit],
): Estimate {
  return pointsBy(albumin, table);
}

/**
 * Child-Pugh points for the international normalised ratio. Not valid on an anticoagulant.
 *
 * @param inr international normalised ratio [{INR}]
 * @returns points [1], 1 to 3: below 1.7, 1.7-2.3, above 2.3
 * @see MSD Manual, Child-Pugh table (evidence key `child-pugh-1973`)
 * @example inrPoints(exactly(1.7)) // exactly(2)
 */
export function inrPoints(inr: Estimate, table: PointLimits = limits.inr): Estimate {
  return pointsRising(inr, table);
}

/**
 * Child-Pugh points for the prothrombin time, where there is no INR. Not valid on an anticoagulant.
 *
 * @param prolongation prothrombin time less that of the control [s]
 * @returns points [1], 1 to 3: below 4 s, 4-6 s, above
 * @see MSD Manual, Child-Pugh table (evidence key `child-pugh-1973`)
 * @example prothrombinTimePoints(exactly(4)) // exactly(2)
 */
export function prothrombinTimePoints(prolongation: Estimate): Estimate {
  return pointsRising(prolongation, limits.prothrombinTime);
}

/**
 * Child-Pugh points for ascites.
 *
 * @param grade 0 none, 1 slight or controlled, 2 moderate, 3 severe or refractory
 * @returns points [1]: 1 none, 2 slight, 3 moderate or more
 * @see Pugh RNH et al. Br J Surg 1973;60:646 (evidence key `child-pugh-1973`)
 * @example ascitesPoints(between(1, 3)) // between(2, 3)
 */
export function ascitesPoints(grade: Estimate): Estimate {
  return pointsRising(grade, { two: 1, three: 1 });
}

/**
 * Child-Pugh points for hepatic encephalopathy.
 *
 * @param grade West Haven grade, 0 to 4
 * @returns points [1]: 1 none, 2 grade 1-2, 3 grade 3-4
 * @see Pugh RNH et al. Br J Surg 1973;60:646 (evidence key `child-pugh-1973`)
 * @example encephalopathyPoints(exactly(2)) // exactly(2)
 */
export function encephalopathyPoints(grade: Estimate): Estimate {
  return pointsRising(grade, { two: 1, three: 2 });
}
