import { notR4 } from '../../src/fhir/fhir-version.ts';
import { aspirin, atezolizumab, hcc, noAscites, patient, tace } from '../http/requests.ts';

describe('a resource that would be misread as R4', () => {
  it.each<[string, object]>([
    ['MedicationOrder (DSTU2)', { resourceType: 'MedicationOrder' }],
    ['DiagnosticOrder (DSTU2)', { resourceType: 'DiagnosticOrder' }],
    ['ProcedureRequest (DSTU2, STU3)', { resourceType: 'ProcedureRequest' }],
    ['ReferralRequest (DSTU2, STU3)', { resourceType: 'ReferralRequest' }],
    ['Condition.clinicalStatus', { ...hcc, clinicalStatus: 'resolved' }],
    ['Condition.verificationStatus', { ...hcc, verificationStatus: 'refuted' }],
    ['Procedure.notPerformed', { resourceType: 'Procedure', status: 'completed', notPerformed: true }],
    ['Procedure.notDone', { resourceType: 'Procedure', status: 'completed', notDone: true }],
    ['MedicationStatement.wasNotTaken', { resourceType: 'MedicationStatement', wasNotTaken: true }],
    ['MedicationStatement.taken', { resourceType: 'MedicationStatement', taken: 'n' }],
    ['MedicationAdministration.wasNotGiven', { resourceType: 'MedicationAdministration', wasNotGiven: true }],
    ['MedicationAdministration.notGiven', { resourceType: 'MedicationAdministration', notGiven: true }],
    ['MedicationRequest.medication', { ...atezolizumab, medication: { concept: { text: 'Atezolizumab' } } }],
    ['ServiceRequest.code.concept', { ...tace, code: { concept: { text: 'TACE' } } }],
    ['ServiceRequest.code.reference', { ...tace, code: { reference: { reference: 'ActivityDefinition/1' } } }],
    ['MedicationStatement.medication', { resourceType: 'MedicationStatement', medication: {} }],
  ])('is known by %s', (what, resource) => {
    expect(notR4(resource)).toBe(what);
  });

  it.each<[string, unknown]>([
    ['a patient', patient],
    ['a diagnosis', hcc],
    ['a refuted diagnosis', noAscites],
    ['an order', tace],
    ['a drug', aspirin],
    ['a procedure without status', { resourceType: 'Procedure' }],
    ['a type that no version has', { resourceType: 'Zq' }],
    ['a type out of the prototype', { resourceType: 'constructor' }],
    ['members that are null', { ...hcc, clinicalStatus: null, verificationStatus: undefined }],
    ['a code that is text', { ...tace, code: 'TACE' }],
    ['null', null],
    ['text', 'MedicationOrder'],
    ['a list', [{ resourceType: 'MedicationOrder' }]],
  ])('is not %s', (_, resource) => {
    expect(notR4(resource)).toBeUndefined();
  });
});
