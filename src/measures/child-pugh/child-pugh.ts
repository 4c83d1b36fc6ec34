import {
  between,
  type Estimate,
  intersection,
  isExact,
  isWithin,
  rising,
  sum,
  unknown,
} from '../../kernel/estimate.ts';
import { dayOf, estimateOf, type Fact, mayBeNewer } from '../../kernel/fact.ts';
import { type Measure, type Measurement, rangeLabel } from '../measure.ts';
import { pointsByOtherLimits } from './borderline.ts';
import { laboratory, laboratoryInputs, laboratoryPoints } from './laboratory-points.ts';
import { ascitesPoints, encephalopathyPoints, isAlbuminUnit } from './points.ts';

type Facts = (id: string) => Fact;

const clinical = ['ascites', 'encephalopathy'] as const;
const prothrombinTimes = ['prothrombin-time', 'prothrombin-time-control'] as const;

/**
 * Child-Pugh score: severity of cirrhosis from bilirubin, albumin, INR, ascites and encephalopathy. What is not
 * known makes it a range; nothing is assumed normal.
 *
 * A recorded score is used only where the parts leave more than one score possible, and never against them: it
 * narrows the range, and a contradiction is said and ignored. It is not used where a part is newer, or may be.
 *
 * @returns score [1], 5 to 15; class A 5-6, B 7-9, C 10-15
 * @see Pugh RNH et al. Br J Surg 1973;60:646 (evidence key `child-pugh-1973`)
 * @example bilirubin 2.5 mg/dL, albumin 3.0 g/dL, INR 1.8, no ascites, no encephalopathy: 8, class B
 */
export const childPughScore: Measure = {
  id: 'child-pugh-score',
  title: 'Child-Pugh',
  longestLabel: 'B7 to C15',
  unit: '1',
  range: [5, 15],
  inputs: { ...laboratoryInputs, ascites: ['1'], encephalopathy: ['1'], 'recorded-child-pugh': ['1'] },
  evidence: ['child-pugh-1973', 'child-pugh-cholestatic'],
  compute(fact: Facts): Measurement {
    const labs = laboratoryPoints(fact);
    const computed = sum([labs.value, ...clinical.map((id) => clinicalPoints(id, fact))]);
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
      open: isExact(value) ? [] : [...labs.open, ...clinical.filter((id) => !isExact(clinicalPoints(id, fact)))],
      notes,
    };
  },
};

function clinicalPoints(id: (typeof clinical)[number], fact: Facts): Estimate {
  const grade = estimateOf(fact(id));
  return id === 'ascites' ? ascitesPoints(grade) : encephalopathyPoints(grade);
}

/**
 * A score that was recorded before one of its parts does not speak of it; nor does one of which nobody could see
 * whether it was.
 */
function isOutdated(fact: Facts): boolean {
  const scored = dayOf(fact('recorded-child-pugh'));
  const coagulation = fact('inr').state === 'found' ? [] : prothrombinTimes;
  return [...laboratory, ...coagulation, ...clinical].some((id) => mayBeNewer(fact(id), scored));
}

function conflictNote(recorded: Estimate, computed: Estimate): string {
  return `The recorded Child-Pugh (${label(recorded)}) contradicts its parts (${label(computed)}); the parts are used.`;
}

function narrowedNote(recorded: Estimate, computed: Estimate): string {
  return `The recorded Child-Pugh (${label(recorded)}) was used, because its parts are incomplete (${label(computed)}).`;
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
