import type { FactSource } from '../../definitions/definitions.ts';
import type { FactDefinition } from '../../definitions/schemas/facts.ts';
import { textsOf } from '../../fhir/codeable-concept.ts';
import { between, type Estimate } from '../../kernel/estimate.ts';
import type { Provenance } from '../../kernel/fact.ts';
import type { Assessment } from '../../measures/treatment-course/treatment-course.ts';
import { type ConceptMatcher, matchText } from '../../terminology/match-concept.ts';
import { compileName } from '../../terminology/name-pattern.ts';
import type { ReducerContext } from '../patient-record.ts';
import { provenanceOf } from '../provenance.ts';
import { daysAgo, isFuture } from './dated.ts';
import { answerOf } from './latest-grade.ts';
import { type ObservedValue, observationsOf } from './observations.ts';

export interface RecordedAssessment {
  readonly assessment: Assessment;
  readonly provenance: Provenance;
}

type Assessed = Extract<FactDefinition, { reducer: 'response-since' }>;

/**
 * The recorded assessments of response, newest first, as the fact of this name reads them; what has no date, or one
 * that has not come, says nothing.
 */
export function assessmentsOf(id: string, context: ReducerContext) {
  const { definition, concept } = context.source(id) as FactSource & { readonly definition: Assessed };
  const { observed, missing } = observationsOf(context.record, definition.from, concept);
  const all = observed.flatMap(({ resource, date, recorded, value }): RecordedAssessment[] => {
    if (date === undefined || isFuture(date, context.record.now)) return [];
    const { min, max } = daysAgo(date, context.record.now);
    const read = responseOf(value, definition, context);
    return [
      {
        assessment: { days: between(min, max), ...(read && { response: read.response }) },
        provenance: provenanceOf(resource, read?.asRecorded ?? 'no response', recorded),
      },
    ];
  });
  const newest = all[0]?.provenance;
  return {
    all,
    courseDays: definition.courseDays,
    assessments: all.map(({ assessment }) => assessment),
    ...(newest && { newest }),
    ...(missing === undefined ? {} : { missing }),
  };
}

/** By an answer code, else by the words of the answer. */
function responseOf(
  { valueCodeableConcept, valueString }: ObservedValue,
  definition: Assessed,
  context: ReducerContext,
): { readonly response: Estimate; readonly asRecorded: string } | undefined {
  const texts = [...textsOf(valueCodeableConcept), valueString].filter((text) => typeof text === 'string');
  const coded = answerOf(valueCodeableConcept, definition, context);
  if (coded) return { response: coded, asRecorded: texts[0] ?? 'coded' };
  for (const text of texts) {
    const words = definition.answerWords.find((one) => matchText(text, matcherOf(one), { negation: 'statement' }));
    if (words) return { response: between(words.grade[0], words.grade[1]), asRecorded: text };
  }
  return undefined;
}

const compiled = new WeakMap<object, ConceptMatcher>();

function matcherOf(words: { readonly names: readonly string[] }): ConceptMatcher {
  const known = compiled.get(words) ?? { names: words.names.map(compileName), notNames: [] };
  compiled.set(words, known);
  return known;
}
