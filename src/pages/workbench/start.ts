import type { Bundle, FhirResource } from 'fhir/r4.js';

/** What the workbench needs to know before anything is chosen. */
export interface Start {
  /** The clock of the service, ISO 8601. Records and drafts are moved so that they are current then. */
  readonly now: string;
  /** Base of the embedded FHIR server, as the service reaches it. */
  readonly fhirServer: string;
  /** Calls are refused without a signed token, which is meant for an address below this base. */
  readonly authentication?: { readonly audience: string };
  readonly groups: readonly StoryGroup[];
  /** Draft orders by key, without a patient. */
  readonly drafts: Readonly<Record<string, FhirResource>>;
  /**
   * What the record editor edits: the codings (system|code) by which the service knows each of them, and the resources
   * of the stories (type/id) that it knows otherwise, such as by their name.
   */
  readonly codes: Readonly<Record<EditedFact, readonly string[]>>;
}

/** Ids of facts in the knowledge module. */
export const editedFacts = [
  ...(['bilirubin', 'albumin', 'inr', 'creatinine'] as const),
  ...(['ascites', 'encephalopathy', 'ecog'] as const),
] as const;
export type EditedFact = (typeof editedFacts)[number] | 'tace' | 'response';

/** Of which type the resources are that speak of it. */
export const editedTypes: Readonly<Record<EditedFact, FhirResource['resourceType']>> = {
  bilirubin: 'Observation',
  albumin: 'Observation',
  inr: 'Observation',
  creatinine: 'Observation',
  ecog: 'Observation',
  response: 'Observation',
  ascites: 'Condition',
  encephalopathy: 'Condition',
  tace: 'Procedure',
};

/** Patients of whom the service says something of the same kind. */
export interface StoryGroup {
  readonly title: string;
  readonly stories: readonly StoryIntro[];
}

export interface StoryIntro {
  readonly slug: string;
  readonly title: string;
  /** Markdown. */
  readonly text: string;
  /** What to try: the calls of the story. */
  readonly calls: readonly StoryCall[];
}

export interface StoryCall {
  readonly name: string;
  readonly hook: 'order-select' | 'order-sign' | 'patient-view';
  /** Keys of drafts. */
  readonly drafts: readonly string[];
  readonly select: readonly string[];
}

/** The record of a story, on the day of the service. */
export type StoryRecord = Bundle<FhirResource>;
