import { formatDate, formatQuantity } from '../../cards/format.ts';
import { gatherFacts } from '../../facts/gather-facts.ts';
import type { PatientRecord } from '../../facts/patient-record.ts';
import { between, type Estimate } from '../../kernel/estimate.ts';
import { type Fact, unitOf } from '../../kernel/fact.ts';
import type { Measure, Measurement } from '../../measures/measure.ts';
import { factOf } from '../../rules/situation.ts';
import { recordAsOf } from './as-of.ts';
import { type CourseReading, drawnMeasures, drawnResults } from './course-knowledge.ts';

const dayMs = 86_400_000;

/** A score as it was on a day, and what it was made of. */
export interface ScorePoint {
  /** Noon of the day [ms]. */
  readonly time: number;
  readonly value: Estimate;
  /** 'B7', 'A5 to B7', '-2.31 (grade 2)' */
  readonly label: string;
  readonly parts: readonly ScorePart[];
  readonly notes: readonly string[];
}

export interface ScorePart {
  readonly title: string;
  /** '2.1 mg/dL', or why nothing is known of it. */
  readonly text: string;
  /** When it was recorded, where it was found. */
  readonly day?: string;
  readonly known: boolean;
}

/** A day by the clocks of those who recorded; see `clockTime`. */
export interface ScoreDay {
  readonly midnight: number;
  /** The instant by which all that was recorded on it had happened. */
  readonly end: number;
}

export interface ScoreSeries {
  readonly id: string;
  readonly title: string;
  /** The newest score is of results that no longer count: the service would compute another. */
  readonly isTooOld: boolean;
  /** Oldest first. */
  readonly points: readonly ScorePoint[];
}

/**
 * The scores on each of these days: what the service would have computed from what was recorded by then. On the newest
 * day it is what the service computes now, as long as its results count.
 *
 * @param days oldest first
 * @param today what is known now
 */
export function scoreSeries(
  days: readonly ScoreDay[],
  reading: CourseReading,
  record: PatientRecord,
  today: Facts,
): readonly ScoreSeries[] {
  const newest = days.at(-1);
  const isTooOld = newest !== undefined && noneCounts(today);
  const facts = days.map((day) => (day === newest && !isTooOld ? today : factsOn(day, reading, record)));
  return drawnMeasures.map((measure) => ({
    id: measure.id,
    title: measure.title,
    isTooOld,
    points: days.map(({ midnight }, index) => scorePoint(midnight, measure, facts[index] ?? new Map(), reading)),
  }));
}

/** Whether of all tests the newest results are too old to count. */
function noneCounts(today: Facts): boolean {
  const states = drawnResults.map((id) => factOf(today, id).state);
  return states.includes('stale') && !states.includes('found');
}

type Facts = ReadonlyMap<string, Fact>;

function factsOn(
  { midnight, end }: ScoreDay,
  { definitions, thresholds }: CourseReading,
  record: PatientRecord,
): Facts {
  const now = new Date(Math.min(end, record.now.getTime()));
  const facts = gatherFacts(definitions, recordAsOf(record, midnight + dayMs - 1, now), thresholds);
  return new Map([...facts].map(([id, fact]) => [id, asGradedThen(id, fact, definitions)]));
}

/** How a problem is graded now says nothing of how it was then: it was there, in any of its grades. */
function asGradedThen(id: string, fact: Fact, { facts }: CourseReading['definitions']): Fact {
  const definition = facts.get(id)?.definition;
  if (definition?.reducer !== 'graded-problem' || fact.state !== 'found' || fact.value.high === 0) return fact;
  const worst = Math.max(...Object.keys(definition.gradeNames).map(Number));
  return { ...fact, value: between(Math.min(1, fact.value.low), worst) };
}

function scorePoint(day: number, measure: Measure, facts: Facts, reading: CourseReading): ScorePoint {
  const { value, label, inputs, notes }: Measurement = measure.compute((id) => factOf(facts, id));
  return {
    time: day + dayMs / 2,
    value,
    label,
    notes,
    parts: inputs.map((id) => scorePart(id, factOf(facts, id), reading)),
  };
}

function scorePart(id: string, fact: Fact, { definitions }: CourseReading): ScorePart {
  const definition = definitions.facts.get(id)?.definition;
  const title = definition?.title ?? id;
  if (fact.state !== 'found') return { title, text: 'reason' in fact ? fact.reason : 'not known', known: false };
  const day = formatDate(fact.provenance.recorded);
  const names = definition?.gradeNames;
  const text = names ? gradeText(fact.value, names) : formatQuantity(fact.value, unitOf(fact) ?? '1');
  const shown = fact.provenance.restricted ? 'restricted, value not shown' : text;
  return { title, text: shown, known: true, ...(day !== undefined && { day }) };
}

function gradeText({ low, high }: Estimate, names: Readonly<Record<string, string>>): string {
  const [from, to] = [names[String(low)] ?? String(low), names[String(high)] ?? String(high)];
  return from === to ? from : `${from} to ${to}`;
}
