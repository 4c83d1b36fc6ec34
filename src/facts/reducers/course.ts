import type { Fact, Provenance } from '../../kernel/fact.ts';
import {
  type Course,
  sessionCount as countSessions,
  coursesOf,
  latestResponse,
  nonResponsesInARow,
} from '../../measures/treatment-course/treatment-course.ts';
import { type ReducerContext, thresholdOf } from '../patient-record.ts';
import { provenanceOf } from '../provenance.ts';
import { assessmentsOf } from './assessments.ts';
import { notFound, type Reducer } from './reducer.ts';
import { type DoneSession, sessionsNamed, sessionsOf } from './sessions.ts';

/** Treatments within three days are one session. */
const sessionDays = 3;

/** How often a procedure was done. */
export const sessionCount: Reducer<'session-count'> = ({ definition }, context) => {
  const { past, missing } = sessionsOf(definition, context);
  const [newest] = past;
  if (newest === undefined) return notFound(missing);
  const count = countSessions(past, sessionDays);
  const value = missing === undefined ? count : { ...count, high: Number.POSITIVE_INFINITY };
  const steps = [past.length === 1 ? 'one record of it' : `${past.length} records of it`];
  return { state: 'found', value, unit: '1', provenance: { ...provenance(newest), steps } };
};

/** The newest response since the last course of a procedure. */
export const responseSince: Reducer<'response-since'> = ({ id, definition }, context) => {
  const course = courseOf(id, definition.sessions, context);
  if (!('courses' in course)) return course;
  const response = latestResponse(course.courses);
  if (response === undefined) return { state: 'absent', reason: 'no response recorded since' };
  return { state: 'found', value: response, unit: '1', provenance: course.provenance };
};

/** How many of the newest courses in a row had no response. */
export const nonResponses: Reducer<'non-responses'> = ({ definition }, context) => {
  const course = courseOf(definition.assessment, definition.sessions, context);
  if (!('courses' in course)) return course;
  return { state: 'found', value: nonResponsesInARow(course.courses), unit: '1', provenance: course.provenance };
};

interface Courses {
  readonly courses: readonly Course[];
  readonly provenance: Provenance;
}

/** The courses with their assessments, or the fact that says why there are none. */
function courseOf(
  assessment: string,
  sessions: string,
  context: ReducerContext,
): Courses | Exclude<Fact, { state: 'found' }> {
  const { past, missing } = sessionsNamed(sessions, context);
  const assessed = assessmentsOf(assessment, context);
  const unread = missing ?? assessed.missing;
  if (unread !== undefined) return { state: 'unavailable', reason: unread };
  const [newest] = past;
  if (newest === undefined) return { state: 'absent', reason: 'never done' };
  const courses = coursesOf(past, assessed.assessments, {
    session: sessionDays,
    course: thresholdOf(context, assessed.courseDays),
  });
  if (courses === undefined) {
    const reason = 'the sessions or assessments are not certain, or not dated to the day';
    return { state: 'unusable', reason, provenance: provenance(newest) };
  }
  return { courses, provenance: assessed.newest ?? provenance(newest) };
}

function provenance({ resource, order, recorded }: DoneSession): Provenance {
  return provenanceOf(resource, order.label, recorded);
}
