import { asArray, codingsOf, textsOf } from '../../fhir/codeable-concept.ts';
import { type Estimate, exactly } from '../../kernel/estimate.ts';
import type { Fact } from '../../kernel/fact.ts';
import { type ConceptMatcher, matchText } from '../../terminology/match-concept.ts';
import { compileName } from '../../terminology/name-pattern.ts';
import { provenanceOf } from '../provenance.ts';
import { isFuture } from './dated.ts';
import { type Observed, type ObservedValue, observationsOf } from './observations.ts';
import { notFound, type Reducer, type Source } from './reducer.ts';
import { together } from './together.ts';

/** Whether the newest result of a test is positive: 1, or negative: 0. However old it is. */
export const resultSign: Reducer<'result-sign'> = ({ definition, concept }, { record }) => {
  const { observed, missing } = observationsOf(record, definition.from, concept);
  const [newest] = observed;
  if (newest === undefined) return notFound(missing, 'no result in the record');
  const sameInstant = observed.filter(({ date }) => date?.to === newest.date?.to);
  return together(sameInstant.map((one) => signFact(one, definition, record.now)));
};

/** Whether a test was ever done, whatever the result. */
export const everTested: Reducer<'ever-tested'> = ({ definition, concept }, { record }) => {
  const { observed, missing } = observationsOf(record, definition.from, concept);
  const [newest] = observed;
  if (newest === undefined) return notFound(missing, 'no result in the record');
  const provenance = provenanceOf(newest.resource, 'done', newest.recorded);
  return { state: 'found', value: exactly(1), unit: '1', provenance };
};

type Definition = Source<'result-sign'>['definition'];

function signFact({ resource, recorded, date, value }: Observed, definition: Definition, now: Date): Fact {
  const texts = textsIn(value);
  const provenance = provenanceOf(resource, texts[0] ?? 'no result', recorded);
  if (date !== undefined && isFuture(date, now))
    return { state: 'unusable', reason: 'its date lies in the future', provenance };
  const sign = signIn(texts, definition);
  if (sign === undefined) return { state: 'unusable', reason: 'neither positive nor negative', provenance };
  return { state: 'found', value: sign, unit: '1', provenance };
}

/** What is called negative may hold the word for positive ("non-…"), so it is looked for first. */
function signIn(texts: readonly string[], { negative, positive }: Definition): Estimate | undefined {
  if (texts.some((text) => says(text, negative))) return exactly(0);
  return texts.some((text) => says(text, positive)) ? exactly(1) : undefined;
}

function textsIn({ valueString, valueCodeableConcept, interpretation }: ObservedValue): readonly string[] {
  const coded = asArray(interpretation).flatMap((one) => [
    ...textsOf(one),
    ...codingsOf(one).flatMap(({ code }) => code ?? []),
  ]);
  return [valueString, ...textsOf(valueCodeableConcept), ...coded].filter(
    (text): text is string => typeof text === 'string',
  );
}

const compiled = new WeakMap<readonly string[], ConceptMatcher>();

function says(text: string, names: readonly string[]): boolean {
  const known = compiled.get(names) ?? { names: names.map(compileName), notNames: [] };
  compiled.set(names, known);
  return matchText(text, known) !== undefined;
}
