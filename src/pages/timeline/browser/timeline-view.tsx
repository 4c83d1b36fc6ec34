import type { Patient } from 'fhir/r4.js';
import { useMemo, useState } from 'preact/hooks';
import { rangeIn, withRange } from '../../timeline-address.ts';
import type { Course } from '../course.ts';
import { courseSince, type Range, rangesOf } from '../course-range.ts';
import { CourseChart } from './course-chart.tsx';
import { CourseTable } from './course-table.tsx';
import { type Picked, PointDetail } from './point-detail.tsx';
import { RangeChoice } from './range-choice.tsx';
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
  const [wanted, choose] = useRange();
  const offered = useMemo(() => rangesOf(course), [course]);
  const range = offered.includes(wanted) ? wanted : 'all';
  // Drawn only when there is something else to draw; see CourseChart.
  const { course: part, outside } = useMemo(() => courseSince(course, range), [course, range]);
  const [view, setView] = useState<'chart' | 'table'>('chart');
  const [picked, setPicked] = useState<Picked | undefined>(() => newest(course));
  const chooseRange = (chosen: Range) => {
    choose(chosen);
    setPicked(newest(course));
  };
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
        <div class="choices">
          {offered.length > 1 && <RangeChoice range={range} ranges={offered} onChoose={chooseRange} />}
          <fieldset class="views" aria-label="View">
            {(['chart', 'table'] as const).map((one) => (
              <button key={one} type="button" aria-pressed={view === one} onClick={() => setView(one)}>
                {one === 'chart' ? 'Chart' : 'Table'}
              </button>
            ))}
          </fieldset>
        </div>
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
      <p class="outside" role="status">
        {outside > 0 && `${outside} older ${outside === 1 ? 'entry is' : 'entries are'} not shown below.`}
      </p>
      <div class={`view ${view === 'chart' ? '' : 'put-away'}`}>
        <CourseChart course={part} drafts={drafts} onPick={setPicked} />
        {!isEmpty && <PointDetail picked={picked} />}
      </div>
      <div class={`view view-table ${view === 'table' ? '' : 'put-away'}`}>
        <CourseTable course={part} drafts={drafts} />
      </div>
      <p class="explanation">
        Scores are computed as the service computes them, from what was recorded by each day. Points further apart than{' '}
        {course.validDays} days are not joined; a score whose parts are not all known is a band. No substitute for
        judgement.
      </p>
    </div>
  );
}

/** Kept in the address, so that it is there after a reload and in a copied address. */
function useRange(): [Range, (range: Range) => void] {
  const [range, setRange] = useState(() => rangeIn(location.hash));
  const choose = (chosen: Range) => {
    history.replaceState(history.state, '', withRange(location.hash, chosen));
    setRange(chosen);
  };
  return [range, choose];
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
