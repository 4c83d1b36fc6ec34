import { type FactDefinitions, reducerContext } from '../../facts/gather-facts.ts';
import type { PatientRecord, ReducerContext } from '../../facts/patient-record.ts';
import { assessmentsOf } from '../../facts/reducers/assessments.ts';
import type { Source } from '../../facts/reducers/reducer.ts';
import { sessionsNamed } from '../../facts/reducers/sessions.ts';
import { type SignOfLife, signsOfLife } from '../../facts/reducers/signs-of-life.ts';
import { rangeLabel } from '../../measures/measure.ts';
import { clockTime } from './clock-time.ts';
import { type CourseReading, runningWindow, treatmentFacts } from './course-knowledge.ts';

const dayMs = 86_400_000;

/** A session of TACE. */
export interface TreatmentSession {
  readonly time: number;
  readonly label: string;
  /** 1 is the first. */
  readonly number: number;
  /** False where its code may mean another procedure. */
  readonly certain: boolean;
}

/** A time in which a drug was taken, by its signs of life. */
export interface TherapyInterval {
  readonly label: string;
  readonly start: number;
  readonly end: number;
  /** It is on active order, and its last sign of life is recent. */
  readonly running: boolean;
  /** Its order has ended, and nobody recorded when. */
  readonly openEnd: boolean;
}

export interface TreatmentResponse {
  readonly time: number;
  /** 'PR', 'SD to PD'; what was recorded where it is none of them. */
  readonly label: string;
  readonly asRecorded: string;
}

export interface Treatments {
  readonly sessions: readonly TreatmentSession[];
  readonly therapies: readonly TherapyInterval[];
  readonly responses: readonly TreatmentResponse[];
}

/** What was done to the disease, oldest first. */
export function treatmentsOf({ definitions, thresholds }: CourseReading, record: PatientRecord): Treatments {
  const context = reducerContext(definitions, record, thresholds, new Map());
  return {
    sessions: sessionsIn(context),
    therapies: therapiesIn(definitions, context),
    responses: responsesIn(context),
  };
}

/** Procedures within three days are one session, as the service counts them. */
function sessionsIn(context: ReducerContext): readonly TreatmentSession[] {
  const past = [...sessionsNamed(treatmentFacts.sessions, context).past].reverse();
  const dated = past.flatMap(({ date, recorded, certain, order }) =>
    date === undefined ? [] : [{ time: clockTime(recorded) ?? date.from, label: order.label, certain }],
  );
  const first = dated.filter(({ time }, index) => {
    const before = dated[index - 1];
    return before === undefined || time - before.time > 3 * dayMs;
  });
  return first.map((session, index) => ({ ...session, number: index + 1 }));
}

function therapiesIn({ orders }: FactDefinitions, context: ReducerContext): readonly TherapyInterval[] {
  const { definition } = context.source(treatmentFacts.exposure) as Source<'last-exposure'>;
  const { signs } = signsOfLife(definition.from, definition.order, context);
  const window = context.thresholds.get(runningWindow)?.values.values().next().value ?? 0;
  return [...orders.keys()]
    .flatMap((name) =>
      intervalsOf(
        signs.filter(({ order }) => order.name === name),
        window,
        context.record.now,
      ),
    )
    .sort((a, b) => a.start - b.start);
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Signs that are no further apart than a drug counts as running after one are one interval. */
function intervalsOf(signs: readonly SignOfLife[], window: number, now: Date): readonly TherapyInterval[] {
  const [first] = signs;
  if (first === undefined) return [];
  const at = (days: number) => now.getTime() - days * dayMs;
  const spans = signs
    .filter(({ sinceOrdered, days }) => !sinceOrdered && Number.isFinite(days.high))
    .map(({ days, decided }): Span => ({ start: at(Math.max(days.high, decided?.high ?? 0)), end: at(days.low) }));
  const undated = signs.filter(({ sinceOrdered, days }) => sinceOrdered && Number.isFinite(days.high));
  const openEnds =
    spans.length > 0 ? [] : undated.map(({ days }): Span => ({ start: at(days.high), end: now.getTime() }));
  const isActive = signs.some(({ active }) => active);
  const joined = join([...spans, ...openEnds], window * dayMs);
  return joined.map((span, index) => {
    const running = isActive && index === joined.length - 1 && now.getTime() - span.end <= window * dayMs;
    return {
      ...{ label: first.order.label, start: span.start, running, openEnd: openEnds.length > 0 },
      end: running ? now.getTime() : span.end,
    };
  });
}

function join(spans: readonly Span[], gap: number): readonly Span[] {
  const joined: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last && span.start - last.end <= gap)
      joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    else joined.push(span);
  }
  return joined;
}

const responses = ['', 'CR', 'PR', 'SD', 'PD'];

function responsesIn(context: ReducerContext): readonly TreatmentResponse[] {
  const { all } = assessmentsOf(treatmentFacts.response, context);
  return [...all].reverse().flatMap(({ assessment: { response }, provenance: { recorded, asRecorded } }) => {
    const time = clockTime(recorded);
    if (time === undefined) return [];
    const label = response ? rangeLabel(response, (grade) => responses[grade] ?? String(grade)) : asRecorded;
    return [{ time, label, asRecorded }];
  });
}
