import type { Patient, ResearchStudy, ResearchSubject } from 'fhir/r4.js';
import { parseFhirDate } from '../../fhir/fhir-date.ts';
import { referenceId } from '../../fhir/references.ts';
import { between, exactly } from '../../kernel/estimate.ts';
import { matchText } from '../../terminology/match-concept.ts';
import { resourcesOf } from '../patient-record.ts';
import { provenanceOf } from '../provenance.ts';
import { notFound, type Reducer } from './reducer.ts';

/** Age in whole years; a partial date of birth makes a range. */
export const age: Reducer<'age'> = ({ definition }, { record }) => {
  const { resources, missing } = resourcesOf<Patient>(record, definition.from, 'Patient');
  const [patient] = resources;
  const born = parseFhirDate(patient?.birthDate);
  if (patient === undefined || born === undefined) {
    return notFound(missing, 'no date of birth');
  }
  const value = between(wholeYears(new Date(born.to - 1), record.now), wholeYears(new Date(born.from), record.now));
  return { state: 'found', value, unit: 'a', provenance: provenanceOf(patient, 'date of birth', undefined) };
};

function wholeYears(born: Date, now: Date): number {
  const years = now.getUTCFullYear() - born.getUTCFullYear();
  const birthday = Date.UTC(now.getUTCFullYear(), born.getUTCMonth(), born.getUTCDate());
  return now.getTime() < birthday ? years - 1 : years;
}

/** Whether the patient has died. */
export const deceased: Reducer<'deceased'> = ({ definition }, { record }) => {
  const { resources, missing } = resourcesOf<Patient>(record, definition.from, 'Patient');
  const dead = resources.find(
    ({ deceasedBoolean, deceasedDateTime }) => deceasedBoolean === true || deceasedDateTime !== undefined,
  );
  if (dead)
    return {
      state: 'found',
      value: exactly(1),
      unit: '1',
      provenance: provenanceOf(dead, 'deceased', dead.deceasedDateTime),
    };
  return notFound(missing);
};

const takesPart: ReadonlySet<unknown> = new Set(['on-study', 'on-study-intervention', 'on-study-observation']);

/** Whether the patient takes part in a study whose text names an order of each of the groups. */
export const study: Reducer<'study'> = ({ definition }, { record, orders }) => {
  const { resources, missing } = resourcesOf<ResearchSubject>(record, definition.from, 'ResearchSubject');
  const studies = [
    ...record.referenced,
    ...resourcesOf<ResearchStudy>(record, definition.from, 'ResearchStudy').resources,
  ];
  const subject = resources.find(({ status, study: reference }) => {
    if (!takesPart.has(status)) return false;
    const found = studies.find(
      (one) => one.resourceType === 'ResearchStudy' && one.id === referenceId(reference?.reference),
    );
    const { title, description } = (found ?? {}) as ResearchStudy;
    const text = [title, description, reference?.display].filter((one) => typeof one === 'string').join('. ');
    return definition.mentions.every((group) =>
      orders(group).some(({ concept }) => matchText(text, { names: concept.names, notNames: [] })),
    );
  });
  if (subject)
    return {
      state: 'found',
      value: exactly(1),
      unit: '1',
      provenance: provenanceOf(subject, 'on study', subject.period?.start),
    };
  return notFound(missing);
};

/** Whether one of the drafts says that it is for this. */
export const draftReason: Reducer<'draft-reason'> = ({ definition }, { record }) => {
  if (!record.indications.includes(definition.indication)) return { state: 'absent', reason: 'no draft says so' };
  return {
    state: 'found',
    value: exactly(1),
    unit: '1',
    provenance: { source: 'draft order', asRecorded: 'reason', steps: [] },
  };
};
