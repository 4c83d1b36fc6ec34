import type { Response } from 'supertest';
import { testApp } from '../support/app.ts';
import { expectValid } from '../support/validate-response.ts';
import {
  albumin,
  aspirin,
  atezolizumab,
  bilirubin,
  call,
  drafts,
  ecog,
  inr,
  observation,
  prefetch,
  searchset,
  select,
  send,
  tace,
  without,
} from './requests.ts';

/** Liver tests that make every advised TACE a card. */
const ill = { prefetch: { ...prefetch, labs: searchset(bilirubin(6), albumin(4.2), inr(1)) } };
const nothing = '{"cards":[]}';

function expectNothing(response: Response): void {
  expect([response.status, response.text]).toEqual([200, nothing]);
}

describe('without an order that concerns us', () => {
  const prefetches: readonly (readonly [string, object])[] = [
    ['the whole prefetch', {}],
    ['no prefetch', { prefetch: undefined }],
    ['prefetch null', { prefetch: null }],
    ['an OperationOutcome for every key', { prefetch: everyKey({ resourceType: 'OperationOutcome', issue: [] }) }],
    ['null for every key', { prefetch: everyKey(null) }],
    ['text for every key', { prefetch: everyKey('x') }],
    ['a FHIR server that may not be read', { fhirServer: 'https://elsewhere.example/fhir', prefetch: {} }],
    ['another patient in the prefetch', { prefetch: { patient: { resourceType: 'Patient', id: 'other' } } }],
  ];

  it.each(prefetches)('R2: there is no card, with %s', async (_, more) => {
    expectNothing(await send(call(more, { draftOrders: drafts(aspirin) })));
  });

  it.each<[string, unknown]>([
    ['no draftOrders, as on the second click in the public sandbox', undefined],
    ['draftOrders null', null],
    ['an empty object', {}],
    ['a Bundle without entry', { resourceType: 'Bundle' }],
    ['a Bundle of no entries', drafts()],
    ['entries without resource', { resourceType: 'Bundle', entry: [{}, null, 5, { resource: null }] }],
    ['a draft that was cancelled', drafts({ ...tace, status: 'revoked' })],
    ['a medication that was not chosen yet', drafts({ resourceType: 'MedicationRequest', id: 'request-123' })],
    ['an order without code', drafts({ ...tace, code: { coding: [{}] }, reasonCode: [] })],
    ['a TACE for bleeding', drafts({ ...tace, reasonCode: [{ text: 'ruptured HCC, bleeding' }] })],
    ['a kind of order that is none of ours', drafts({ resourceType: 'NutritionOrder', id: '1' })],
  ])('R2: there is no card, with %s', async (_, draftOrders) => {
    expectNothing(await send(call(ill, { draftOrders })));
    expectNothing(await send(select(['ServiceRequest/zq-tace-1'], ill, { draftOrders })));
  });

  it.each(['x', [], 5, true])('%p instead of a Bundle is refused, naming draftOrders', async (draftOrders) => {
    const response = await send(call(ill, { draftOrders }));
    expectValid(response);
    expect([response.status, response.body.issue[0].expression]).toEqual([400, ['context.draftOrders']]);
  });

  it('there is no card when both selections and drafts are missing', async () => {
    expectNothing(await send(call({ hook: 'order-select', ...ill }, { draftOrders: undefined })));
  });

  function everyKey(value: unknown) {
    return Object.fromEntries(Object.keys(prefetch).map((key) => [key, value]));
  }
});

describe('selections', () => {
  it.each([['ServiceRequest/zq-tace-1'], ['zq-tace-1'], ['https://x.example/fhir/ServiceRequest/zq-tace-1']])(
    'match a draft as %s',
    async (selection) => {
      expect((await send(select([selection], ill))).body.cards).toHaveLength(1);
    },
  );

  it('match a draft as a Reference', async () => {
    expect((await send(select([{ reference: 'ServiceRequest/zq-tace-1' }], ill))).body.cards).toHaveLength(1);
  });

  it.each<[string, readonly unknown[]]>([
    ['are empty', []],
    ['match nothing', ['ServiceRequest/other']],
    ['name the right id of another type', ['MedicationRequest/zq-tace-1']],
    ['are nonsense', ['', '#', '/', '\u0000', 5, null]],
  ])('that %s leave every draft as context, without a card', async (_, selections) => {
    expectNothing(await send(select(selections, ill)));
  });

  it('that select something else leave the TACE as context', async () => {
    const body = select(['MedicationRequest/zq-aspirin-1'], ill, { draftOrders: drafts(tace, aspirin) });
    expectNothing(await send(body));
  });

  it('that are missing leave it open which draft is meant, so all are advised on', async () => {
    expect((await send(select(undefined, ill))).body.cards).toHaveLength(1);
  });

  it('use the drafts that are not selected as context', async () => {
    const draftOrders = drafts(tace, atezolizumab);
    const { body } = await send(select(['MedicationRequest/zq-atezolizumab-1'], {}, { draftOrders }));
    expect(body.cards[0]).toMatchObject({ indicator: 'warning', source: { topic: { code: 'HCCSEQUENCE' } } });
    expect(body.cards[0].summary).toBe(
      'TACE with atezolizumab: some regimens delay progression; no proven survival gain, more toxicity. Tumour board agreed?',
    );
  });
});

describe('the two hooks', () => {
  it('say the same, so that a client can recognise a repeated finding', async () => {
    const strip = ({ text }: Response) => text.replaceAll(/"uuid":"[^"]*"/g, '');
    const selected = await send(select(['ServiceRequest/zq-tace-1'], ill));
    expect(strip(selected)).toBe(strip(await send(call(ill))));
  });

  it('advise on orders that are signed again, whatever their status', async () => {
    for (const status of ['draft', 'active', 'on-hold', undefined]) {
      const { body } = await send(call(ill, { draftOrders: drafts({ ...tace, status }) }));
      expect(body.cards).toHaveLength(1);
    }
  });

  it('are silent about a patient without hepatocellular carcinoma, a minor, and the deceased', async () => {
    expectNothing(await send(call({ prefetch: { ...ill.prefetch, conditions: searchset() } })));
    const patients = [{ birthDate: '2012-01-01' }, { deceasedBoolean: true }, { deceasedDateTime: '2026-11-01' }];
    for (const more of patients) {
      const patient = { ...prefetch.patient, ...more };
      expectNothing(await send(call({ prefetch: { ...ill.prefetch, patient } })));
    }
  });

  it('are silent where ECOG 5 or Karnofsky 0 says that the patient has died, and only where it certainly does', async () => {
    const karnofsky = (value: number) => observation('karnofsky', '89243-0', { valueInteger: value });
    const cardsWith = async (...results: readonly object[]) => {
      const assessments = searchset(...results);
      return (await send(call({ prefetch: { ...ill.prefetch, assessments } }))).body.cards.length;
    };
    expect(await cardsWith(ecog(5))).toBe(0);
    expect(await cardsWith(karnofsky(0))).toBe(0);
    expect(await cardsWith(ecog(4))).toBe(1);
    expect(await cardsWith(karnofsky(10))).toBe(1);
    expect(await cardsWith(ecog(5), { ...ecog(1), id: 'zq-observation-ecog-too' })).toBe(1);
    expect(await cardsWith({ ...ecog(5), effectiveDateTime: '2026-01-05' })).toBe(1);
    const unread = { ...without('assessments'), labs: ill.prefetch.labs };
    expect((await send(call({ prefetch: unread }))).body.cards).toHaveLength(1);
  });

  it('K1: give fresh uuids with every answer', async () => {
    const app = testApp();
    const [first, second] = [await send(call(ill), app), await send(call(ill), app)];
    expect(first.body.cards[0].uuid).not.toBe(second.body.cards[0].uuid);
  });

  it('T19 of radioembolisation are none of ours, also while a checkpoint inhibitor is another draft', async () => {
    const tare = { ...tace, code: { text: 'TARE with Y-90 microspheres' } };
    expectNothing(await send(call(ill, { draftOrders: drafts(tare) })));
    const { body } = await send(call({}, { draftOrders: drafts(tare, atezolizumab) }));
    expect(JSON.stringify(body)).not.toContain('tace-with-immunotherapy');
  });

  it('R6: T20 are answered in full again: nothing is remembered between calls, an empty answer would take the card back', async () => {
    const app = testApp();
    const withoutIds = ({ text }: Response) => text.replaceAll(/"uuid":"[^"]*"/g, '');
    const [first, second] = [await send(call(ill), app), await send(call(ill), app)];
    expect(withoutIds(second)).toBe(withoutIds(first));
  });

  it('G9, G11: offer to remove the draft, by one action each', async () => {
    const { body } = await send(call(ill));
    const actions: readonly { readonly type: string; readonly resourceId?: string }[] =
      body.cards[0].suggestions.flatMap((suggestion: { readonly actions: readonly object[] }) => suggestion.actions);
    const removed = actions.filter(({ type }) => type === 'delete').map(({ resourceId }) => resourceId);
    expect(removed).toEqual(['ServiceRequest/zq-tace-1']);
  });
});
