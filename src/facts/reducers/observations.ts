import type { Observation } from 'fhir/r4.js';
import { asArray, codingsOf } from '../../fhir/codeable-concept.ts';
import { canonicalSystem, codeSystems } from '../../terminology/code-systems.ts';
import { type ConceptMatcher, matchConcept } from '../../terminology/match-concept.ts';
import { type PatientRecord, type Resources, resourcesOf } from '../patient-record.ts';
import { type Dated, dated, newestFirst, periodDates } from './dated.ts';

/** Observations of other statuses are not results. */
const usable: ReadonlySet<unknown> = new Set(['final', 'amended', 'corrected', undefined]);

/** A value with the concept it answers: of the Observation itself, or of a component. */
export type ObservedValue = Pick<
  Observation,
  'valueQuantity' | 'valueInteger' | 'valueString' | 'valueCodeableConcept' | 'interpretation' | 'referenceRange'
> & { readonly valueDecimal?: unknown };

export interface Observed extends Dated<Observation> {
  readonly value: ObservedValue;
}

/**
 * The results for a concept, newest first, as Observations or components of them.
 *
 * @param every all components that mean it; else the first of each Observation
 */
export function observationsOf(
  record: PatientRecord,
  keys: readonly string[],
  concept: ConceptMatcher,
  every = false,
): Resources<Observation> & { readonly observed: readonly Observed[] } {
  const found = resourcesOf<Observation>(record, keys, 'Observation');
  const results = found.resources.filter(({ status }) => usable.has(status));
  const observed = results.flatMap((resource): Observed[] => {
    const { effectiveDateTime, effectiveInstant, issued } = resource;
    const dates = [effectiveDateTime, effectiveInstant, ...periodDates(resource.effectivePeriod), issued];
    const values = valuesFor(resource, concept);
    return values.slice(0, every ? values.length : 1).map((value) => ({ ...dated(resource, dates), value }));
  });
  return { ...found, observed: newestFirst(observed) as readonly Observed[] };
}

function valuesFor(observation: Observation, concept: ConceptMatcher): readonly ObservedValue[] {
  if (means(observation.code, concept) && !isPanel(observation)) return [observation];
  return asArray(observation.component).filter((component) => component && means(component.code, concept));
}

/** A heading without a value of its own: its parts are the results. */
function isPanel(observation: Observation): boolean {
  const { component, hasMember } = observation;
  const parts = [...asArray(component), ...asArray(hasMember)];
  return parts.length > 0 && !Object.keys(observation).some((key) => key.startsWith('value'));
}

/** By code, or by name unless a LOINC code says that it is something else. */
function means(code: unknown, concept: ConceptMatcher): boolean {
  const match = matchConcept(code, concept);
  if (match?.by !== 'text') return match !== undefined;
  return !codingsOf(code).some(({ system }) => canonicalSystem(system) === codeSystems.loinc);
}
