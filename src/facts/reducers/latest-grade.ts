import type { FactDefinition } from '../../definitions/schemas/facts.ts';
import { asArray, textsOf } from '../../fhir/codeable-concept.ts';
import { between, type Estimate, exactly, isWithin } from '../../kernel/estimate.ts';
import { estimateOf, type Fact } from '../../kernel/fact.ts';
import { matchConcept } from '../../terminology/match-concept.ts';
import { type ReducerContext, thresholdOf } from '../patient-record.ts';
import { provenanceOf } from '../provenance.ts';
import { daysAgo, isFuture } from './dated.ts';
import { noComparison } from './no-comparison.ts';
import { type Observed, type ObservedValue, observationsOf } from './observations.ts';
import { notFound, type Reducer, type Source } from './reducer.ts';
import { together } from './together.ts';

type Definition = Extract<FactDefinition, { reducer: 'latest-grade' }>;

/**
 * The newest grade on an ordinal scale, in whatever form it was recorded: number, answer code, or text that begins
 * with the grade.
 */
export const latestGrade: Reducer<'latest-grade'> = (source, context) => {
  const { definition, concept } = source;
  const { observed, missing } = observationsOf(context.record, definition.from, concept);
  const before = definition.before === undefined ? undefined : context.facts.get(definition.before);
  if (before !== undefined && before.state !== 'found') return withoutReference(before);
  if (before !== undefined) return gradeBefore(estimateOf(before), observed, missing, source, context);
  const [newest] = observed;
  if (newest !== undefined) {
    const sameInstant = observed.filter(({ date }) => date?.to === newest.date?.to);
    return together(sameInstant.map((one) => gradeFact(one, source, context)));
  }
  return notFound(missing);
};

function withoutReference(fact: Fact): Fact {
  return fact.state === 'unavailable' ? fact : noComparison;
}

/**
 * The grade that held some days ago. Where the days are a range, any grade that may have been the newest then: from the
 * first one that is old enough for the near end to the first that is certainly old enough for the far end.
 */
function gradeBefore(
  days: Estimate,
  observed: readonly Observed[],
  missing: string | undefined,
  source: Source<'latest-grade'>,
  context: ReducerContext,
): Fact {
  const age = ({ date }: Observed) => (date === undefined ? -1 : daysAgo(date, context.record.now).min);
  const near = observed.filter((one) => age(one) >= days.low);
  const last = near.findIndex((one) => age(one) >= days.high);
  if (last < 0) return notFound(missing);
  return together(near.slice(0, last + 1).map((one) => gradeFact(one, source, context)));
}

function gradeFact(observed: Observed, { definition }: Source<'latest-grade'>, context: ReducerContext): Fact {
  const { resource, recorded, date, value } = observed;
  const read = gradeOf(value, definition, context);
  const provenance = provenanceOf(resource, read?.asRecorded ?? 'no grade', recorded);
  if (read === undefined)
    return { state: 'unusable', reason: 'the record holds no grade that can be read', provenance };
  if (date === undefined) return { state: 'stale', reason: 'it has no date', provenance };
  if (isFuture(date, context.record.now))
    return { state: 'unusable', reason: 'its date lies in the future', provenance };
  if (daysAgo(date, context.record.now).max > thresholdOf(context, definition.maxAge)) {
    return { state: 'stale', reason: 'it is too old', provenance };
  }
  const [low, high] = definition.range;
  if (!isWithin(read.grade, between(low, high))) {
    return { state: 'unusable', reason: `outside ${low} to ${high}`, provenance };
  }
  return { state: 'found', value: read.grade, unit: '1', provenance };
}

interface Grade {
  readonly grade: Estimate;
  readonly asRecorded: string;
}

function gradeOf(value: ObservedValue, definition: Definition, context: ReducerContext): Grade | undefined {
  const { valueInteger, valueDecimal, valueQuantity, valueString, valueCodeableConcept, interpretation } = value;
  for (const number of [valueInteger, valueDecimal, valueQuantity?.value]) {
    if (typeof number === 'number') return { grade: exactly(number), asRecorded: String(number) };
  }
  const texts = [valueString, ...textsOf(valueCodeableConcept)].filter(
    (text): text is string => typeof text === 'string',
  );
  for (const concept of [valueCodeableConcept, ...asArray(interpretation)]) {
    const grade = answerOf(concept, definition, context);
    if (grade !== undefined) return { grade, asRecorded: texts[0] ?? 'coded' };
  }
  for (const text of texts) {
    const grade = gradeInText(text, definition);
    if (grade !== undefined) return { grade, asRecorded: text };
  }
  return undefined;
}

/** An answer code with an ordinal: the grade itself, or the class that stands for a range of grades. */
export function answerOf(
  concept: unknown,
  { answers, ordinals }: { readonly answers?: string | undefined; readonly ordinals?: Definition['ordinals'] },
  context: ReducerContext,
): Estimate | undefined {
  const valueSet = answers === undefined ? undefined : context.valueSets.get(answers);
  const match = valueSet && matchConcept(concept, { valueSet, names: [], notNames: [] });
  if (match?.by !== 'code' || match.ordinal === undefined) return undefined;
  if (ordinals === undefined) return exactly(match.ordinal);
  const range = ordinals[String(match.ordinal)];
  return range && between(range[0], range[1]);
}

/** 'Scale 1', '1 - Restricted …', 'Scale 1-2', 'B7', 'Class A': the grade stands first, after the name of the scale. */
function gradeInText(text: string, { words }: Definition): Estimate | undefined {
  const start = text.slice(0, 200).replace(/^[^\d]*?(?=\b(?:\d|[A-C]\d{0,2}\b))/, '');
  const letter = /^([A-Z])\s?(\d{1,2})?\b/.exec(start);
  const range = letter?.[1] === undefined ? undefined : words[letter[1]];
  if (range !== undefined) {
    const grade = Number(letter?.[2]);
    return grade >= range[0] && grade <= range[1] ? exactly(grade) : between(range[0], range[1]);
  }
  const numbers = /^(\d{1,3})(?:\s?(?:-|–|\/|to)\s?(\d{1,3}))?(?!\d|\.\d)/.exec(start);
  if (numbers === null) return undefined;
  const [low, high] = [Number(numbers[1]), Number(numbers[2] ?? numbers[1])];
  return low <= high ? between(low, high) : undefined;
}
