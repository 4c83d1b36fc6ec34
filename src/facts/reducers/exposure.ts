import { between, exactly, isAtLeast } from '../../kernel/estimate.ts';
import type { OrderName } from '../../kernel/fact.ts';
import { not } from '../../kernel/truth.ts';
import { thresholdOf } from '../patient-record.ts';
import { notFound, type Reducer } from './reducer.ts';
import { type SignOfLife, signsOfLife, withoutCovered } from './signs-of-life.ts';

/**
 * Days since the last sign of life of a drug: newest of administration, end of a statement, dispensing plus days'
 * supply, end of the ordered period, else the day it was ordered. An order that was stopped shows only that the drug
 * was taken at some time since: R4 has no stop date.
 */
export const lastExposure: Reducer<'last-exposure'> = ({ definition }, context) => {
  const { signs: all, missing, missingAlso } = signsOfLife(definition.from, definition.order, context);
  const signs = withoutCovered(all);
  const [newest] = newestFirst(signs);
  if (newest === undefined) {
    return notFound(missing);
  }
  // What could not be read may hold a newer sign.
  const low = missing === undefined && !missingAlso ? Math.min(...signs.map(({ days }) => days.low)) : 0;
  return {
    state: 'found',
    value: between(low, newest.days.high),
    unit: 'd',
    orders: ordersOf(signs.filter(({ days }) => days.low <= newest.days.high)),
    provenance: newest.provenance,
  };
};

/** Days since somebody last decided on a drug of the group: ordered it, handed it out or gave it. */
export const lastOrder: Reducer<'last-order'> = ({ definition }, context) => {
  const { signs, missing, missingAlso } = signsOfLife(definition.from, definition.order, context);
  const decided = signs.flatMap(({ decided: days }) => days ?? []);
  const [newest] = [...decided].sort((a, b) => a.high - b.high);
  if (newest === undefined) return notFound(missing);
  const low = missing === undefined && !missingAlso ? Math.min(...decided.map((days) => days.low)) : 0;
  const sign = signs.find((one) => one.decided === newest);
  const provenance = sign?.provenance ?? { source: definition.order, asRecorded: 'order', steps: [] };
  return { state: 'found', value: between(low, newest.high), unit: 'd', provenance };
};

/** Whether a drug is being taken: an active order with a sign of life in its window. */
export const runningExposure: Reducer<'running-exposure'> = ({ definition }, context) => {
  const { signs: all, missing } = signsOfLife(definition.from, definition.order, context);
  const signs = withoutCovered(all);
  const window = thresholdOf(context, definition.signOfLife);
  const active = new Set(signs.filter((sign) => sign.active).map(({ order }) => order.name));
  const ofActive = signs.filter(({ order }) => active.has(order.name));
  const running = newestFirst(ofActive.filter(({ days }) => days.low <= window));
  const [newest] = running;
  if (newest === undefined) {
    if (missing !== undefined) return { state: 'unavailable', reason: missing };
    return { state: 'absent', reason: 'no active order with a sign of life' };
  }
  const truths = running.map(({ days }) => not(isAtLeast(days, window + 1)));
  const value = truths.includes('true') ? exactly(1) : between(0, 1);
  return { state: 'found', value, unit: '1', orders: ordersOf(running), provenance: newest.provenance };
};

function newestFirst(signs: readonly SignOfLife[]): readonly SignOfLife[] {
  return [...signs].sort((a, b) => a.days.high - b.days.high || a.provenance.source.localeCompare(b.provenance.source));
}

function ordersOf(signs: readonly SignOfLife[]): readonly OrderName[] {
  return [...new Map(signs.map(({ order }) => [order.name, order])).values()];
}
