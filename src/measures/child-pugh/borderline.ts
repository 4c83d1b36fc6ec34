import { type Estimate, isExact, rising } from '../../kernel/estimate.ts';
import { umolPerLPerMgPerDl } from '../bilirubin.ts';
import { type AlbuminUnit, albuminPoints, type BilirubinUnit, bilirubinPoints, inrPoints } from './points.ts';

/** Published limits other than ours: albumin 3.0 instead of 2.8 g/dL, INR 2.2 instead of 2.3. */
const otherAlbumin = { 'g/dL': { two: 3.5, three: 3.0 }, 'g/L': { two: 35, three: 30 } } as const;
const otherInr = { two: 1.7, three: 2.2 };

/**
 * Says so when bilirubin lies where the mg/dL table and the umol/L table give different points
 * (34.0-34.2 and 50.0-51.3 umol/L).
 */
export function bilirubinNote(bilirubin: Estimate, unit: BilirubinUnit): string | undefined {
  if (!isExact(bilirubin)) return undefined;
  const [otherUnit, factor]: [BilirubinUnit, number] =
    unit === 'mg/dL' ? ['umol/L', umolPerLPerMgPerDl] : ['mg/dL', 1 / umolPerLPerMgPerDl];
  const here = bilirubinPoints(bilirubin, unit).low;
  const there = bilirubinPoints(
    rising(bilirubin, (v) => v * factor),
    otherUnit,
  ).low;
  if (here === there) return undefined;
  return `Bilirubin is borderline: ${here} points by the ${unitText(unit)} table used here, ${there} by the ${unitText(otherUnit)} table.`;
}

/** The change in total points if the other published limits of albumin and INR were used; 0 when it does not matter. */
export function pointsByOtherLimits(albumin: Estimate, unit: AlbuminUnit, inr: Estimate): number {
  return (
    difference(albuminPoints(albumin, unit, otherAlbumin[unit]), albuminPoints(albumin, unit)) +
    difference(inrPoints(inr, otherInr), inrPoints(inr))
  );
}

function difference(other: Estimate, ours: Estimate): number {
  return isExact(other) && isExact(ours) ? other.low - ours.low : 0;
}

export function unitText(unit: string): string {
  return unit.replace('umol', 'µmol');
}
