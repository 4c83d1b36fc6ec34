import {
  between,
  type Estimate,
  intersection,
  isAtLeast,
  isExact,
  isWithin,
  rising,
  sum,
  unknown,
} from '../../kernel/estimate.ts';
import { dayOf, estimateOf, type Fact, unitOf } from '../../kernel/fact.ts';
import type { Truth } from '../../kernel/truth.ts';
import { type Measure, type Measurement, rangeLabel } from '../measure.ts';
import { bilirubinNote, pointsByOtherLimits } from './borderline.ts';
import {
  albuminPoints,
  ascitesPoints,
  bilirubinPoints,
  encephalopathyPoints,
  inrPoints,
  isAlbuminUnit,
  isBilirubinUnit,
} from './points.ts';

type Facts = (id: string) => Fact;

const laboratory = ['bilirubin', 'albumin', 'inr'] as const;
const clinical = ['ascites', 'encephalopathy'] as const;

const laboratoryInputs = {
  bilirubin: ['mg/dL', 'umol/L'],
  albumin: ['g/dL', 'g/L'],
  inr: ['{INR}'],
  anticoagulant: ['1'],
} as const;

/**
 * Child-Pugh score: severity of cirrhosis from bilirubin, albumin, INR, ascites and encephalopathy. What is not
 * known makes it a range; nothing is assumed normal.
 *
 * A recorded score is used only where the parts leave more than one score possible, and never against them: it
 * narrows the range, and a contradiction is said and ignored.
 *
 * @returns score [1], 5 to 15; class A 5-6, B 7-9, C 10-15
 * @see Pugh RNH et al. Br J Surg 1973;60:646 (evidence key `child-pugh-1973`)
 * @example bilirubin 2.5 mg/dL, albumin 3.0 g/dL, INR 1.8, no ascites, no encephalopathy: 8, class B
 */
export const childPughScore: Measure = {
  id: 'child-pugh-score',
  title: 'Child-Pugh',
  unit: '1',
  inputs: { ...laboratoryInputs, ascites: ['1'], encephalopathy: ['1'], 'recorded-child-pugh': ['1'] },
  evidence: ['child-pugh-1973'],
  compute(fact: Facts): Measurement {
    const labs = laboratoryPoints(fact);
    const computed = sum([
      labs.value,
      ascitesPoints(estimateOf(fact('ascites'))),
      encephalopathyPoints(estimateOf(fact('encephalopathy'))),
    ]);
    const recorded = isOutdated(fact) ? unknown : estimateOf(fact('recorded-child-pugh'));
    const agreed = intersection(computed, recorded);
    const value = agreed ?? computed;
    const narrowed = agreed !== undefined && !isWithin(computed, agreed);
    const notes = [...labs.notes];
    if (agreed === undefined) notes.push(conflictNote(recorded, computed));
    if (narrowed) notes.push(narrowedNote(recorded, computed));
    if (isExact(computed)) notes.push(...otherTableNotes(fact, computed.low));
    return {
      value,
      label: label(value),
      inputs: narrowed ? [...laboratory, ...clinical, 'recorded-child-pugh'] : [...laboratory, ...clinical],
      open: isExact(value) ? [] : [...labs.open, ...clinical.filter((id) => !isExact(points(id, fact)))],
      notes,
    };
  },
};

/** A score that was recorded before one of its parts does not speak of it. */
function isOutdated(fact: Facts): boolean {
  const scored = dayOf(fact('recorded-child-pugh'));
  return [...laboratory, ...clinical].some((id) => (dayOf(fact(id)) ?? '') > (scored ?? ''));
}

function conflictNote(recorded: Estimate, computed: Estimate): string {
  return `The recorded Child-Pugh (${label(recorded)}) contradicts its parts (${label(computed)}); the parts are used.`;
}

function narrowedNote(recorded: Estimate, computed: Estimate): string {
  return `The recorded Child-Pugh (${label(recorded)}) was used, because its parts are incomplete (${label(computed)}).`;
}

/** The part of Child-Pugh that the laboratory gives: bilirubin, albumin and INR, 3 to 9 points. */
export const childPughLaboratoryPoints: Measure = {
  id: 'child-pugh-laboratory-points',
  title: 'Child-Pugh points of bilirubin, albumin and INR',
  unit: '1',
  inputs: laboratoryInputs,
  evidence: ['child-pugh-1973'],
  compute: laboratoryPoints,
};

function laboratoryPoints(fact: Facts): Measurement {
  const parts = laboratory.map((id) => [id, points(id, fact)] as const);
  const value = sum(parts.map(([, part]) => part));
  const bilirubin = fact('bilirubin');
  const borderline =
    bilirubin.state === 'found' && isBilirubinUnit(bilirubin.unit) && bilirubinNote(bilirubin.value, bilirubin.unit);
  return {
    value,
    label: rangeLabel(value, String),
    inputs: laboratory,
    open: parts.filter(([, part]) => !isExact(part)).flatMap(([id]) => (id === 'inr' ? openInr(fact) : [id])),
    notes: [...(borderline ? [borderline] : []), ...inrNotes(fact)],
  };
}

function points(id: (typeof laboratory)[number] | (typeof clinical)[number], fact: Facts): Estimate {
  const value = estimateOf(fact(id));
  const unit = unitOf(fact(id)) ?? '';
  switch (id) {
    case 'bilirubin':
      return isBilirubinUnit(unit) ? bilirubinPoints(value, unit) : anyPoints;
    case 'albumin':
      return isAlbuminUnit(unit) ? albuminPoints(value, unit) : anyPoints;
    case 'inr':
      return anticoagulated(fact) === 'false' ? inrPoints(value) : anyPoints;
    case 'ascites':
      return ascitesPoints(value);
    case 'encephalopathy':
      return encephalopathyPoints(value);
  }
}

const anyPoints = between(1, 3);

/** An anticoagulant raises the INR without any loss of liver function. Unless its absence is known, the INR says nothing. */
function anticoagulated(fact: Facts): Truth {
  return isAtLeast(estimateOf(fact('anticoagulant')), 1);
}

/** What would settle the INR part: nothing, on an anticoagulant. */
function openInr(fact: Facts): readonly string[] {
  if (anticoagulated(fact) === 'true') return [];
  const inr = isExact(inrPoints(estimateOf(fact('inr')))) ? [] : ['inr'];
  return anticoagulated(fact) === 'false' ? inr : [...inr, 'anticoagulant'];
}

function inrNotes(fact: Facts): readonly string[] {
  const taken = anticoagulated(fact);
  if (fact('inr').state !== 'found' || taken === 'false') return [];
  const open = 'the INR part of the score is left open (1 to 3 points).';
  return [
    taken === 'true'
      ? `The INR cannot be interpreted on an anticoagulant; ${open}`
      : `Whether the patient takes an anticoagulant is not known; ${open}`,
  ];
}

function otherTableNotes(fact: Facts, score: number): string[] {
  const albumin = fact('albumin');
  if (albumin.state !== 'found' || !isAlbuminUnit(albumin.unit)) return [];
  const change = pointsByOtherLimits(albumin.value, albumin.unit, estimateOf(fact('inr')));
  const other = score + change;
  if (childPughClass(other) === childPughClass(score)) return [];
  return [`By another published table (albumin limit 3.0 g/dL, INR limit 2.2) the score would be ${labelOf(other)}.`];
}

/** The class of a whole score: A 5-6, B 7-9, C 10-15. */
export function childPughClass(score: number): 'A' | 'B' | 'C' {
  if (score <= 6) return 'A';
  return score <= 9 ? 'B' : 'C';
}

function labelOf(score: number): string {
  return `${childPughClass(score)}${score}`;
}

function label(value: Estimate): string {
  return rangeLabel(rising(intersection(value, between(5, 15)) ?? value, Math.round), labelOf);
}
