import { between, exactly } from '../../kernel/estimate.ts';
import { provenanceOfProblem } from '../provenance.ts';
import { type Statement, standingEach, statementsOf } from './problem-statements.ts';
import { notFound, type Reducer } from './reducer.ts';

/** Whether a problem is present now: 1, 0, or perhaps. One statement of presence that stands is enough. */
export const problem: Reducer<'problem'> = ({ definition, concept }, { record }) => {
  const { statements, missing } = statementsOf(record, definition.from, concept);
  const standing = standingEach(statements);
  for (const says of ['present', 'perhaps', 'refuted', 'resolved'] as const) {
    const statement = standing.find((one) => one.says === says);
    if (statement === undefined) continue;
    if (missing !== undefined && says !== 'present') break;
    return { state: 'found', value: presence(statement), unit: '1', provenance: provenance(statement) };
  }
  return notFound(missing);
};

/** Whether a problem was ever recorded as present, even if it is over. A refuted one never was. */
export const problemEver: Reducer<'problem-ever'> = ({ definition, concept }, { record }) => {
  const { statements, missing } = statementsOf(record, definition.from, concept);
  const statement = standingEach(statements).find(({ says }) => says !== 'refuted');
  if (statement) return { state: 'found', value: exactly(1), unit: '1', provenance: provenance(statement) };
  return notFound(missing);
};

function presence({ says }: Statement) {
  if (says === 'present') return exactly(1);
  return says === 'perhaps' ? between(0, 1) : exactly(0);
}

function provenance({ resource, recorded, says }: Statement) {
  return provenanceOfProblem(resource, says, recorded);
}
