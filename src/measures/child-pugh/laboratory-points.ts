import {
  between,
  type Estimate,
  hull,
  intersection,
  isAtLeast,
  isExact,
  negated,
  sum,
  unknown,
} from '../../kernel/estimate.ts';
import { dayOf, estimateOf, type Fact, unitOf } from '../../kernel/fact.ts';
import type { Truth } from '../../kernel/truth.ts';
import { type Measure, type Measurement, rangeLabel } from '../measure.ts';
import { bilirubinNote, unitText } from './borderline.ts';
import {
  albuminPoints,
  type BilirubinUnit,
  bilirubinPoints,
  cholestaticBilirubinPoints,
  cholestaticLimits,
  inrPoints,
  isAlbuminUnit,
  isBilirubinUnit,
  limits,
  type PointLimits,
  prothrombinTimePoints,
} from './points.ts';

type Facts = (id: string) => Fact;

export const laboratory = ['bilirubin', 'albumin', 'inr'] as const;
type Laboratory = (typeof laboratory)[number];

export const laboratoryInputs = {
  bilirubin: ['mg/dL', 'umol/L'],
  albumin: ['g/dL', 'g/L'],
  inr: ['{INR}'],
  anticoagulant: ['1'],
  'prothrombin-time': ['s'],
  'prothrombin-time-control': ['s'],
  'cholestatic-liver-disease': ['1'],
} as const;

/** The part of Child-Pugh that the laboratory gives: bilirubin, albumin and INR, 3 to 9 points. */
export const childPughLaboratoryPoints: Measure = {
  id: 'child-pugh-laboratory-points',
  title: 'Child-Pugh points of bilirubin, albumin and INR',
  longestLabel: '3 to 9',
  unit: '1',
  range: [3, 9],
  inputs: laboratoryInputs,
  evidence: ['child-pugh-1973'],
  compute: laboratoryPoints,
};

export function laboratoryPoints(fact: Facts): Measurement {
  const parts = laboratory.map((id) => [id, points(id, fact)] as const);
  const value = sum(parts.map(([, part]) => part));
  return {
    value,
    label: rangeLabel(value, String),
    inputs: laboratory,
    open: parts.filter(([, part]) => !isExact(part)).flatMap(([id]) => openFor(id, fact)),
    notes: [...bilirubinNotes(fact), ...inrNotes(fact)],
  };
}

function points(id: Laboratory, fact: Facts): Estimate {
  const value = estimateOf(fact(id));
  const unit = unitOf(fact(id)) ?? '';
  switch (id) {
    case 'bilirubin':
      return isBilirubinUnit(unit) ? bilirubinPointsOf(value, unit, fact) : anyPoints;
    case 'albumin':
      return isAlbuminUnit(unit) ? albuminPoints(value, unit) : anyPoints;
    case 'inr':
      return anticoagulated(fact) === 'false' ? coagulationPoints(fact) : anyPoints;
  }
}

const anyPoints = between(1, 3);

/**
 * The limits by which a result of this patient counts, for those who draw it. Bilirubin: those of cholestatic disease
 * where that is recorded.
 *
 * @param unit the unit in which it was reported
 * @returns limits in `unit`; undefined for a unit without a table
 * @see `limitNotes` for what they do not say
 * @example laboratoryLimits('albumin', 'g/dL', fact) // { two: 3.5, three: 2.8 }
 */
export function laboratoryLimits(id: Laboratory, unit: string, fact: Facts): PointLimits | undefined {
  switch (id) {
    case 'bilirubin':
      return isBilirubinUnit(unit) ? bilirubinLimits(fact)[unit] : undefined;
    case 'albumin':
      return isAlbuminUnit(unit) ? limits.albumin[unit] : undefined;
    case 'inr':
      return limits.inr;
  }
}

/** Why a result may count otherwise than its limits say: a recorded or possible disease, or a drug. */
export function limitNotes(id: Laboratory, fact: Facts): readonly string[] {
  if (id === 'bilirubin') return cholestaticNotes(fact);
  return id === 'inr' ? anticoagulantNotes(fact) : [];
}

function bilirubinLimits(fact: Facts) {
  return cholestatic(fact) === 'true' ? cholestaticLimits : limits.bilirubin;
}

/** By the table for cholestatic disease where that is recorded; by either where nobody knows. */
function bilirubinPointsOf(value: Estimate, unit: BilirubinUnit, fact: Facts): Estimate {
  const points = bilirubinPoints(value, unit, bilirubinLimits(fact)[unit]);
  return cholestatic(fact) === 'undetermined' ? hull([points, cholestaticBilirubinPoints(value, unit)]) : points;
}

function cholestatic(fact: Facts): Truth {
  return isAtLeast(estimateOf(fact('cholestatic-liver-disease')), 1);
}

/** Of the INR; the prothrombin time narrows what it leaves open, and never overrides it. */
function coagulationPoints(fact: Facts): Estimate {
  const byInr = inrPoints(estimateOf(fact('inr')));
  return intersection(byInr, prothrombinTimePoints(prolongation(fact))) ?? byInr;
}

/** The prothrombin time less that of the control of the same day [s]. */
function prolongation(fact: Facts): Estimate {
  const [time, control] = [fact('prothrombin-time'), fact('prothrombin-time-control')];
  if (time.state !== 'found' || control.state !== 'found' || dayOf(time) !== dayOf(control)) return unknown;
  return sum([time.value, negated(control.value)]);
}

/** An anticoagulant raises the INR without any loss of liver function. Unless its absence is known, the INR says nothing. */
function anticoagulated(fact: Facts): Truth {
  return isAtLeast(estimateOf(fact('anticoagulant')), 1);
}

/** What would settle a part that is open. */
function openFor(id: Laboratory, fact: Facts): readonly string[] {
  if (id === 'inr') return openInr(fact);
  if (id !== 'bilirubin' || cholestatic(fact) !== 'undetermined') return [id];
  return [...(isExact(estimateOf(fact(id))) ? [] : [id]), 'cholestatic-liver-disease'];
}

/** What would settle the INR part: nothing, on an anticoagulant. */
function openInr(fact: Facts): readonly string[] {
  if (anticoagulated(fact) === 'true') return [];
  const inr = isExact(coagulationPoints(fact)) ? [] : ['inr'];
  return anticoagulated(fact) === 'false' ? inr : [...inr, 'anticoagulant'];
}

function bilirubinNotes(fact: Facts): readonly string[] {
  const bilirubin = fact('bilirubin');
  if (bilirubin.state !== 'found' || !isBilirubinUnit(bilirubin.unit)) return [];
  if (cholestatic(fact) !== 'false') return cholestaticNotes(fact);
  const borderline = bilirubinNote(bilirubin.value, bilirubin.unit);
  return borderline === undefined ? [] : [borderline];
}

function cholestaticNotes(fact: Facts): readonly string[] {
  const disease = 'Primary biliary or sclerosing cholangitis';
  if (cholestatic(fact) === 'true')
    return [`${disease} is recorded: bilirubin counts by its table (${tableText(fact)}).`];
  if (cholestatic(fact) === 'undetermined') return [`${disease} may be present: bilirubin may count by its table.`];
  return [];
}

/** In the unit in which bilirubin was reported. */
function tableText(fact: Facts): string {
  const reported = unitOf(fact('bilirubin')) ?? '';
  const unit = isBilirubinUnit(reported) ? reported : 'mg/dL';
  const { two, three } = cholestaticLimits[unit];
  return `${two} and ${three} ${unitText(unit)}`;
}

function inrNotes(fact: Facts): readonly string[] {
  if (anticoagulated(fact) === 'false')
    return isExact(inrPoints(estimateOf(fact('inr')))) ? [] : prothrombinTimeNotes(fact);
  return fact('inr').state === 'found' ? anticoagulantNotes(fact) : [];
}

function anticoagulantNotes(fact: Facts): readonly string[] {
  const taken = anticoagulated(fact);
  if (taken === 'false') return [];
  return [
    taken === 'true'
      ? 'INR on an anticoagulant: not interpretable, taken as 1 to 3 points.'
      : 'Whether the patient takes an anticoagulant is not known; INR taken as 1 to 3 points.',
  ];
}

function prothrombinTimeNotes(fact: Facts): readonly string[] {
  const { low, high } = prolongation(fact);
  if (low !== high) return [];
  return [`The prothrombin time (${Number(low.toFixed(1))} s over the control) stands in for the INR.`];
}
