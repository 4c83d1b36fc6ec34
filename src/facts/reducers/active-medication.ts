import type { MedicationRequest, MedicationStatement } from 'fhir/r4.js';
import { exactly } from '../../kernel/estimate.ts';
import { matchConcept } from '../../terminology/match-concept.ts';
import { type DrugResource, drugConcepts, isOrdered, isUnreadableDrug } from '../medications.ts';
import { resourcesOf } from '../patient-record.ts';
import { provenanceOf } from '../provenance.ts';
import { notFound, type Reducer } from './reducer.ts';

/** Whether a drug of the list is on active order. What was ordered for good does not expire. */
export const activeMedication: Reducer<'active-medication'> = ({ definition, concept }, { record }) => {
  const requests = resourcesOf<MedicationRequest>(record, definition.from, 'MedicationRequest');
  const statements = resourcesOf<MedicationStatement>(record, definition.from, 'MedicationStatement');
  const active: readonly DrugResource[] = [
    ...requests.resources.filter(
      ({ status, intent, doNotPerform }) => isActive(status) && isOrdered(intent) && doNotPerform !== true,
    ),
    ...statements.resources.filter(({ status }) => isActive(status)),
  ];
  const found = active.find((resource) => drugConcepts(resource, record).some((one) => matchConcept(one, concept)));
  if (found) {
    const { authoredOn } = found as MedicationRequest;
    return {
      state: 'found',
      value: exactly(1),
      unit: '1',
      provenance: provenanceOf(found, 'active order', authoredOn),
    };
  }
  const unreadable = active.some((resource) => isUnreadableDrug(resource, record));
  const missing = requests.missing ?? (unreadable ? 'a medication that is ordered could not be read' : undefined);
  return notFound(missing, 'not on the medication list');
};

function isActive(status: unknown): boolean {
  return status === 'active' || status === undefined;
}
