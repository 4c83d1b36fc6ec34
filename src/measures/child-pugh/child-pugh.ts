import {
  between,
  type Estimate,
  intersection,
  isAtLeast,
  isExact,
  rising,
  sum,
  unknown,
} from '../../kernel/estimate.ts';
import { estimateOf, type Fact, unitOf } from '../../kernel/fact.ts';
import { type Measure, type Measurement, rangeLabel } from '../measure.ts';
import { bilirubinNote, pointsByOtherLimits } from './borderline.ts';
import {
  type AlbuminUnit,
  albuminPoints,
  ascitesPoints,
  type BilirubinUnit,
  bilirubinPoints,
  encephalopathyPoints,
  inrPoints,
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
    const recorded = estimateOf(fact('recorded-child-pugh'));
    const agreed = intersection(computed, recorded);
    const value = isExact(computed) ? computed : (agreed ?? computed);
    const used = fact('recorded-child-pugh').state === 'found';
    const notes = [...labs.notes];
    if (agreed === undefined)
      notes.push(
        `The recorded Child-Pugh (${label(recorded)}) contradicts its parts (${label(computed)}); the parts are used.`,
      );
    else if (used && !isExact(computed))
      notes.push(
        `The recorded Child-Pugh (${label(recorded)}) was used, because its parts are incomplete (${label(computed)}).`,
      );
    if (isExact(computed)) notes.push(...otherTableNotes(fact, computed.low));
    return {
      value,
      label: label(value),
      inputs: used ? [...laboratory, ...clinical, 'recorded-child-pugh'] : [...laboratory, ...clinical],
      open: isExact(value) ? [] : [...labs.open, ...clinical.filter((id) => !isExact(points(id, fact)))],
      notes,
    };
  },
};

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
  const borderline = bilirubin.state === 'found' && bilirubinNote(bilirubin.value, bilirubin.unit as BilirubinUnit);
  const notes = borderline ? [borderline] : [];
  if (fact('inr').state === 'found' && !inrIsInterpretable(fact)) notes.push(inrNote(fact('anticoagulant')));
  return {
    value,
    label: rangeLabel(value, String),
    inputs: laboratory,
    open: parts.filter(([, part]) => !isExact(part)).flatMap(([id]) => (id === 'inr' ? openInr(fact) : [id])),
    notes,
  };
}

function points(id: (typeof laboratory)[number] | (typeof clinical)[number], fact: Facts): Estimate {
  const value = estimateOf(fact(id));
  const unit = unitOf(fact(id));
  switch (id) {
    case 'bilirubin':
      return bilirubinPoints(value, (unit ?? 'mg/dL') as BilirubinUnit);
    case 'albumin':
      return albuminPoints(value, (unit ?? 'g/dL') as AlbuminUnit);
    case 'inr':
      return inrPoints(inrIsInterpretable(fact) ? value : unknown);
    case 'ascites':
      return ascitesPoints(value);
    case 'encephalopathy':
      return encephalopathyPoints(value);
  }
}

/** An anticoagulant raises the INR without any loss of liver function. Unless its absence is known, the INR says nothing. */
function inrIsInterpretable(fact: Facts): boolean {
  return isAtLeast(estimateOf(fact('anticoagulant')), 1) === 'false';
}

function openInr(fact: Facts): readonly string[] {
  if (inrIsInterpretable(fact)) return ['inr'];
  return fact('anticoagulant').state === 'found' ? [] : ['inr', 'anticoagulant'];
}

function inrNote(anticoagulant: Fact): string {
  return anticoagulant.state === 'found'
    ? 'The INR cannot be interpreted on an anticoagulant; its part of the score is left open (1 to 3 points).'
    : 'Whether the patient takes an anticoagulant could not be checked; the INR part of the score is left open (1 to 3 points).';
}

function otherTableNotes(fact: Facts, score: number): string[] {
  const albumin = fact('albumin');
  if (albumin.state !== 'found') return [];
  const change = pointsByOtherLimits(albumin.value, albumin.unit as AlbuminUnit, estimateOf(fact('inr')));
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
