import type { Condition } from 'fhir/r4.js';
import { asArray, textsOf } from '../../fhir/codeable-concept.ts';
import { between, exactly } from '../../kernel/estimate.ts';
import { matchText } from '../../terminology/match-concept.ts';
import { compileName } from '../../terminology/name-pattern.ts';
import { provenanceOfProblem } from '../provenance.ts';
import { isPresence, standingEach, statementsOf } from './problem-statements.ts';
import { notFound, type Reducer } from './reducer.ts';

/**
 * Whether the problem of another fact is present and described in certain words: by its text, its stage or its body
 * site. A problem that is described otherwise, or not at all, leaves it unrecorded.
 */
export const describedProblem: Reducer<'described-problem'> = ({ definition }, { record, source }) => {
  const { statements, missing } = statementsOf(
    record,
    definition.from,
    source(definition.of)?.concept ?? { names: [], notNames: [] },
  );
  const words = {
    names: definition.described.names.map(compileName),
    notNames: definition.described.notNames.map(compileName),
  };
  const described = standingEach(statements).filter(
    (one) =>
      isPresence(one) && textsAbout(one.resource).some((text) => matchText(text, words, { negation: 'statement' })),
  );
  const statement = described.find(({ says }) => says === 'present') ?? described[0];
  if (statement === undefined) return notFound(missing);
  const { resource, recorded, says } = statement;
  const value = says === 'present' ? exactly(1) : between(0, 1);
  return { state: 'found', value, unit: '1', provenance: provenanceOfProblem(resource, says, recorded) };
};

/** What a Condition says of itself in words. */
export function textsAbout({ code, stage, bodySite }: Condition): readonly string[] {
  return [
    ...textsOf(code),
    ...asArray(stage).flatMap((one) => [...textsOf(one?.summary), ...textsOf(one?.type)]),
    ...asArray(bodySite).flatMap(textsOf),
  ];
}
