import { between, type Estimate, exactly } from '../../kernel/estimate.ts';
import type { Fact } from '../../kernel/fact.ts';
import { type ReducerContext, thresholdOf } from '../patient-record.ts';
import { provenanceOf } from '../provenance.ts';
import { type Dated, dated, daysAgo, periodDates } from './dated.ts';
import { absencesByCode } from './graded-problem.ts';
import { daysOf } from './latest-quantity.ts';
import { type Statement, standing, statementsOf } from './problem-statements.ts';
import { notFound, type Reducer, type Source } from './reducer.ts';

/**
 * How severe a graded problem was at a time: 0 where its absence had been stated, else any of its grades; how it is
 * graded now says nothing of then. What began later says nothing either.
 */
export const gradedProblemBefore: Reducer<'graded-problem-before'> = ({ definition }, context) => {
  const at = daysOf(definition.at, context);
  if ('state' in at) return at;
  const source = context.source(definition.problem) as Source<'graded-problem'>;
  const { statements, missing } = statementsOf(context.record, definition.from, source.concept);
  const all = [...statements, ...absencesByCode(source, context)];
  const [latest] = standing(all.flatMap((statement) => asOf(statement, at, context)));
  return latest === undefined ? notFound(missing, 'nothing recorded then') : factOf(latest, at, source, context);
};

function factOf(
  { resource, recorded, date, says }: Statement,
  at: Estimate,
  { definition }: Source<'graded-problem'>,
  context: ReducerContext,
): Fact {
  const provenance = provenanceOf(resource, says, recorded);
  const [mildest, worst] = definition.grades.ungraded ?? [1, 1];
  if (says === 'present' || says === 'perhaps') {
    return { state: 'found', value: between(says === 'present' ? mildest : 0, worst), unit: '1', provenance };
  }
  const age = date === undefined ? Number.POSITIVE_INFINITY : daysAgo(date, context.record.now).max - at.low;
  if (age > thresholdOf(context, definition.absenceValid)) {
    return { state: 'stale', reason: 'its absence was stated too long before', provenance };
  }
  return { state: 'found', value: exactly(0), unit: '1', provenance };
}

/** What a statement said at a time; nothing when it speaks only of later, or nobody can say. */
function asOf(statement: Statement, at: Estimate, { record }: ReducerContext): readonly Statement[] {
  const { resource, says, date } = statement;
  const wasThen = (when: Dated<Statement['resource']>['date']) =>
    when !== undefined && daysAgo(when, record.now).min >= at.high;
  if (wasThen(date)) return [statement];
  if (says !== 'resolved' || date === undefined || daysAgo(date, record.now).max > at.low) return [];
  const { onsetDateTime, onsetPeriod, recordedDate } = resource;
  const began = dated(resource, [onsetDateTime, ...periodDates(onsetPeriod), recordedDate]);
  return wasThen(began.date) ? [{ ...began, says: 'present' }] : [];
}
