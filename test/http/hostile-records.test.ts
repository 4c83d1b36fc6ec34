import {
  albumin,
  bilirubin,
  call,
  condition,
  drafts,
  hcc,
  inr,
  patientId,
  prefetch,
  searchset,
  send,
  tace,
  without,
} from './requests.ts';

const about = { subject: { reference: `Patient/${patientId}` } };

describe('a damaged resource in the record', () => {
  it.each<[string, object]>([
    ['a stage of null', { conditions: searchset(hcc, condition('a', '389026000', 'Ascites', { stage: [null] })) }],
    [
      'a stage that is an object',
      { conditions: searchset(hcc, condition('a', '389026000', 'Ascites', { stage: {} })) },
    ],
    [
      'a medicationReference of null',
      {
        medications: searchset({
          resourceType: 'MedicationRequest',
          id: 'm',
          status: 'active',
          medicationReference: null,
          ...about,
        }),
      },
    ],
    [
      'a reference that is no Unicode',
      {
        medications: searchset({
          resourceType: 'MedicationRequest',
          id: 'm',
          status: 'active',
          medicationReference: { reference: 'Medication/\ud800' },
          ...about,
        }),
      },
    ],
    [
      'a study reference that is no Unicode',
      {
        studies: searchset({
          resourceType: 'ResearchSubject',
          id: 's',
          status: 'on-study',
          study: { reference: 'ResearchStudy/\ud800' },
          individual: about.subject,
        }),
      },
    ],
  ])('is answered: %s', async (_, more) => {
    expect((await send(call({ prefetch: { ...prefetch, ...more } }))).status).toBe(200);
  });

  it('is a bad request where it names the patient', async () => {
    expect((await send(call({}, { patientId: '\ud800' }))).status).toBe(400);
  });
});

describe('more than any session or record holds', () => {
  it('is refused among the drafts: the path of the fault is named', async () => {
    const many = drafts(...Array.from({ length: 1001 }, (_, id) => ({ ...tace, id: `t${id}` })));
    const response = await send(call({}, { draftOrders: many }));
    expect([response.status, response.body.issue[0].expression]).toEqual([400, ['context.draftOrders']]);
  });

  it('makes a read incomplete, and the answer does not wait for it', async () => {
    const procedure = (id: number) => ({
      resourceType: 'Procedure',
      id: `p${id}`,
      status: 'completed',
      performedDateTime: '2026-10-01',
      code: { coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '37243' }] },
      ...about,
    });
    const procedures = searchset(...Array.from({ length: 20_000 }, (_, id) => procedure(id)));
    const started = performance.now();
    expect((await send(call({ prefetch: { ...prefetch, procedures } }))).status).toBe(200);
    expect(performance.now() - started).toBeLessThan(15_000);
  });
});

describe('what a clinician means', () => {
  const classC = { labs: searchset(bilirubin(4), albumin(2.5), inr(2.6)) };

  it('by an order that must not be carried out is no exposure', async () => {
    const medications = searchset({
      resourceType: 'MedicationRequest',
      id: 'm',
      status: 'active',
      intent: 'order',
      doNotPerform: true,
      authoredOn: '2026-11-01',
      medicationCodeableConcept: { text: 'nivolumab' },
      ...about,
    });
    expect((await send(call({ prefetch: { ...prefetch, medications } }))).body).toEqual({ cards: [] });
  });

  it('by an embolisation whose reason is a rupture is not ours, also when the reason is a Condition of the record', async () => {
    const conditions = searchset(hcc, condition('r', '109841003', 'Ruptured hepatocellular carcinoma'));
    const order = { ...tace, reasonReference: [{ reference: 'Condition/zq-condition-r' }] };
    const response = await send(
      call({ prefetch: { ...prefetch, ...classC, conditions } }, { draftOrders: drafts(order) }),
    );
    expect(response.body).toEqual({ cards: [] });
  });

  it('by a draft without an id is advised on when it is signed; nothing is offered to remove', async () => {
    const { id: _, ...withoutId } = tace;
    const response = await send(call({ prefetch: { ...prefetch, ...classC } }, { draftOrders: drafts(withoutId) }));
    expect(response.body.cards[0]).toMatchObject({ indicator: 'critical' });
    expect(response.body.cards[0].suggestions).toBeUndefined();
  });

  it('by systemic therapy beside TACE in class C is told of both, and both can be removed', async () => {
    const lenvatinib = {
      resourceType: 'MedicationRequest',
      id: 'len',
      status: 'draft',
      intent: 'order',
      medicationCodeableConcept: { text: 'lenvatinib' },
      ...about,
    };
    const response = await send(
      call({ prefetch: { ...prefetch, ...classC } }, { draftOrders: drafts(tace, lenvatinib) }),
    );
    const suitability = response.body.cards.find(
      (card: { source: { topic: { code: string } } }) => card.source.topic.code === 'HCCSUITABILITY',
    );
    expect(suitability.suggestions).toHaveLength(2);
  });

  it('is read with a token of any length', async () => {
    const fhirAuthorization = {
      access_token: 'x'.repeat(5000),
      token_type: 'Bearer',
      expires_in: 300,
      scope: 's',
      subject: 'c',
    };
    const response = await send(
      call({ prefetch: without('studies'), fhirServer: 'http://127.0.0.1:9/fhir', fhirAuthorization }),
    );
    expect(response.status).toBe(200);
  });
});
