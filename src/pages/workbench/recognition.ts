import type { CodeableConcept, FhirResource } from 'fhir/r4.js';
import type { Definitions } from '../../definitions/definitions.ts';
import { canonicalSystem, codeSystems } from '../../terminology/code-systems.ts';
import { type ConceptMatcher, matchConcept } from '../../terminology/match-concept.ts';
import { findCode, type ValueSetDefinition } from '../../terminology/value-set.ts';
import { type EditedFact, editedFacts, editedTypes, type Start } from './start.ts';

/**
 * By what the knowledge module, with the hospital's codes, recognises what the editor edits: every coding, and those
 * of the given resources that it recognises otherwise, such as by their name.
 */
export function recognitionOf(definitions: Definitions, resources: readonly FhirResource[]): Start['codes'] {
  const marks = [...editedFacts, 'tace' as const, 'response' as const].map((fact): [EditedFact, readonly string[]] => {
    const matcher = matcherOf(fact, definitions);
    const codings = new Set(matcher.valueSet ? codingsOf(matcher.valueSet) : []);
    const otherwise = resources
      .filter(({ resourceType }) => resourceType === editedTypes[fact])
      .filter((resource) => means(resource, matcher) && !isCoded(resource, codings));
    return [fact, [...codings, ...otherwise.map(({ resourceType, id }) => `${resourceType}/${id}`)]];
  });
  return Object.fromEntries(marks) as Record<EditedFact, readonly string[]>;
}

function matcherOf(fact: EditedFact, { facts, orders, valueSets }: Definitions): ConceptMatcher {
  const concept = fact === 'tace' ? orders.get('tace')?.concept : facts.get(fact)?.concept;
  if (concept !== undefined && fact !== 'response') return concept;
  const valueSet = valueSets.get(fact);
  return { ...(valueSet && { valueSet }), names: [], notNames: [] };
}

function codingsOf(valueSet: ValueSetDefinition): readonly string[] {
  return [...valueSet.codes].flatMap(([system, codes]) =>
    [...codes.keys()].filter((code) => findCode(valueSet, system, code)).map((code) => `${system}|${code}`),
  );
}

/** As the facts are read: a name does not count beside a LOINC code of something else, or where it is negated. */
function means(resource: FhirResource, matcher: ConceptMatcher): boolean {
  const { code } = resource as { readonly code?: CodeableConcept };
  const negation = resource.resourceType === 'Procedure' ? 'statement' : 'none';
  const match = matchConcept(code, matcher, { negation });
  if (match?.by !== 'text' || resource.resourceType !== 'Observation') return match !== undefined;
  return !code?.coding?.some(({ system }) => canonicalSystem(system) === codeSystems.loinc);
}

function isCoded(resource: FhirResource, codings: ReadonlySet<string>): boolean {
  const { code } = resource as { readonly code?: CodeableConcept };
  return code?.coding?.some((coding) => codings.has(`${coding.system}|${coding.code}`)) === true;
}
