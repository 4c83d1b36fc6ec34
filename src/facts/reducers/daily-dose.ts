import type { Dosage, MedicationRequest, MedicationStatement, Period, Quantity } from 'fhir/r4.js';
import { asArray, codingsOf } from '../../fhir/codeable-concept.ts';
import { parseFhirDate } from '../../fhir/fhir-date.ts';
import { between, type Estimate, exactly, hull, sum } from '../../kernel/estimate.ts';
import { type ConceptMatcher, matchConcept } from '../../terminology/match-concept.ts';
import { compileName } from '../../terminology/name-pattern.ts';
import { convert } from '../../units/convert.ts';
import { normaliseUnit } from '../../units/normalise-unit.ts';
import { type DrugResource, drugConcepts, drugRoutes, isOrdered, isUnreadableDrug } from '../medications.ts';
import { type PatientRecord, type ReducerContext, resourcesOf } from '../patient-record.ts';
import { provenanceOf } from '../provenance.ts';
import { notFound, type Reducer, type Source } from './reducer.ts';

type DailyDose = Source<'daily-dose'>;
type Ordered = DrugResource & {
  readonly dosage?: unknown;
  readonly dosageInstruction?: unknown;
  readonly authoredOn?: string | undefined;
};

const anyDose = between(0, Number.POSITIVE_INFINITY);

/**
 * How much of a drug is taken in a day [mg/d], from the structured dosage of active orders. What is not structured, or
 * is of a related drug without a known equivalent, leaves it open. Several orders may be renewals of one or add up: at
 * least the largest, at most their sum.
 */
export const dailyDose: Reducer<'daily-dose'> = (source, context) => {
  const { definition, concept } = source;
  const { record } = context;
  const requests = resourcesOf<MedicationRequest>(record, definition.from, 'MedicationRequest');
  const statements = resourcesOf<MedicationStatement>(record, definition.from, 'MedicationStatement');
  const active: readonly Ordered[] = [
    ...requests.resources.filter(
      ({ status, intent, doNotPerform }) => isActive(status) && isOrdered(intent) && doNotPerform !== true,
    ),
    ...statements.resources.filter(({ status }) => isActive(status)),
  ];
  const related = relatedDrugs(source, context);
  const found = active.flatMap((order) => {
    if (isMeant(order, concept, record)) return [{ order, dose: doseOf(order, record.now) }];
    return isMeant(order, related, record) ? [{ order, dose: anyDose }] : [];
  });
  const [first] = [...found].sort((a, b) => b.dose.low - a.dose.low);
  const unreadable = active.some((order) => isUnreadableDrug(order, record));
  const missing = requests.missing ?? (unreadable ? 'a medication that is ordered could not be read' : undefined);
  if (first === undefined) return notFound(missing, 'not on the medication list');
  const value = between(
    Math.max(...found.map(({ dose }) => dose.low)),
    missing === undefined ? sum(found.map(({ dose }) => dose)).high : Number.POSITIVE_INFINITY,
  );
  const provenance = provenanceOf(first.order, 'active order', first.order.authoredOn);
  return { state: 'found', value, unit: definition.units[0] ?? 'mg/d', provenance };
};

function isActive(status: unknown): boolean {
  return status === 'active' || status === undefined;
}

/** By code or name, and not by a route of another use. */
function isMeant(order: DrugResource, concept: ConceptMatcher, record: PatientRecord): boolean {
  if (!drugConcepts(order, record).some((one) => matchConcept(one, concept))) return false;
  const otherUse: ConceptMatcher = { names: concept.notNames, notNames: [] };
  return !drugRoutes(order).some((route) => matchConcept(route, otherUse));
}

function relatedDrugs({ definition, concept }: DailyDose, { valueSets }: ReducerContext): ConceptMatcher {
  const valueSet = definition.related.valueSet === undefined ? undefined : valueSets.get(definition.related.valueSet);
  const names = definition.related.names.map(compileName);
  return { names, notNames: concept.notNames, ...(valueSet && { valueSet }) };
}

/** Instructions that follow each other are a taper: any of them may hold. Others add up. */
function doseOf(order: Ordered, now: Date): Estimate {
  const dosages = asArray((order.dosageInstruction ?? order.dosage) as Dosage | Dosage[] | undefined);
  if (dosages.length === 0) return anyDose;
  const doses = dosages.map((dosage) => dosageDose(dosage ?? {}, order.authoredOn, now));
  const sequences = new Set(dosages.map((dosage) => dosage?.sequence));
  return sequences.size > 1 ? hull(doses) : sum(doses);
}

function dosageDose(
  { doseAndRate, timing, asNeededBoolean, asNeededCodeableConcept }: Dosage,
  ordered: string | undefined,
  now: Date,
): Estimate {
  const { boundsPeriod, count, dayOfWeek } = timing?.repeat ?? {};
  if (isOutside(boundsPeriod, now)) return exactly(0);
  // A limited number, or some days of the week: how much of it falls on today is not worked out.
  if (count !== undefined || asArray(dayOfWeek).length > 0) return anyDose;
  const [dose] = asArray(doseAndRate).map((one) => one && milligrams(one));
  const perDay = timesPerDay(timing);
  if (dose === undefined || perDay === undefined) return anyDose;
  const daily = between(dose.low * perDay.low, dose.high * perDay.high);
  const perhapsNone =
    asNeededBoolean === true || asNeededCodeableConcept !== undefined || mayBeOver(timing, ordered, now);
  return perhapsNone ? { ...daily, low: 0 } : daily;
}

type DoseAndRate = NonNullable<Dosage['doseAndRate']>[number];

function milligrams({ doseQuantity, doseRange }: DoseAndRate): Estimate | undefined {
  if (doseRange !== undefined) {
    const [low, high] = [inMilligrams(doseRange.low) ?? 0, inMilligrams(doseRange.high)];
    return high === undefined ? undefined : between(low, high);
  }
  const value = inMilligrams(doseQuantity);
  return value === undefined ? undefined : exactly(value);
}

function inMilligrams(quantity: Quantity | undefined): number | undefined {
  const { value, code, unit } = quantity ?? {};
  const written = [code, unit].map((one) => normaliseUnit(one, 'mg')).find((one) => one !== undefined);
  const converted = typeof value === 'number' && written !== undefined ? convert(value, written, 'mg') : undefined;
  return converted !== undefined && converted >= 0 ? converted : undefined;
}

const abbreviations: Readonly<Record<string, number>> = { QD: 1, QOD: 0.5, BID: 2, TID: 3, QID: 4, AM: 1, PM: 1 };
const hoursIn: Readonly<Record<string, number>> = { h: 1, d: 24, wk: 168 };

function timesPerDay(timing: Dosage['timing']): Estimate | undefined {
  const { frequency, frequencyMax, period, periodMax, periodUnit } = timing?.repeat ?? {};
  const hours = hoursIn[periodUnit ?? ''];
  if (hours !== undefined && typeof period === 'number' && period > 0) {
    const [least, most] = [frequency ?? 1, frequencyMax ?? frequency ?? 1];
    const [shortest, longest] = [period * hours, (periodMax ?? period) * hours];
    return between((least * 24) / longest, (most * 24) / shortest);
  }
  const [times] = codingsOf(timing?.code).flatMap(({ code }) => abbreviations[code ?? ''] ?? []);
  return times === undefined ? undefined : exactly(times);
}

/** A course of so many days that is over unless it began later than it was ordered. */
function mayBeOver(timing: Dosage['timing'], ordered: string | undefined, now: Date): boolean {
  const { boundsDuration, boundsRange } = timing?.repeat ?? {};
  const course = boundsDuration ?? boundsRange?.high;
  if (course === undefined) return false;
  const hours = hoursIn[course.code ?? course.unit ?? ''];
  const began = parseFhirDate(ordered);
  if (course.value === undefined || hours === undefined || began === undefined) return true;
  return began.from + course.value * hours * 3_600_000 < now.getTime();
}

/** A part of a plan that is over, or has not begun. */
function isOutside(period: Period | undefined, now: Date): boolean {
  const [start, end] = [parseFhirDate(period?.start), parseFhirDate(period?.end)];
  return (start !== undefined && start.from > now.getTime()) || (end !== undefined && end.to < now.getTime());
}
