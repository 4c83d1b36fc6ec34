import { parseFhirDate } from '../../fhir/fhir-date.ts';
import type { Estimate } from '../../kernel/estimate.ts';
import type { Fact } from '../../kernel/fact.ts';
import { convert } from '../../units/convert.ts';
import { type ReducerContext, thresholdOf } from '../patient-record.ts';
import { provenanceOf } from '../provenance.ts';
import { daysAgo, isFuture } from './dated.ts';
import { noComparison } from './no-comparison.ts';
import { type Observed, observationsOf } from './observations.ts';
import { notFound, type Reducer, type Source } from './reducer.ts';
import { together } from './together.ts';
import { quantityEstimate, type WrittenQuantity, writtenQuantity } from './written-quantity.ts';

type LatestQuantity = Pick<Source<'latest-quantity'>, 'definition' | 'concept'>;

/** How a quantity is declared to be read. */
export type DeclaredUnits = Pick<LatestQuantity['definition'], 'units' | 'unitless' | 'plausible' | 'mislabelled'>;

/**
 * The newest result of a test, in one of its declared units. Kept in the reported unit where that is declared; else
 * converted within the same kind of quantity. Results of the same instant are taken together. A newest result that
 * cannot be used is said, never passed over for an older one.
 */
export const latestQuantity: Reducer<'latest-quantity'> = (source, context) => {
  const { observed, missing } = observationsOf(context.record, source.definition.from, source.concept);
  const limit = thresholdOf(context, source.definition.maxAge);
  return newestOf(observed, missing, source, context, ({ max }) => max > limit);
};

/** The newest result at a time, as it was then. */
export const quantityBefore: Reducer<'quantity-before'> = ({ definition }, context) => {
  const at = daysOf(definition.at, context);
  if ('state' in at) return at;
  const source = context.source(definition.quantity) as Source<'latest-quantity'>;
  const { observed, missing } = observationsOf(context.record, definition.from, source.concept);
  const earlier = observed.filter(({ date }) => date === undefined || daysAgo(date, context.record.now).min >= at.high);
  const limit = thresholdOf(context, definition.within);
  return newestOf(earlier, missing, source, context, ({ max }) => max - at.low > limit);
};

/** The newest result, unless it was taken too soon after that time. */
export const quantityAfter: Reducer<'quantity-after'> = ({ definition }, context) => {
  const at = daysOf(definition.at, context);
  if ('state' in at) return at;
  const newest = context.facts.get(definition.quantity);
  const date = newest?.state === 'found' ? parseFhirDate(newest.provenance.recorded) : undefined;
  if (newest === undefined || date === undefined) return newest ?? { state: 'absent', reason: 'no result' };
  const { max } = daysAgo(date, context.record.now);
  const isLater = at.low - max >= thresholdOf(context, definition.after);
  return isLater ? newest : { state: 'absent', reason: 'no result long enough since' };
};

/** When it was, in days ago; or why there is nothing to compare with. */
export function daysOf(id: string, { facts }: ReducerContext): Estimate | Exclude<Fact, { state: 'found' }> {
  const fact = facts.get(id);
  if (fact?.state === 'found') return fact.value;
  if (fact?.state === 'unavailable') return fact;
  return noComparison;
}

function newestOf(
  observed: readonly Observed[],
  missing: string | undefined,
  source: LatestQuantity,
  context: ReducerContext,
  isOld: IsOld,
): Fact {
  const [newest] = observed;
  if (newest === undefined) return notFound(missing, 'no result in the record');
  const sameInstant = observed.filter(({ date }) => date?.to === newest.date?.to);
  return together(sameInstant.map((one) => quantityFact(one, source.definition, context, isOld)));
}

export type IsOld = (age: { readonly min: number; readonly max: number }) => boolean;

/** One result in a declared unit, or why it says nothing. */
export function quantityFact(
  { resource, recorded, date, value }: Observed,
  definition: DeclaredUnits,
  context: ReducerContext,
  isOld: IsOld,
): Fact {
  const written = writtenQuantity(value, definition.units[0]);
  const provenance = provenanceOf(resource, written?.asRecorded ?? 'no number', recorded);
  const unusable = (reason: string): Fact => ({ state: 'unusable', reason, provenance });
  if (date === undefined) return { state: 'stale', reason: 'it has no date', provenance };
  if (isOld(daysAgo(date, context.record.now))) return { state: 'stale', reason: 'it is too old', provenance };
  if (isFuture(date, context.record.now)) return unusable('its date lies in the future');
  if (written === undefined) return unusable('it holds no number');
  const quantity = inDeclaredUnit(written, definition);
  if (typeof quantity === 'string') return unusable(quantity);
  const estimate = quantityEstimate(quantity.value, written.comparator);
  if (estimate === undefined) return unusable(`its comparator is not understood`);
  const implausible = implausibility(quantity, definition);
  if (implausible !== undefined) return unusable(implausible);
  const steps = quantity.unit === written.unit ? [] : [`${written.unit} → ${quantity.unit}`];
  return { state: 'found', value: estimate, unit: quantity.unit, provenance: { ...provenance, steps } };
}

interface DeclaredQuantity {
  readonly value: number;
  readonly unit: string;
}

/** The quantity in a declared unit, or why there is none. */
function inDeclaredUnit(
  { value, unit }: WrittenQuantity,
  { units, unitless }: DeclaredUnits,
): DeclaredQuantity | string {
  const written = unit === undefined ? unitless : unit;
  if (written === undefined) return 'it has no unit';
  if (written === null) return 'its unit is not known';
  if (units.includes(written)) return { value, unit: written };
  for (const declared of units) {
    const converted = convert(value, written, declared);
    if (converted !== undefined) return { value: converted, unit: declared };
  }
  return `its unit is not one of ${units.join(', ')}`;
}

function implausibility(
  { value, unit }: DeclaredQuantity,
  { plausible, mislabelled }: DeclaredUnits,
): string | undefined {
  const [low, high] = plausible[unit] ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  if (value >= low && value <= high) return undefined;
  return value > high && mislabelled !== undefined
    ? `it is not plausible. ${mislabelled}`
    : `it is not plausible in ${unit}`;
}
