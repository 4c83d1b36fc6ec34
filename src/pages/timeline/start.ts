import type { CourseKnowledge } from './course-knowledge.ts';
import type { PatientGroup } from './patient-groups.ts';

/** What the app asks the service for when it begins. */
export interface TimelineStart {
  readonly clientId: string;
  readonly origins: readonly string[];
  /** Of the embedded FHIR server, where there is one. */
  readonly groups: readonly PatientGroup[];
  /** By the clock of the service. */
  readonly now: string;
  readonly knowledge: CourseKnowledge;
}
