import { reducerContext } from '../../facts/gather-facts.ts';
import type { PatientRecord } from '../../facts/patient-record.ts';
import { quantityFact } from '../../facts/reducers/latest-quantity.ts';
import { observationsOf } from '../../facts/reducers/observations.ts';
import type { Source } from '../../facts/reducers/reducer.ts';
import { type Estimate, rising } from '../../kernel/estimate.ts';
import type { Fact } from '../../kernel/fact.ts';
import { umolPerLPerMgPerDl } from '../../measures/bilirubin.ts';
import { laboratoryLimits, limitNotes } from '../../measures/child-pugh/laboratory-points.ts';
import { type PointLimits, pointsBy } from '../../measures/child-pugh/points.ts';
import { factOf } from '../../rules/situation.ts';
import { clockTime } from './clock-time.ts';
import type { CourseReading } from './course-knowledge.ts';

const dayMs = 86_400_000;

/** A laboratory result over time. */
export interface ResultSeries {
  readonly id: string;
  readonly title: string;
  /** UCUM: that of the newest usable result, in which all are given. */
  readonly unit: string;
  /** Where its points of Child-Pugh change, in this unit; none where a result counts otherwise in its own. */
  readonly limits?: PointLimits;
  /** Why it may count otherwise today. */
  readonly notes: readonly string[];
  /** Oldest first. */
  readonly points: readonly ResultPoint[];
}

export interface ResultPoint {
  /** By the clock where it was taken; see `clockTime`. */
  readonly time: number;
  readonly instant: number;
  /** '18:30', by the same clock, where several were taken that day and it is known. */
  readonly clock?: string;
  /** None where the result cannot be used; the reason says why. */
  readonly value?: Estimate;
  readonly asRecorded: string;
  readonly reason?: string;
}

/** How many of the first unit one of these is. */
const factors: Readonly<Record<string, number>> = {
  'umol/L': 1,
  'mg/dL': umolPerLPerMgPerDl,
  'g/L': 1,
  'g/dL': 10,
};

/**
 * Every dated result of a test, as the service reads it; those marked restricted are left out.
 *
 * @param today what is known now
 */
export function resultSeries(
  id: 'bilirubin' | 'albumin' | 'inr',
  { definitions, thresholds }: CourseReading,
  record: PatientRecord,
  today: ReadonlyMap<string, Fact>,
): ResultSeries {
  const source = definitions.facts.get(id) as Source<'latest-quantity'>;
  const context = reducerContext(definitions, record, thresholds, new Map());
  const { observed } = observationsOf(record, source.definition.from, source.concept);
  const facts = observed.flatMap((one) => {
    const fact = quantityFact(one, source.definition, context, () => false);
    const restricted = 'provenance' in fact && fact.provenance.restricted === true;
    return one.date === undefined || restricted ? [] : [{ fact, ...timesOf(one.recorded, one.date.from) }];
  });
  const usable = facts.flatMap(({ fact }) => (fact.state === 'found' ? [fact.unit] : []));
  const unit = usable[0] ?? source.definition.units[0] ?? '1';
  const points = facts.map(({ fact, ...times }): ResultPoint => {
    const asRecorded = 'provenance' in fact ? fact.provenance.asRecorded : '';
    if (fact.state !== 'found') return { ...times, asRecorded, reason: fact.reason };
    return { ...times, asRecorded, value: inUnit(unit, fact) };
  });
  const known = (one: string) => factOf(today, one);
  const limits = laboratoryLimits(id, unit, known);
  const countsOtherwise = facts.some(({ fact }) => {
    const own = fact.state === 'found' ? laboratoryLimits(id, fact.unit, known) : undefined;
    if (fact.state !== 'found' || limits === undefined || own === undefined) return false;
    const [counted, drawn] = [pointsBy(fact.value, own), pointsBy(inUnit(unit, fact), limits)];
    return counted.low !== drawn.low || counted.high !== drawn.high;
  });
  return {
    ...{ id, title: source.definition.title, unit, points: withClock(points.reverse()) },
    ...(limits && !countsOtherwise && { limits }),
    notes: countsOtherwise ? [tablesDiffer] : limitNotes(id, known),
  };
}

/** The table of the points has a column for each unit, and the columns are not conversions of each other. */
const tablesDiffer = 'Recorded in two units, whose limits of Child-Pugh differ: no points are drawn';

function inUnit(unit: string, fact: Fact & { readonly state: 'found' }): Estimate {
  if (fact.unit === unit) return fact.value;
  const factor = (factors[fact.unit] ?? 1) / (factors[unit] ?? 1);
  return rising(fact.value, (one) => one * factor);
}

type Times = Pick<ResultPoint, 'time' | 'instant' | 'clock'>;

function timesOf(recorded: string | undefined, instant: number): Times {
  const clock = /T(\d{2}:\d{2})/.exec(recorded ?? '')?.[1];
  return { time: clockTime(recorded) ?? instant, instant, ...(clock && { clock }) };
}

/** The time of the day is only told where it tells results apart. */
function withClock(points: readonly ResultPoint[]): readonly ResultPoint[] {
  const dayOf = ({ time }: ResultPoint) => Math.floor(time / dayMs);
  return points.map(({ clock, ...point }) => {
    const isAlone = points.filter((other) => dayOf(other) === dayOf(point)).length === 1;
    return isAlone || clock === undefined ? point : { ...point, clock };
  });
}
