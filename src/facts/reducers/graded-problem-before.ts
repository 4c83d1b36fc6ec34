import type { Condition } from 'fhir/r4.js';
import { type DateInterval, parseFhirDate } from '../../fhir/fhir-date.ts';
import { between, type Estimate, exactly } from '../../kernel/estimate.ts';
import type { Fact } from '../../kernel/fact.ts';
import { type ReducerContext, thresholdOf } from '../patient-record.ts';
import { provenanceOf } from '../provenance.ts';
import { daysAgo } from './dated.ts';
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

/**
 * What a statement says of a time: what it said then, or, of a problem that is recorded later, that it had begun before.
 * Where the time of its beginning or end leaves that open, perhaps; nothing when it speaks only of later.
 */
function asOf(statement: Statement, at: Estimate, { record }: ReducerContext): readonly Statement[] {
  const { resource, says, date, recorded } = statement;
  const days = (when: DateInterval | undefined) => when && daysAgo(when, record.now);
  const stated = days(date);
  if (stated !== undefined && stated.min >= at.high) return [statement];
  if (says === 'refuted' || (stated === undefined && says === 'resolved')) return [];
  const began = beginningOf(resource);
  if (began !== undefined && daysAgo(began, record.now).max < at.low) return [];
  const hadBegun = began !== undefined && daysAgo(began, record.now).min >= at.high;
  const wasStill = says !== 'resolved' || (stated !== undefined && stated.max <= at.low);
  // Undated, so that it stands beside what was said before: it is the newest that is known of then.
  const known = { resource, ...(recorded !== undefined && { recorded }) };
  return [{ ...known, says: hadBegun && wasStill && says !== 'perhaps' ? 'present' : 'perhaps' }];
}

/** From the first moment at which it may have begun to the last; where no onset is recorded, when it was recorded. */
function beginningOf({ onsetDateTime, onsetPeriod, recordedDate }: Condition): DateInterval | undefined {
  const [at, start, end] = [onsetDateTime, onsetPeriod?.start, onsetPeriod?.end].map(parseFhirDate);
  if (start && end) return { from: start.from, to: end.to, precision: 'day' };
  return at ?? start ?? end ?? parseFhirDate(recordedDate);
}
