import type { Condition } from 'fhir/r4.js';
import { asArray, codingsOf, textsOf } from '../../fhir/codeable-concept.ts';
import { between, type Estimate, exactly, hull, isAtLeast } from '../../kernel/estimate.ts';
import { estimateOf, type Fact } from '../../kernel/fact.ts';
import { type ConceptMatcher, matchConcept, matchText } from '../../terminology/match-concept.ts';
import { compileName } from '../../terminology/name-pattern.ts';
import { type ReducerContext, resourcesOf, thresholdOf } from '../patient-record.ts';
import { provenanceOf } from '../provenance.ts';
import {
  dateOf,
  isPresence,
  type Statement,
  sayingOf,
  standing,
  statedAbsence,
  statementsOf,
} from './problem-statements.ts';
import { notFound, type Reducer, type Source } from './reducer.ts';

type GradedProblem = Source<'graded-problem'>;

/**
 * How severe a problem is, from 0 for "stated to be absent". Nothing recorded is not absent. The newest statement
 * wins, presence on the same date; an active problem does not expire, a statement of absence does.
 */
export const gradedProblem: Reducer<'graded-problem'> = (source, context) => {
  const { definition, concept } = source;
  const { record } = context;
  const { statements, missing } = statementsOf(record, definition.from, concept);
  const all = standing([...statements, ...absencesByCode(source, context)]);
  const [latest] = all;
  if (latest === undefined) {
    return notFound(missing);
  }
  const { resource, recorded, date, says } = latest;
  const provenance = provenanceOf(resource, says, recorded);
  if (says === 'present' || says === 'perhaps') {
    const sameDate = all.filter((one) => isPresence(one) && one.date?.to === date?.to);
    const grade = hull(sameDate.map((one) => gradeOf(one.resource, source, context)));
    const value = says === 'present' ? grade : { ...grade, low: 0 };
    return { state: 'found', value, unit: '1', provenance };
  }
  const validDays = thresholdOf(context, definition.absenceValid);
  return statedAbsence(latest, missing, validDays, record.now, absence(latest, source, context));
};

/** Active codes that themselves say "without": a statement of absence. */
export function absencesByCode(
  { definition }: GradedProblem,
  { record, valueSets }: ReducerContext,
): readonly Statement[] {
  const valueSet = definition.absentCodes === undefined ? undefined : valueSets.get(definition.absentCodes);
  if (valueSet === undefined) return [];
  const matcher: ConceptMatcher = { valueSet, names: [], notNames: [] };
  const conditions = resourcesOf<Condition>(record, definition.from, 'Condition').resources;
  return conditions
    .filter((condition) => matchConcept(condition.code, matcher) && sayingOf(condition, record.now) === 'present')
    .map((condition) => ({ ...dateOf(condition, 'refuted'), says: 'refuted' as const }));
}

/** A problem that is over while it is still being treated may be controlled rather than gone. */
function absence({ says }: Statement, { definition }: GradedProblem, { facts }: ReducerContext): Estimate {
  const { controlledBy, controlled } = definition;
  if (says === 'refuted' || controlledBy === undefined || controlled === undefined) return exactly(0);
  const treatment: Fact | undefined = facts.get(controlledBy);
  const treated = treatment === undefined ? 'undetermined' : isAtLeast(estimateOf(treatment), 1);
  return treated === 'false' ? exactly(0) : between(controlled[0], controlled[1]);
}

/** By a code that implies it, by words of the text, by Condition.severity; else anything from the mildest to the worst. */
function gradeOf(condition: Condition, { definition }: GradedProblem, { valueSets }: ReducerContext): Estimate {
  const { severeCodes, grades, gradeWords, severity } = definition;
  const inSet = (id: string | undefined, concept: unknown) => {
    const valueSet = id === undefined ? undefined : valueSets.get(id);
    return valueSet && matchConcept(concept, { valueSet, names: [], notNames: [] });
  };
  const range = (grade: readonly [number, number] | undefined) => grade && between(grade[0], grade[1]);
  if (inSet(severeCodes, condition.code)) return range(grades.severe) ?? exactly(1);
  const texts = [...textsOf(condition.code), ...asArray(condition.stage).flatMap((stage) => textsOf(stage?.summary))];
  const words = gradeWords.find((one) => texts.some((text) => matchText(text, wordsOfGrade(one), asStated)));
  if (words) return between(words.grade[0], words.grade[1]);
  const level = inSet(severity, condition.severity);
  const ordinal = level?.by === 'code' ? level.ordinal : undefined;
  const named = (['mild', 'moderate', 'severe'] as const)[(ordinal ?? severityInText(condition)) - 1];
  return range(named === undefined ? grades.ungraded : grades[named]) ?? between(1, Number.POSITIVE_INFINITY);
}

const asStated = { negation: 'statement' } as const;
const compiled = new WeakMap<object, ConceptMatcher>();

function wordsOfGrade(words: { readonly names: readonly string[] }): ConceptMatcher {
  const known = compiled.get(words) ?? { names: words.names.map(compileName), notNames: [] };
  compiled.set(words, known);
  return known;
}

const levels = ['mild', 'moderate', 'severe'].map(
  (word): ConceptMatcher => ({ names: [compileName(word)], notNames: [] }),
);

/** 1 mild, 2 moderate, 3 severe, 0 none, as the severity or the text says. */
function severityInText(condition: Condition): number {
  const texts = [
    ...textsOf(condition.severity),
    ...codingsOf(condition.severity).map(({ display = '' }) => display),
    ...textsOf(condition.code),
  ];
  return 1 + levels.findLastIndex((level) => texts.some((text) => matchText(text, level, asStated)));
}
