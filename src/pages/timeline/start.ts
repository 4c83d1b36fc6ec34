import type { CourseKnowledge } from './course-knowledge.ts';

/** What the app asks the service for when it begins. */
export interface TimelineStart {
  readonly clientId: string;
  readonly origins: readonly string[];
  readonly patients: readonly { readonly id: string; readonly title: string }[];
  /** By the clock of the service. */
  readonly now: string;
  readonly knowledge: CourseKnowledge;
}
