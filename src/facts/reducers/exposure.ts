import type {
  MedicationAdministration,
  MedicationDispense,
  MedicationRequest,
  MedicationStatement,
  Resource,
} from 'fhir/r4.js';
import { asArray } from '../../fhir/codeable-concept.ts';
import { parseFhirDate } from '../../fhir/fhir-date.ts';
import { between, type Estimate, exactly, isAtLeast } from '../../kernel/estimate.ts';
import type { OrderName, Provenance } from '../../kernel/fact.ts';
import { not } from '../../kernel/truth.ts';
import { type ConceptMatcher, matchConcept } from '../../terminology/match-concept.ts';
import { type DrugResource, drugConcepts, drugRoutes } from '../medications.ts';
import { type PatientRecord, type ReducerContext, resourcesOf, thresholdOf } from '../patient-record.ts';
import { provenanceOf } from '../provenance.ts';
import { daysAgo, periodDates } from './dated.ts';
import type { Reducer } from './reducer.ts';

/** A thing that shows a drug being taken, in days ago, and whether its order is still active. */
interface SignOfLife {
  readonly days: Estimate;
  readonly active: boolean;
  /** An order that has ended without a day: the drug was taken at some time since it was written. */
  readonly sinceOrdered: boolean;
  readonly order: OrderName;
  readonly provenance: Provenance;
}

const given: ReadonlySet<unknown> = new Set(['completed', 'in-progress', undefined]);
const taken: ReadonlySet<unknown> = new Set(['active', 'completed', 'stopped', 'on-hold', undefined]);
const dispensed: ReadonlySet<unknown> = new Set(['completed', 'in-progress', undefined]);
const ordered: ReadonlySet<unknown> = new Set(['active', 'on-hold', 'completed', 'stopped', undefined]);
const notAnOrder: ReadonlySet<unknown> = new Set(['proposal', 'option']);

/**
 * Days since the last sign of life of a drug: newest of administration, end of a statement, dispensing plus days'
 * supply, end of the ordered period, else the day it was ordered. An order that was stopped shows only that the drug
 * was taken at some time since: R4 has no stop date.
 */
export const lastExposure: Reducer<'last-exposure'> = ({ definition }, context) => {
  const { signs, missing } = signsOfLife(definition.from, definition.order, context);
  const [newest] = newestFirst(signs);
  if (newest === undefined) {
    return missing === undefined
      ? { state: 'absent', reason: 'not recorded' }
      : { state: 'unavailable', reason: missing };
  }
  // What could not be read may hold a newer sign.
  const low = missing === undefined ? Math.min(...signs.map(({ days }) => days.low)) : 0;
  return {
    state: 'found',
    value: between(low, newest.days.high),
    unit: 'd',
    orders: ordersOf(signs.filter(({ days }) => days.low <= newest.days.high)),
    provenance: newest.provenance,
  };
};

/** Whether a drug is being taken: an active order with a sign of life in its window. */
export const runningExposure: Reducer<'running-exposure'> = ({ definition }, context) => {
  const { signs, missing } = signsOfLife(definition.from, definition.order, context);
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

/** A day on which the drug was taken under an order says more than that the order has ended. */
function withoutCovered(signs: readonly SignOfLife[]): readonly SignOfLife[] {
  const covers = (dated: SignOfLife, ended: SignOfLife) =>
    !dated.sinceOrdered &&
    dated.order.name === ended.order.name &&
    dated.days.high <= ended.days.high &&
    Number.isFinite(ended.days.high);
  return signs.filter((sign) => !sign.sinceOrdered || !signs.some((other) => covers(other, sign)));
}

function ordersOf(signs: readonly SignOfLife[]): readonly OrderName[] {
  return [...new Map(signs.map(({ order }) => [order.name, order])).values()];
}

function signsOfLife(keys: readonly string[], group: string, context: ReducerContext) {
  const { record } = context;
  const orders = context.orders(group);
  const read = <T extends Resource>(type: T['resourceType']) => resourcesOf<T>(record, keys, type);
  const requests = read<MedicationRequest>('MedicationRequest');
  const signs: SignOfLife[] = [];
  const add = (resource: DrugResource, dates: readonly unknown[], { active = false, ended = false } = {}) => {
    const order = orders.find(({ concept }) => isDrug(resource, concept, record));
    if (order === undefined) return;
    const days = newestDays(dates, record.now) ?? between(0, Number.POSITIVE_INFINITY);
    const { label } = order.definition;
    signs.push({
      days: ended ? { ...days, low: 0 } : days,
      active,
      sinceOrdered: ended,
      order: { name: order.name, label },
      provenance: provenanceOf(
        resource,
        label,
        dates.find((date): date is string => typeof date === 'string'),
      ),
    });
  };
  for (const one of read<MedicationAdministration>('MedicationAdministration').resources) {
    if (given.has(one.status)) add(one, [one.effectiveDateTime, ...periodDates(one.effectivePeriod)]);
  }
  for (const one of read<MedicationStatement>('MedicationStatement').resources) {
    const active = one.status === 'active';
    const ended = !active && one.effectivePeriod?.end === undefined && one.effectiveDateTime === undefined;
    if (taken.has(one.status)) add(one, statementDates(one, record.now), { active, ended });
  }
  for (const one of read<MedicationDispense>('MedicationDispense').resources) {
    if (dispensed.has(one.status)) add(one, supplyDates(one));
  }
  for (const one of requests.resources) {
    if (!ordered.has(one.status) || notAnOrder.has(one.intent)) continue;
    const active = one.status === 'active' || one.status === undefined;
    const ends = boundsEnds(one).filter((end) => active || !isAhead(end, record.now));
    add(one, ends.length > 0 ? ends : [one.authoredOn], { active, ended: !active && ends.length === 0 });
  }
  return { signs: withoutCovered(signs), missing: requests.missing };
}

/** By code or name; not when the route is that of another use. */
function isDrug(resource: DrugResource, concept: ConceptMatcher, record: PatientRecord): boolean {
  const otherUse: ConceptMatcher = { names: concept.notNames, notNames: [] };
  if (drugRoutes(resource).some((route) => matchConcept(route, otherUse))) return false;
  return drugConcepts(resource, record).some((one) => matchConcept(one, concept));
}

/** Days since the newest of these dates; one that lies ahead counts as now. */
function newestDays(dates: readonly unknown[], now: Date): Estimate | undefined {
  const days = dates.flatMap((value) => {
    const date = parseFhirDate(value);
    if (date === undefined) return [];
    const { min, max } = daysAgo(date, now);
    return [between(Math.max(0, min), Math.max(0, max))];
  });
  return [...days].sort((a, b) => a.high - b.high)[0];
}

/** A statement that is still active speaks of now. */
function statementDates({ status, effectiveDateTime, effectivePeriod, dateAsserted }: MedicationStatement, now: Date) {
  if (status === 'active' && effectivePeriod?.end === undefined) return [dateAsserted ?? now.toISOString()];
  return [effectivePeriod?.end, effectiveDateTime, effectivePeriod?.start, dateAsserted]
    .filter((date) => date !== undefined)
    .slice(0, 1);
}

/** The last day for which what was handed out lasts. */
function supplyDates({ whenHandedOver, whenPrepared, daysSupply }: MedicationDispense): readonly unknown[] {
  const handed = whenHandedOver ?? whenPrepared;
  const date = parseFhirDate(handed);
  const days = daysSupply?.value;
  if (date === undefined || typeof days !== 'number' || !(days >= 0 && days < 1000)) return [handed];
  return [new Date(date.from + days * 86_400_000).toISOString().slice(0, 10)];
}

function isAhead(value: unknown, now: Date): boolean {
  const date = parseFhirDate(value);
  return date !== undefined && date.from > now.getTime();
}

function boundsEnds({ dosageInstruction }: MedicationRequest): readonly unknown[] {
  const ends = asArray(dosageInstruction).map((dosage) => dosage?.timing?.repeat?.boundsPeriod?.end);
  return ends.filter((end) => parseFhirDate(end) !== undefined);
}
