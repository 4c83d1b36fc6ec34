import nock from 'nock';
import request, { type Response } from 'supertest';
import { testApp } from '../support/app.ts';
import { FHIR_BASE, searchset as pageOf } from '../support/fhir-server.ts';
import { expectValid } from '../support/validate-response.ts';
import {
  condition,
  drafts,
  ecog,
  expressions,
  hcc,
  patient,
  prefetch,
  searchset,
  send,
  tace,
  view,
  without,
} from './requests.ts';

const provisional = {
  verificationStatus: {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code: 'provisional' }],
  },
};

afterEach(() => nock.cleanAll());

function expectSilence({ status, text }: Response): void {
  expect([status, text]).toEqual([200, '{"cards":[]}']);
}

describe('the record of a patient with HCC', () => {
  it('gets one info card with an id for feedback, and nothing to accept or to override', async () => {
    const { body } = await send(view());
    expect(body.cards).toEqual([
      {
        uuid: expect.stringMatching(/^[0-9a-f-]{36}$/),
        summary: 'HCC: Child-Pugh A5; ECOG 0.',
        detail: expect.stringContaining('- Child-Pugh A5: bilirubin 0.8 mg/dL, albumin 4.2 g/dL, INR 1 (2026-10-30)'),
        indicator: 'info',
        source: { label: expect.any(String), topic: expect.objectContaining({ code: 'HCCOVERVIEW' }) },
      },
    ]);
  });

  it('is the same whatever orders, selections or members a client sends besides', async () => {
    const { text } = await send(view());
    for (const context of [
      { draftOrders: drafts(tace), selections: ['ServiceRequest/zq-tace-1'] },
      { draftOrders: 'x', selections: 7, encounterId: undefined },
      { userId: undefined },
      { userId: { reference: 'Practitioner/1' } },
    ])
      expect((await send(view({}, context))).text).toBe(text);
  });

  it('is read from the server where it was not sent', async () => {
    nock(FHIR_BASE).get('/Condition?patient=zq-patient-4711').reply(200, prefetch.conditions);
    nock(FHIR_BASE)
      .persist()
      .get(/^\/r4\/(?!Condition)/)
      .reply(200, pageOf([]));
    const app = testApp({ fhirAllowedOrigins: ['https://fhir.example.org'] });
    const sent = await send(view({ fhirServer: FHIR_BASE, prefetch: without('conditions') }), app);
    expect(sent.body).toEqual((await send(view())).body);
  });
});

describe('a record that does not concern us', () => {
  it.each<[string, object]>([
    ['without HCC', { conditions: searchset() }],
    ['with HCC only suspected', { conditions: searchset({ ...hcc, ...provisional }) }],
    ['with a liver cancer of unspecified type', { conditions: searchset(condition('c', '93870000', 'Liver cancer')) }],
    ['of a minor', { patient: { ...patient, birthDate: '2012-01-01' } }],
    ['of one who has died', { patient: { ...patient, deceasedBoolean: true } }],
    ['of one whose performance status says so', { assessments: searchset(ecog(5)) }],
  ])('%s gets no card', async (_, more) => {
    expectSilence(await send(view({ prefetch: { ...prefetch, ...more } })));
  });

  it.each(['Patient/zq-patient-4711', 'RelatedPerson/zq-1'])(
    'opened by %s gets no card: it is written for clinicians',
    async (userId) => {
      expectSilence(await send(view({}, { userId })));
    },
  );

  it.each(['Practitioner/1', 'PractitionerRole/1', '1', 'patient'])(
    'opened by %s is a record as any other',
    async (userId) => {
      expect((await send(view({}, { userId }))).body.cards).toHaveLength(1);
    },
  );
});

describe('a record of which nothing was ever recorded but the disease', () => {
  const empty = Object.fromEntries(Object.keys(prefetch).map((key) => [key, searchset()]));

  it('gets no card', async () => {
    expectSilence(await send(view({ prefetch: { ...empty, patient, conditions: searchset(hcc) } })));
  });
});

describe('what could not be read', () => {
  it('is 412 when it is the conditions', async () => {
    const response = await send(view({ prefetch: without('conditions') }));
    expect([response.status, expressions(response)]).toEqual([412, ['prefetch.conditions']]);
  });

  it('is 412 when it is everything', async () => {
    expect((await send(view({ prefetch: {} }))).status).toBe(412);
  });

  it('is said when a line rests on it, and nothing is told in its place', async () => {
    const { body } = await send(view({ prefetch: without('labs', 'procedures') }));
    const [{ detail }] = body.cards;
    expect(detail).toContain('- Could not be checked: laboratory results and procedures.');
    expect(detail).toContain('could not be read: bilirubin, albumin, INR');
    expect(detail).not.toMatch(/Due|TACE,/);
  });

  it('is not said when it could only add: studies, plans, what the service would read itself', async () => {
    const { body } = await send(view({ prefetch: without('studies') }));
    expect(body.cards[0].detail).not.toContain('Could not be checked');
  });
});

describe('a call that cannot be right', () => {
  it('is 400 with the prefetch of another patient', async () => {
    const response = await send(view({ prefetch: { ...prefetch, patient: { ...patient, id: 'other' } } }));
    expect([response.status, expressions(response)]).toEqual([400, ['prefetch.patient']]);
  });

  it.each<[string, object, readonly string[]]>([
    ['without a patient', { patientId: undefined }, ['context.patientId']],
    ['with an empty patient', { patientId: '' }, ['context.patientId']],
  ])('is 400 %s', async (_, context, paths) => {
    const response = await send(view({}, context));
    expect([response.status, expressions(response)]).toEqual([400, paths]);
  });

  it('is 400 when another hook is sent to its address', async () => {
    const body = view({ hook: 'order-sign' }, { draftOrders: drafts(tace) });
    const response = await request(testApp()).post('/cds-services/hcc-patient-view').send(body);
    expectValid(response, body);
    expect([response.status, expressions(response)]).toEqual([400, ['hook']]);
  });
});
