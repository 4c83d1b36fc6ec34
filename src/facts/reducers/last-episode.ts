import type { Condition } from 'fhir/r4.js';
import { between, type Estimate } from '../../kernel/estimate.ts';
import { provenanceOfProblem } from '../provenance.ts';
import { type Dated, dated, daysAgo, isFuture, newestFirst, periodDates } from './dated.ts';
import { type Statement, statementsOf } from './problem-statements.ts';
import { notFound, type Reducer } from './reducer.ts';

const never = Number.POSITIVE_INFINITY;

/**
 * Days since a problem last occurred, over or not: since its end, else since it began, else since it was recorded. A
 * diagnosis that nobody has confirmed may never have occurred; one without a date may have at any time.
 */
export const lastEpisode: Reducer<'last-episode'> = ({ definition, concept }, { record }) => {
  const { statements, missing } = statementsOf(record, definition.from, concept);
  const episodes = statements
    .filter(({ says }) => says !== 'refuted')
    .map((statement) => ({ ...occurred(statement), says: statement.says }))
    .filter(({ date }) => date === undefined || !isFuture(date, record.now));
  const [newest] = newestFirst(episodes);
  if (newest === undefined) return notFound(missing);
  const days = episodes.map(({ date, says }): Estimate => {
    if (date === undefined) return between(0, never);
    const { min, max } = daysAgo(date, record.now);
    return between(Math.max(0, min), says === 'perhaps' ? never : Math.max(0, max));
  });
  const low = missing === undefined ? Math.min(...days.map((one) => one.low)) : 0;
  const value = between(low, Math.min(...days.map(({ high }) => high)));
  return {
    state: 'found',
    value,
    unit: 'd',
    provenance: provenanceOfProblem(newest.resource, 'occurred', newest.recorded),
  };
};

function occurred({ resource }: Statement): Dated<Condition> {
  const { abatementDateTime, abatementPeriod, onsetDateTime, onsetPeriod, recordedDate } = resource;
  const ended = [abatementDateTime, ...periodDates(abatementPeriod)];
  return dated(resource, [...ended, ...periodDates(onsetPeriod), onsetDateTime, recordedDate]);
}
