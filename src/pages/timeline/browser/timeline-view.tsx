import type { Patient } from 'fhir/r4.js';
import { useState } from 'preact/hooks';
import type { Course } from '../course.ts';
import { CourseChart } from './course-chart.tsx';
import { CourseTable } from './course-table.tsx';
import { dayText } from './days.ts';
import { type Picked, PointDetail } from './point-detail.tsx';

export interface TimelineViewProps {
  readonly course: Course;
  readonly patient?: Patient;
  readonly drafts: readonly string[];
}

/** The course: who it is, how things stand, the chart and the table. */
export function TimelineView({ course, patient, drafts }: TimelineViewProps) {
  const [view, setView] = useState<'chart' | 'table'>('chart');
  const [picked, setPicked] = useState<Picked | undefined>(() => newest(course));
  const isEmpty = [...course.scores, ...course.results].every(({ points }) => points.length === 0);
  return (
    <div class="timeline">
      <div class="timeline-head">
        <div>
          <h1>Liver timeline</h1>
          <p class="patient">{patient ? patientTexts(patient) : 'The patient’s own data could not be read.'}</p>
        </div>
        <fieldset class="views" aria-label="View">
          {(['chart', 'table'] as const).map((one) => (
            <button key={one} type="button" aria-pressed={view === one} onClick={() => setView(one)}>
              {one === 'chart' ? 'Chart' : 'Table'}
            </button>
          ))}
        </fieldset>
      </div>
      <Standing course={course} drafts={drafts} />
      {course.unread.length > 0 && (
        <p class="notice" role="status">
          Could not be read to the end: {course.unread.join(', ')}. What is missing here may be in the record.
        </p>
      )}
      {isEmpty && <Empty course={course} />}
      <div class={`view ${view === 'chart' ? '' : 'put-away'}`}>
        <CourseChart course={course} drafts={drafts} onPick={setPicked} />
        {!isEmpty && <PointDetail picked={picked} />}
      </div>
      <div class={`view view-table ${view === 'table' ? '' : 'put-away'}`}>
        <CourseTable course={course} drafts={drafts} />
      </div>
      <p class="explanation">
        Scores are computed as the service computes them, from what was recorded by each day. Points further apart than{' '}
        {course.validDays} days are not joined; a score whose parts are not all known is a band. No substitute for
        judgement.
      </p>
    </div>
  );
}

function Empty({ course }: { readonly course: Course }) {
  const treated = course.sessions.length + course.therapies.length > 0;
  return (
    <p class="notice">
      No bilirubin, albumin or INR is recorded, so there is no score to draw.
      {treated && ' What was done is shown below.'}
    </p>
  );
}

/** How things stand, in one line. */
function Standing({ course, drafts }: { readonly course: Course; readonly drafts: readonly string[] }) {
  const { scores, sessions, therapies, responses, now } = course;
  const last = sessions.at(-1);
  const running = therapies.filter((one) => one.running).map(({ label }) => label);
  const items = [
    ...scores.flatMap(({ title, points }) => {
      const point = points.at(-1);
      return point ? [[title, point.label, dayText(point.time)]] : [];
    }),
    ...(last ? [['TACE', `${sessions.length}`, `last ${daysText(now - last.time)}`]] : []),
    ...(responses.length > 0
      ? [['Response', responses.at(-1)?.label ?? '', dayText(responses.at(-1)?.time ?? 0)]]
      : []),
    ...(running.length > 0 ? [['Running', running.join(', '), '']] : []),
    ...(drafts.length > 0 ? [['Drafted today', drafts.join(', '), '']] : []),
  ];
  return (
    <dl class="standing">
      {items.map(([name, value, note]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {value} {note && <span>{note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function daysText(ms: number): string {
  const days = Math.floor(ms / 86_400_000);
  return days === 1 ? 'yesterday' : days < 1 ? 'today' : `${days} days ago`;
}

function newest({ scores }: Course): Picked | undefined {
  const [first] = scores;
  const point = first?.points.at(-1);
  return first && point ? { title: first.title, point } : undefined;
}

function patientTexts({ name = [], birthDate, gender }: Patient) {
  const official = name.find(({ use }) => use === 'official') ?? name[0];
  const called = official?.text ?? [...(official?.given ?? []), official?.family].filter(Boolean).join(' ');
  const texts = [called || 'No name recorded', gender, birthDate && `born ${birthDate}`].filter(Boolean);
  return texts.map((text, index) => (
    <span key={text}>
      {text}
      {index < texts.length - 1 ? ', ' : ''}
    </span>
  ));
}
