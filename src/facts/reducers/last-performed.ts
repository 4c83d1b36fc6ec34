import type { Procedure } from 'fhir/r4.js';
import { between } from '../../kernel/estimate.ts';
import { matchConcept } from '../../terminology/match-concept.ts';
import { resourcesOf } from '../patient-record.ts';
import { provenanceOf } from '../provenance.ts';
import { dated, daysAgo, isFuture, newestFirst, periodDates } from './dated.ts';
import { notFound, type Reducer } from './reducer.ts';

const done: ReadonlySet<unknown> = new Set(['completed', 'in-progress', undefined]);

/** Days since a procedure of the list was last done. One without a date may have been done at any time. */
export const lastPerformed: Reducer<'last-performed'> = ({ definition, concept }, { record }) => {
  const { resources, missing } = resourcesOf<Procedure>(record, definition.from, 'Procedure');
  const found = resources
    .filter(({ status, code }) => done.has(status) && matchConcept(code, concept, { negation: 'statement' }))
    .map((one) => dated(one, [one.performedDateTime, ...periodDates(one.performedPeriod)]))
    .filter(({ date }) => date === undefined || !isFuture(date, record.now));
  const [newest] = newestFirst(found);
  if (newest === undefined) return notFound(missing);
  const days = found.map(({ date }) =>
    date === undefined ? between(0, Number.POSITIVE_INFINITY) : between(...clipped(daysAgo(date, record.now))),
  );
  const low = missing === undefined ? Math.min(...days.map((one) => one.low)) : 0;
  const value = between(low, Math.min(...days.map(({ high }) => high)));
  return { state: 'found', value, unit: 'd', provenance: provenanceOf(newest.resource, 'done', newest.recorded) };
};

/** What was done today may have been done later today. */
function clipped({ min, max }: { readonly min: number; readonly max: number }): [number, number] {
  return [Math.max(0, min), Math.max(0, max)];
}
