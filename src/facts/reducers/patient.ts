import type { Patient, ResearchStudy, ResearchSubject } from 'fhir/r4.js';
import { parseFhirDate } from '../../fhir/fhir-date.ts';
import { referenceId } from '../../fhir/references.ts';
import { between, exactly } from '../../kernel/estimate.ts';
import { matchText } from '../../terminology/match-concept.ts';
import { resourcesOf } from '../patient-record.ts';
import { provenanceOf } from '../provenance.ts';
import { drugsNamedIn } from './named-drugs.ts';
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

/**
 * Whether the patient takes part in a study whose text names an order of each of the groups and speaks of such drugs.
 * With the drugs that it names.
 */
export const study: Reducer<'study'> = ({ definition }, context) => {
  const { record, orders } = context;
  const { resources, missing } = resourcesOf<ResearchSubject>(record, definition.from, 'ResearchSubject');
  const studies = [
    ...record.referenced,
    ...resourcesOf<ResearchStudy>(record, definition.from, 'ResearchStudy').resources,
  ];
  const enrolled = resources.flatMap((subject) => {
    const { status, study: reference } = subject;
    if (!takesPart.has(status)) return [];
    const found = studies.find(
      (one) => one.resourceType === 'ResearchStudy' && one.id === referenceId(reference?.reference),
    );
    const { title, description } = (found ?? {}) as ResearchStudy;
    const text = [title, description, reference?.display].filter((one) => typeof one === 'string').join('. ');
    const isNamed = (group: string) =>
      orders(group).some(({ concept }) => matchText(text, { names: concept.names, notNames: [] }));
    const drugs = drugsNamedIn(text, definition, context, { negation: 'none' });
    return drugs !== undefined && definition.mentions.every(isNamed) ? [{ subject, drugs }] : [];
  });
  const [first] = enrolled;
  if (first !== undefined) {
    const { subject } = first;
    // Of two studies one may name its drugs and the other not: then all of them are possible.
    const drugs = enrolled.every((one) => one.drugs.length > 0) ? enrolled.flatMap((one) => one.drugs) : [];
    return {
      state: 'found',
      value: exactly(1),
      unit: '1',
      orders: drugs,
      provenance: provenanceOf(subject, 'on study', subject.period?.start),
    };
  }
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
