import type { CodeableConcept, Condition, FhirResource, Observation } from 'fhir/r4.js';
import { writtenQuantity } from '../../../facts/reducers/written-quantity.ts';
import { type EditedFact, editedTypes, type Start } from '../start.ts';
import {
  type LaboratoryTest,
  type LaboratoryTestId,
  laboratoryTests,
  type ProblemId,
  problems,
  type ResponseAnswer,
  responseAnswers,
} from './record-templates.ts';

/** What the editor shows of a record. The service reads records itself; this is only what can be edited. */
export interface RecordValues {
  readonly laboratory: Readonly<Record<LaboratoryTestId, LaboratoryValue | undefined>>;
  /** The id of the grade; undefined when nothing is recorded. */
  readonly problems: Readonly<Record<ProblemId, string | undefined>>;
  readonly ecog: number | undefined;
  /** Days before today, newest first. */
  readonly tace: readonly number[];
  readonly responses: readonly ResponseValue[];
}

export interface LaboratoryValue {
  /** As it is written: '1.1', '<0.2'. */
  readonly value: string;
  /** UCUM; what is written where that is no unit the service knows, '' where no unit is written. */
  readonly unit: string;
  readonly daysAgo: number;
}

export interface ResponseValue {
  readonly answer: ResponseAnswer;
  readonly daysAgo: number;
}

export type Codes = Start['codes'];

const millisecondsPerDay = 86_400_000;

/** The newest of each, as the service recognises them. */
export function readRecord(resources: readonly FhirResource[], codes: Codes, now: Date): RecordValues {
  const find = (fact: EditedFact) => resourcesOf(fact, resources, codes).sort(newestFirst);
  const laboratory = (id: LaboratoryTestId) =>
    laboratoryValue(find(id)[0] as Observation | undefined, laboratoryTests[id], now);
  const problem = (id: ProblemId) => gradeOf(find(id)[0] as Condition | undefined, id);
  return {
    laboratory: {
      bilirubin: laboratory('bilirubin'),
      albumin: laboratory('albumin'),
      inr: laboratory('inr'),
      creatinine: laboratory('creatinine'),
    },
    problems: { ascites: problem('ascites'), encephalopathy: problem('encephalopathy') },
    ecog: (find('ecog')[0] as Observation | undefined)?.valueInteger,
    tace: find('tace').map((resource) => daysAgo(dayOf(resource), now)),
    responses: find('response').flatMap((resource) => {
      const answer = answerOf((resource as Observation).valueCodeableConcept);
      return answer === undefined ? [] : [{ answer, daysAgo: daysAgo(dayOf(resource), now) }];
    }),
  };
}

/** The resources that speak of it. */
export function resourcesOf(fact: EditedFact, resources: readonly FhirResource[], codes: Codes): FhirResource[] {
  const known = new Set(codes[fact]);
  return resources.filter((resource) => {
    if (resource.resourceType !== editedTypes[fact]) return false;
    const { code } = resource as { code?: CodeableConcept };
    const isCoded = code?.coding?.some((coding) => known.has(`${coding.system}|${coding.code}`)) === true;
    return isCoded || known.has(`${resource.resourceType}/${resource.id}`);
  });
}

export function dayOf(resource: FhirResource): string {
  const { effectiveDateTime, performedDateTime, recordedDate } = resource as Partial<
    Record<'effectiveDateTime' | 'performedDateTime' | 'recordedDate', string>
  >;
  return (effectiveDateTime ?? performedDateTime ?? recordedDate ?? '').slice(0, 10);
}

/** A day as people write it in a record, so many days before today. */
export function dateAgo(days: number, now: Date): string {
  return new Date(now.getTime() - days * millisecondsPerDay).toISOString().slice(0, 10);
}

export function daysAgo(date: string, now: Date): number {
  const today = Date.parse(now.toISOString().slice(0, 10));
  return Math.round((today - Date.parse(date)) / millisecondsPerDay);
}

function newestFirst(a: FhirResource, b: FhirResource): number {
  return dayOf(b).localeCompare(dayOf(a));
}

/** A number in the unit that the service takes it in; anything else as it is written. */
function laboratoryValue(
  observation: Observation | undefined,
  { units }: LaboratoryTest,
  now: Date,
): LaboratoryValue | undefined {
  if (observation === undefined) return undefined;
  const days = daysAgo(dayOf(observation), now);
  const { valueQuantity, valueString } = observation;
  const written = writtenQuantity(observation, units[0]?.code);
  if (written === undefined) return { value: valueString ?? '', unit: '', daysAgo: days };
  const unit = written.unit ?? valueQuantity?.code ?? valueQuantity?.unit ?? '';
  return { value: `${written.comparator}${written.value}`, unit, daysAgo: days };
}

function gradeOf(condition: Condition | undefined, id: ProblemId): string | undefined {
  if (condition === undefined) return undefined;
  const status = condition.clinicalStatus?.coding?.[0]?.code;
  const refuted = condition.verificationStatus?.coding?.some(({ code }) => code === 'refuted');
  if (refuted || status === 'resolved' || status === 'inactive') return 'none';
  const severity = condition.severity?.coding?.[0]?.code;
  const known = problems[id].grades.find((grade) => 'severity' in grade && grade.severity.code === severity);
  return known?.id ?? 'other';
}

function answerOf(value: CodeableConcept | undefined): ResponseAnswer | undefined {
  const codes = new Set(value?.coding?.map(({ code }) => code));
  const names = Object.keys(responseAnswers) as ResponseAnswer[];
  return names.find((name) => codes.has(responseAnswers[name].coding?.[0]?.code));
}

export const laboratoryIds = Object.keys(laboratoryTests) as LaboratoryTestId[];
export const problemIds = Object.keys(problems) as ProblemId[];
