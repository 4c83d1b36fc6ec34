import type {
  MedicationAdministration,
  MedicationDispense,
  MedicationRequest,
  MedicationStatement,
  Resource,
} from 'fhir/r4.js';
import type { OrderMatcher } from '../../definitions/definitions.ts';
import { asArray } from '../../fhir/codeable-concept.ts';
import { parseFhirDate } from '../../fhir/fhir-date.ts';
import { between, type Estimate } from '../../kernel/estimate.ts';
import type { OrderName, Provenance } from '../../kernel/fact.ts';
import { type ConceptMatcher, matchConcept } from '../../terminology/match-concept.ts';
import { type DrugResource, drugConcepts, drugRoutes, isOrdered, isUnreadableDrug } from '../medications.ts';
import { type PatientRecord, type ReducerContext, resourcesOf } from '../patient-record.ts';
import { provenanceOf } from '../provenance.ts';
import { daysAgo, isFuture, periodDates } from './dated.ts';

/** A thing that shows a drug being taken, in days ago, and whether its order is still active. */
export interface SignOfLife {
  readonly days: Estimate;
  readonly active: boolean;
  /** An order that has ended without a day: the drug was taken at some time since it was written. */
  readonly sinceOrdered: boolean;
  /** Days since somebody decided on it: it was ordered, handed out or given. */
  readonly decided?: Estimate;
  readonly order: OrderName;
  readonly provenance: Provenance;
}

/** The signs of life of some drugs, and why there may be more of them. */
export interface SignsOfLife {
  readonly signs: readonly SignOfLife[];
  readonly missing?: string;
  /** What could only add a newer sign could not be read. */
  readonly missingAlso: boolean;
}

const given: ReadonlySet<unknown> = new Set(['completed', 'in-progress', undefined]);
const taken: ReadonlySet<unknown> = new Set(['active', 'completed', 'stopped', 'on-hold', undefined]);
const dispensed: ReadonlySet<unknown> = new Set(['completed', 'in-progress', undefined]);
const ordered: ReadonlySet<unknown> = new Set(['active', 'on-hold', 'completed', 'stopped', undefined]);

/** Collected once for all the facts that a record gives. */
const collected = new WeakMap<PatientRecord, Map<string, SignsOfLife>>();

/** What shows that a drug of the group is or was taken. */
export function signsOfLife(keys: readonly string[], group: string, context: ReducerContext): SignsOfLife {
  const { record } = context;
  const ofRecord = collected.get(record) ?? new Map<string, SignsOfLife>();
  collected.set(record, ofRecord);
  const all = ofRecord.get(keys.join()) ?? collect(keys, context);
  ofRecord.set(keys.join(), all);
  const names = new Set(context.orders(group).map(({ name }) => name));
  return { ...all, signs: all.signs.filter(({ order }) => names.has(order.name)) };
}

interface Circumstances {
  readonly active?: boolean;
  readonly ended?: boolean;
  readonly decidedOn?: unknown;
  /** For how many days what was handed out lasts. */
  readonly lasts?: number;
}

function collect(keys: readonly string[], { record, drugs }: ReducerContext): SignsOfLife {
  const read = <T extends Resource>(type: T['resourceType']) => resourcesOf<T>(record, keys, type);
  const signs: SignOfLife[] = [];
  const add = (
    resource: DrugResource,
    dates: readonly unknown[],
    { active = false, ended = false, decidedOn, lasts = 0 }: Circumstances = {},
  ) => {
    const days = newestDays(dates, record.now, lasts) ?? between(0, Number.POSITIVE_INFINITY);
    const recorded = lastDay(
      dates.find((date): date is string => typeof date === 'string'),
      lasts,
    );
    const decided = newestDays([decidedOn], record.now);
    for (const { name, definition } of drugsOf(resource, drugs, record)) {
      signs.push({
        days: ended ? { ...days, low: 0 } : days,
        active,
        sinceOrdered: ended,
        ...(decided && { decided }),
        order: { name, label: definition.label },
        provenance: provenanceOf(resource, definition.label, recorded),
      });
    }
  };
  for (const one of read<MedicationAdministration>('MedicationAdministration').resources) {
    const dates = [one.effectiveDateTime, ...periodDates(one.effectivePeriod)];
    const [day, ...others] = dates.filter((date) => date !== undefined && !liesAhead(date, record.now));
    if (given.has(one.status)) add(one, [day, ...others], { decidedOn: day });
  }
  for (const one of read<MedicationStatement>('MedicationStatement').resources) {
    const active = one.status === 'active';
    const ended = !active && one.effectivePeriod?.end === undefined && one.effectiveDateTime === undefined;
    if (taken.has(one.status)) add(one, statementDates(one, record.now), { active, ended });
  }
  for (const one of read<MedicationDispense>('MedicationDispense').resources) {
    if (dispensed.has(one.status)) add(one, [one.whenHandedOver ?? one.whenPrepared], dispensedFor(one));
  }
  const requests = read<MedicationRequest>('MedicationRequest');
  const orders = requests.resources.filter(
    ({ status, intent, doNotPerform }) => ordered.has(status) && isOrdered(intent) && doNotPerform !== true,
  );
  for (const one of orders) {
    const active = one.status === 'active' || one.status === undefined;
    const ends = boundsEnds(one).filter((end) => active || !isAhead(end, record.now));
    add(one, ends.length > 0 ? ends : [one.authoredOn], {
      active,
      ended: !active && ends.length === 0,
      decidedOn: one.authoredOn,
    });
  }
  const administered = read<MedicationAdministration>('MedicationAdministration').resources;
  const unreadable = [...orders, ...administered].some((one) => isUnreadableDrug(one, record));
  const missing = requests.missing ?? (unreadable ? 'a medication that is ordered could not be read' : undefined);
  const missingAlso = keys.slice(1).some((key) => record.reads.get(key)?.state !== 'found');
  return { signs, missingAlso, ...(missing === undefined ? {} : { missing }) };
}

/** The drugs that a resource is about, by code or name; none when the route is that of another use. */
function drugsOf(
  resource: DrugResource,
  drugs: readonly OrderMatcher[],
  record: PatientRecord,
): readonly OrderMatcher[] {
  const concepts = drugConcepts(resource, record);
  const routes = drugRoutes(resource);
  return drugs.filter(({ concept }) => {
    if (!concepts.some((one) => matchConcept(one, concept))) return false;
    const otherUse: ConceptMatcher = { names: concept.notNames, notNames: [] };
    return !routes.some((route) => matchConcept(route, otherUse));
  });
}

/** That an order has ended counts only where no day is known on which the drug was taken. */
export function withoutCovered(signs: readonly SignOfLife[]): readonly SignOfLife[] {
  const dated = new Set(signs.filter(({ sinceOrdered }) => !sinceOrdered).map(({ order }) => order.name));
  return signs.filter(({ sinceOrdered, order }) => !sinceOrdered || !dated.has(order.name));
}

/** Days since the newest of these dates, or since so many days after it; what lies ahead counts as now. */
function newestDays(dates: readonly unknown[], now: Date, lasts = 0): Estimate | undefined {
  const days = dates.flatMap((value) => {
    const date = parseFhirDate(value);
    return date === undefined ? [] : [daysAgo(date, now)];
  });
  if (days.length === 0) return undefined;
  const since = (ago: readonly number[]) => Math.max(0, Math.min(...ago) - lasts);
  return between(since(days.map(({ min }) => min)), since(days.map(({ max }) => max)));
}

/** A statement that is still active speaks of now. */
function statementDates({ status, effectiveDateTime, effectivePeriod, dateAsserted }: MedicationStatement, now: Date) {
  if (status === 'active' && effectivePeriod?.end === undefined) return [dateAsserted ?? now.toISOString()];
  return [effectivePeriod?.end, effectiveDateTime, effectivePeriod?.start, dateAsserted]
    .filter((date) => date !== undefined)
    .slice(0, 1);
}

/** What was handed out shows the drug being taken for as long as it lasts. */
function dispensedFor({ whenHandedOver, whenPrepared, daysSupply }: MedicationDispense): Circumstances {
  const days = daysSupply?.value;
  const lasts = typeof days === 'number' && days >= 0 && days < 1000 ? days : 0;
  return { decidedOn: whenHandedOver ?? whenPrepared, lasts };
}

/** The day that is told: the last of so many, where the first is known to the day. */
function lastDay(recorded: string | undefined, lasts: number): string | undefined {
  const date = parseFhirDate(recorded);
  const isDay = date?.precision === 'day' || date?.precision === 'instant';
  return isDay && lasts > 0 ? new Date(date.from + lasts * 86_400_000).toISOString().slice(0, 10) : recorded;
}

function isAhead(value: unknown, now: Date): boolean {
  const date = parseFhirDate(value);
  return date !== undefined && date.from > now.getTime();
}

function boundsEnds({ dosageInstruction }: MedicationRequest): readonly unknown[] {
  const ends = asArray(dosageInstruction).map((dosage) => dosage?.timing?.repeat?.boundsPeriod?.end);
  return ends.filter((end) => parseFhirDate(end) !== undefined);
}

/** More than a day ahead: it cannot have been given. */
function liesAhead(value: unknown, now: Date): boolean {
  const date = parseFhirDate(value);
  return date !== undefined && isFuture(date, now);
}
