import nock from 'nock';
import { testApp } from '../support/app.ts';
import { FHIR_BASE, searchset as pageOf } from '../support/fhir-server.ts';
import { watchOutbound } from '../support/outbound.ts';
import { aspirin, call, drafts, expressions, hcc, prefetch, searchset, send, tace, view, without } from './requests.ts';

watchOutbound();

const refuted = { ...hcc, id: 'zq-stu3', clinicalStatus: undefined, verificationStatus: 'refuted' };
const stu3 = { ...prefetch, conditions: searchset(hcc, refuted) };

describe('another FHIR version than R4', () => {
  it.each<[string, object]>([
    ['MedicationOrder', { ...aspirin, resourceType: 'MedicationOrder' }],
    ['ProcedureRequest', { ...tace, resourceType: 'ProcedureRequest' }],
    ['MedicationRequest.medication', { ...aspirin, medication: { concept: { text: 'zq' } } }],
  ])('Q12: among the drafts is refused in words, and not taken for nothing to say: %s', async (what, draft) => {
    for (const draftOrders of [
      drafts(draft),
      drafts(tace, draft),
      { resourceType: 'Bundle', entry: { resource: draft } },
    ]) {
      const response = await send(call({}, { draftOrders }));
      expect([response.status, expressions(response)]).toEqual([400, ['context.draftOrders']]);
      expect(response.text).toContain(`only FHIR R4 is read, and there is ${what}`);
    }
  });

  it('Q12: in the prefetch is refused in words, naming the key: a refuted problem would be read as present', async () => {
    for (const body of [call({ prefetch: stu3 }), view({ prefetch: stu3 })]) {
      const response = await send(body);
      expect([response.status, expressions(response)]).toEqual([400, ['prefetch.conditions']]);
      expect(response.text).toContain('nly FHIR R4 is read, and there is Condition.verificationStatus');
      expect(response.text).not.toMatch(/zq/i);
    }
  });

  it('is nobody’s business under a key that is not read, or in a call that is not ours', async () => {
    const elsewhere = { ...prefetch, item6: stu3.conditions };
    expect((await send(call({ prefetch: elsewhere }))).text).toBe('{"cards":[]}');
    expect((await send(call({ prefetch: stu3 }, { draftOrders: drafts(aspirin) }))).text).toBe('{"cards":[]}');
  });

  it('from the FHIR server counts as not read: the call says so, and is never silent about it', async () => {
    nock(FHIR_BASE)
      .get('/Condition?patient=zq-patient-4711')
      .reply(200, pageOf([refuted as never]));
    const app = testApp({ fhirAllowedOrigins: ['https://fhir.example.org'] });
    const response = await send(call({ fhirServer: FHIR_BASE, prefetch: without('conditions') }), app);
    expect([response.status, expressions(response)]).toEqual([412, ['prefetch.conditions']]);
  });
});
