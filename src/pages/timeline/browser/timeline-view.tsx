import type { Patient } from 'fhir/r4.js';
import { useState } from 'preact/hooks';
import type { Course } from '../course.ts';
import { CourseChart } from './course-chart.tsx';
import { CourseTable } from './course-table.tsx';
import { type Picked, PointDetail } from './point-detail.tsx';
import { Standing } from './standing.tsx';

export interface TimelineViewProps {
  readonly course: Course;
  readonly patient?: Patient;
  readonly drafts: readonly string[];
  /** Of the workbench. */
  readonly story?: string;
}

/** The course: who it is, how things stand, the chart and the table. */
export function TimelineView({ course, patient, drafts, story }: TimelineViewProps) {
  const [view, setView] = useState<'chart' | 'table'>('chart');
  const [picked, setPicked] = useState<Picked | undefined>(() => newest(course));
  const isEmpty = [...course.scores, ...course.results].every(({ points }) => points.length === 0);
  return (
    <div class="timeline">
      <div class="timeline-head">
        <div>
          <h1>Liver timeline</h1>
          <p class="patient">{patient ? patientTexts(patient) : 'The patient’s own data could not be read.'}</p>
          {story !== undefined && (
            <p class="back">
              <a href={`/#story=${encodeURIComponent(story)}`}>Try the service on this patient in the workbench</a>
            </p>
          )}
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
      {course.tooOld !== undefined && (
        <p class="notice too-old">
          <strong>Too old for ordering.</strong> {course.tooOld}.
        </p>
      )}
      {course.unread.length + course.cutOff.length > 0 && (
        <p class="notice" role="status">
          {course.unread.length > 0 && `Could not be read: ${course.unread.join(', ')}. `}
          {course.cutOff.length > 0 && `Not read to the end: ${course.cutOff.join(', ')}. `}
          What is missing here may be in the record.
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
