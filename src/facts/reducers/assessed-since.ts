import type { DiagnosticReport, ImagingStudy, Procedure, Resource } from 'fhir/r4.js';
import { asArray } from '../../fhir/codeable-concept.ts';
import { parseFhirDate } from '../../fhir/fhir-date.ts';
import { between, type Estimate, exactly } from '../../kernel/estimate.ts';
import type { Fact, Provenance } from '../../kernel/fact.ts';
import { anyOf, type Truth } from '../../kernel/truth.ts';
import { type ConceptMatcher, matchConcept } from '../../terminology/match-concept.ts';
import { type ReducerContext, resourcesOf, thresholdOf } from '../patient-record.ts';
import { provenanceOf } from '../provenance.ts';
import { assessmentsOf } from './assessments.ts';
import { daysAgo, isFuture, periodDates } from './dated.ts';
import { notFound, type Reducer } from './reducer.ts';
import { sessionsNamed } from './sessions.ts';

/** Something that shows an assessment, in days ago. */
interface Sign {
  readonly days: Estimate;
  readonly provenance: Provenance;
}

/** Whether a response was recorded after the last session of a procedure. */
export const responseRecordedSince: Reducer<'response-recorded-since'> = ({ definition }, context) => {
  const { all, missing } = assessmentsOf(definition.assessment, context);
  const signs = all.map(({ assessment, provenance }) => ({ days: assessment.days, provenance }));
  return since(signs, 1, missing, definition.sessions, context);
};

/** Whether the organ was imaged so long after the last session of a procedure that a response could be seen. */
export const imagedSince: Reducer<'imaged-since'> = ({ definition, concept }, context) => {
  const { missing } = resourcesOf<DiagnosticReport>(context.record, definition.from, 'DiagnosticReport');
  const signs = imagesOf(definition.from, concept, context);
  return since(signs, thresholdOf(context, definition.after), missing, definition.sessions, context);
};

function since(
  signs: readonly Sign[],
  days: number,
  missing: string | undefined,
  sessionsFact: string,
  context: ReducerContext,
): Fact {
  const sessions = sessionsNamed(sessionsFact, context);
  const [last] = sessions.past;
  if (last === undefined) return notFound(sessions.missing, 'never done');
  const judged = signs.map((sign) => ({ ...sign, truth: isAfter(sign.days, last.days, days) }));
  const truth = anyOf(judged.map((sign) => sign.truth));
  const sign = judged.find((one) => one.truth === truth);
  if (sign === undefined || truth === 'false') return notFound(sessions.missing ?? missing, 'none since');
  const value = truth === 'true' && sessions.missing === undefined ? exactly(1) : between(0, 1);
  return { state: 'found', value, unit: '1', provenance: sign.provenance };
}

/** At least so many days after the session. */
function isAfter(days: Estimate, session: Estimate, least: number): Truth {
  if (session.low - days.high >= least) return 'true';
  return session.high - days.low >= least ? 'undetermined' : 'false';
}

const reported: ReadonlySet<unknown> = new Set(['final', 'amended', 'corrected', 'appended', 'preliminary', undefined]);
const archived: ReadonlySet<unknown> = new Set(['available', 'registered', undefined]);
const done: ReadonlySet<unknown> = new Set(['completed', undefined]);

/** Images that the concept names: reported, archived, or recorded as a procedure. */
function imagesOf(keys: readonly string[], concept: ConceptMatcher, { record }: ReducerContext): readonly Sign[] {
  const image = (resource: Resource, dates: readonly unknown[], concepts: readonly unknown[]): readonly Sign[] => {
    const recorded = dates.find((value) => parseFhirDate(value) !== undefined);
    const date = parseFhirDate(recorded);
    if (date === undefined || isFuture(date, record.now)) return [];
    if (!concepts.some((one) => matchConcept(one, concept, { negation: 'order' }))) return [];
    const { min, max } = daysAgo(date, record.now);
    return [{ days: between(min, max), provenance: provenanceOf(resource, 'imaging', String(recorded)) }];
  };
  const of = <T extends Resource>(type: T['resourceType']) => resourcesOf<T>(record, keys, type).resources;
  return [
    ...of<DiagnosticReport>('DiagnosticReport')
      .filter(({ status }) => reported.has(status))
      .flatMap((one) =>
        image(one, [one.effectiveDateTime, ...periodDates(one.effectivePeriod), one.issued], [one.code]),
      ),
    ...of<ImagingStudy>('ImagingStudy')
      .filter(({ status }) => archived.has(status))
      .flatMap((one) => image(one, [one.started], [studyText(one), ...asArray(one.procedureCode)])),
    ...of<Procedure>('Procedure')
      .filter(({ status }) => done.has(status))
      .flatMap((one) => image(one, [one.performedDateTime, ...periodDates(one.performedPeriod)], [one.code])),
  ];
}

/** A study says its method and its body part in different places. */
function studyText({ description, modality, series }: ImagingStudy): unknown {
  const parts = asArray(series).flatMap((one) => [one?.modality?.code, one?.description, one?.bodySite?.display]);
  const texts = [...asArray(modality).map((one) => one?.code), description, ...parts];
  return { text: texts.filter((text) => typeof text === 'string').join(' ') };
}
