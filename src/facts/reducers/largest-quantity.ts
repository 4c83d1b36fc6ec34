import { rising } from '../../kernel/estimate.ts';
import type { Fact } from '../../kernel/fact.ts';
import { convert } from '../../units/convert.ts';
import { thresholdOf } from '../patient-record.ts';
import { quantityFact } from './latest-quantity.ts';
import { observationsOf } from './observations.ts';
import { notFound, type Reducer } from './reducer.ts';

const dayMs = 86_400_000;

/**
 * The largest of the results of the newest day: several things measured in one examination, each a result or a
 * component of its own. Where one of them cannot be used, it may be the largest.
 */
export const largestQuantity: Reducer<'largest-quantity'> = ({ definition, concept }, context) => {
  const { observed, missing } = observationsOf(context.record, definition.from, concept, true);
  const [newest] = observed;
  if (newest === undefined) return notFound(missing, 'no result in the record');
  const sameDay = observed.filter(({ date }) => newest.date && date && newest.date.to - date.to < dayMs);
  const limit = thresholdOf(context, definition.maxAge);
  const all = (sameDay.length > 0 ? sameDay : [newest]).map((one) =>
    quantityFact(one, definition, context, ({ max }) => max > limit),
  );
  const usable = all.flatMap((fact) => (fact.state === 'found' ? [fact] : []));
  const [first] = usable;
  if (first === undefined) return all[0] ?? notFound(missing);
  const inUnit = usable.map((fact) => ({ ...fact, value: inUnitOf(first, fact) }));
  const sorted = [...inUnit].sort((a, b) => b.value.high - a.value.high || b.value.low - a.value.low);
  const largest = sorted[0] ?? first;
  const low = sorted.reduce((a, b) => (b.value.low > a.value.low ? b : a), largest).value;
  const complete = usable.length === all.length;
  const { high, highOpen } = complete ? largest.value : { high: Number.POSITIVE_INFINITY, highOpen: false };
  const steps = all.length > 1 ? [`largest of ${all.length} of the same day`] : [];
  return {
    ...largest,
    unit: first.unit,
    value: { low: low.low, lowOpen: low.lowOpen, high, highOpen },
    provenance: { ...largest.provenance, steps: [...largest.provenance.steps, ...steps] },
  };
};

type Found = Extract<Fact, { state: 'found' }>;

function inUnitOf({ unit }: Found, { value, unit: written }: Found) {
  return rising(value, (end) => (Number.isFinite(end) ? (convert(end, written, unit) ?? end) : end));
}
