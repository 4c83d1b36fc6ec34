import type { Condition, FhirResource, Observation, Procedure, Quantity } from 'fhir/r4.js';
import type { EditedFact } from '../start.ts';
import {
  type Codes,
  dateAgo,
  dayOf,
  type LaboratoryValue,
  laboratoryIds,
  problemIds,
  type ResponseValue,
  resourcesOf,
} from './read-record.ts';
import {
  ecogCode,
  type LaboratoryTestId,
  laboratoryTests,
  type ProblemId,
  problems,
  responseAnswers,
  responseCode,
  taceCode,
} from './record-templates.ts';

/** What is changed in a record. `null` takes everything of it away; what is not named stays as it is. */
export interface Edits {
  readonly laboratory?: { readonly [Id in LaboratoryTestId]?: LaboratoryValue | null };
  readonly problems?: { readonly [Id in ProblemId]?: string | null };
  readonly ecog?: number | null;
  /** Instead of all sessions recorded, in days before today. */
  readonly tace?: readonly number[];
  /** Instead of all responses recorded. */
  readonly responses?: readonly ResponseValue[];
}

export function isEdited(edits: Edits): boolean {
  return Object.keys(edits).length > 0;
}

/** The record with the changes. The given resources stay untouched. */
export function editRecord(
  resources: readonly FhirResource[],
  edits: Edits,
  { codes, now, patientId }: { readonly codes: Codes; readonly now: Date; readonly patientId: string },
): readonly FhirResource[] {
  const without = (from: readonly FhirResource[], fact: EditedFact, newestOnly = false) => {
    const all = resourcesOf(fact, from, codes);
    const newest = all.map(dayOf).sort().at(-1);
    const gone = new Set(newestOnly ? all.filter((one) => dayOf(one) === newest) : all);
    return from.filter((one) => !gone.has(one));
  };
  const about = (id: string) => ({ id: `edited-${id}`, subject: { reference: `Patient/${patientId}` } });
  let edited = resources;

  for (const id of laboratoryIds) {
    const value = edits.laboratory?.[id];
    if (value === undefined) continue;
    edited = without(edited, id, value !== null);
    if (value !== null) edited = [...edited, observed(laboratoryTests[id].code, value.daysAgo, quantityOf(value), id)];
  }
  for (const id of problemIds) {
    const grade = edits.problems?.[id];
    if (grade === undefined) continue;
    edited = without(edited, id);
    if (grade !== null) edited = [...edited, problem(id, grade)];
  }
  if (edits.ecog !== undefined) {
    edited = without(edited, 'ecog', edits.ecog !== null);
    if (edits.ecog !== null) edited = [...edited, observed(ecogCode, 0, { valueInteger: edits.ecog }, 'ecog')];
  }
  if (edits.tace !== undefined) edited = [...without(edited, 'tace'), ...edits.tace.map(session)];
  if (edits.responses !== undefined) {
    const added = edits.responses.map(({ answer, daysAgo }, index) =>
      observed(responseCode, daysAgo, { valueCodeableConcept: responseAnswers[answer] }, `response-${index}`),
    );
    edited = [...without(edited, 'response'), ...added];
  }
  return edited;

  function observed(code: Observation['code'], days: number, value: Partial<Observation>, id: string): Observation {
    const effectiveDateTime = `${dateAgo(days, now)}T00:00:00Z`;
    return { resourceType: 'Observation', ...about(id), status: 'final', code, effectiveDateTime, ...value };
  }

  function problem(id: ProblemId, gradeId: string): Condition {
    const { code, grades } = problems[id];
    const grade = grades.find((one) => one.id === gradeId);
    const severity = grade !== undefined && 'severity' in grade ? grade.severity : undefined;
    const system = 'http://terminology.hl7.org/CodeSystem';
    const verification = severity ? 'confirmed' : 'refuted';
    return {
      resourceType: 'Condition',
      ...about(id),
      ...(severity && { clinicalStatus: { coding: [{ system: `${system}/condition-clinical`, code: 'active' }] } }),
      verificationStatus: { coding: [{ system: `${system}/condition-ver-status`, code: verification }] },
      ...(severity && { severity: { coding: [severity], text: severity.display } }),
      code,
      recordedDate: dateAgo(0, now),
    };
  }

  function session(days: number, index: number): Procedure {
    const performedDateTime = dateAgo(days, now);
    return {
      resourceType: 'Procedure',
      ...about(`tace-${index}`),
      status: 'completed',
      code: taceCode,
      performedDateTime,
    };
  }
}

const quantity = /^\s*(<=|>=|<|>)?\s*(\d+(?:[.,]\d+)?)\s*$/;

/** A number, or a limit as laboratories write it: `<0.2`; undefined for anything else. */
export function parseQuantity(text: string): { readonly comparator: string; readonly value: number } | undefined {
  const [, comparator = '', number] = quantity.exec(text) ?? [];
  return number === undefined ? undefined : { comparator, value: Number(number.replace(',', '.')) };
}

/** What is no number is written as text, as some laboratories do. */
function quantityOf({ value: text, unit }: LaboratoryValue): Partial<Observation> {
  const parsed = parseQuantity(text);
  if (parsed === undefined) return { valueString: text };
  const { comparator, value } = parsed;
  const valueQuantity: Quantity = {
    value,
    ...(comparator !== '' && { comparator: comparator as NonNullable<Quantity['comparator']> }),
    ...(unit !== '' && { unit, system: 'http://unitsofmeasure.org', code: unit }),
  };
  return { valueQuantity };
}
