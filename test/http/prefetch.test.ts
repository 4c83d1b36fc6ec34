import type { Response } from 'supertest';
import {
  albumin,
  atezolizumab,
  bilirubin,
  call,
  condition,
  creatinine,
  drafts,
  expressions,
  forHcc,
  hcc,
  inr,
  noAscites,
  noEncephalopathy,
  type PrefetchKey,
  patient,
  prefetch,
  prefetchKeys,
  searchset,
  send,
  tace,
  without,
} from './requests.ts';

const failure = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'exception' }] };
const jaundiced = [bilirubin(6), albumin(4.2), inr(1)];
const tacesForHcc = { draftOrders: drafts({ ...tace, ...forHcc }) };

function expectSilence(response: Response): void {
  expect([response.status, response.text]).toEqual([200, '{"cards":[]}']);
}

function expectCouldNotBeChecked(response: Response, title: string): void {
  expect(response.status).toBe(200);
  expect(response.body.cards).toHaveLength(1);
  const [card] = response.body.cards;
  expect([card.indicator, card.source.topic.code]).toEqual(['info', 'HCCGAPS']);
  expect(card.summary).toMatch(/^Could not be checked: /);
  expect(card.summary).toContain(title);
}

describe('another patient in the prefetch', () => {
  const other = { ...patient, id: 'zq-other' };

  it.each<[string, unknown]>([
    ['patient', other],
    ['patient', searchset(other)],
    ['conditions', searchset(hcc, other)],
    ['item1', other],
  ])('is refused, naming the key %s', async (key, value) => {
    const response = await send(call({ prefetch: { ...prefetch, [key]: value } }));
    expect([response.status, expressions(response)]).toEqual([400, [`prefetch.${key}`]]);
    expect(response.text).not.toMatch(/zq/i);
  });

  it('is refused under every key that holds one', async () => {
    const response = await send(call({ prefetch: { ...prefetch, patient: other, item1: other } }));
    expect(expressions(response)).toEqual(['prefetch.patient', 'prefetch.item1']);
  });

  it('is not seen where there is an extension or a relative of ours only', async () => {
    const relative = { resourceType: 'RelatedPerson', id: 'zq-other', patient: { reference: `Patient/${patient.id}` } };
    expectSilence(await send(call({ prefetch: { ...prefetch, item1: relative } })));
  });

  it.each<[string, PrefetchKey, string, object]>([
    [
      'a laboratory result',
      'labs',
      'laboratory results',
      { ...bilirubin(9), id: 'x', subject: { reference: 'Patient/zq-other' } },
    ],
    ['a result of nobody', 'labs', 'laboratory results', { ...bilirubin(9), id: 'x', subject: undefined }],
    [
      'a diagnosis',
      'conditions',
      'conditions',
      condition('x', '389026000', 'Tense ascites', { subject: { reference: 'Patient/zq-other' } }),
    ],
  ])(
    'does not count: %s is dropped, and what it may have meant could not be checked',
    async (_, key, title, resource) => {
      const { entry } = prefetch[key] as ReturnType<typeof searchset>;
      const prefetched = { ...prefetch, [key]: searchset(resource, ...entry.map((one) => one.resource)) };
      expectCouldNotBeChecked(await send(call({ prefetch: prefetched })), title);
    },
  );

  it('cannot put hepatocellular carcinoma on this patient, nor say that there is none', async () => {
    const foreign = { ...hcc, subject: { reference: 'Patient/zq-other' } };
    const conditions = searchset(foreign);
    const response = await send(call({ prefetch: { ...prefetch, conditions, labs: searchset(bilirubin(9)) } }));
    expect([response.status, expressions(response)]).toEqual([412, ['prefetch.conditions']]);
  });

  it('is ours when the reference is absolute, a urn, or of a version', async () => {
    const id = '9b2f0f6a-6a0e-4a39-b7a5-6f6d1c1f2a10';
    const references = [`https://ehr.example/fhir/Patient/${id}`, `urn:uuid:${id}`, `Patient/${id}/_history/3`, id];
    for (const reference of references) {
      const subject = { subject: { reference } };
      const body = call(
        {
          prefetch: {
            conditions: searchset({ ...hcc, ...subject }),
            labs: searchset(...jaundiced.map((one) => ({ ...one, ...subject }))),
          },
        },
        { patientId: id, draftOrders: drafts({ ...tace, ...subject }) },
      );
      expect((await send(body)).body.cards).toHaveLength(1);
    }
  });
});

describe('conditions that could not be read', () => {
  it.each<[string, object]>([
    ['the key was not sent', {}],
    ['an OperationOutcome', { conditions: failure }],
    ['a Bundle with an error for an entry', { conditions: searchset(failure) }],
    ['something that is no resource', { conditions: 'x' }],
    ['an object that is no resource', { conditions: {} }],
    ['an answer 403 of the 2018 drafts', { conditions: { response: { status: '403 Forbidden' } } }],
  ])('Q4, Q7, R4: make it 412, naming the key: %s', async (_, more) => {
    const response = await send(call({ prefetch: { ...without('conditions'), ...more } }));
    expect([response.status, expressions(response)]).toEqual([412, ['prefetch.conditions']]);
  });

  it('are not missed when the order says that it is for hepatocellular carcinoma', async () => {
    const labs = searchset(...jaundiced);
    const response = await send(call({ prefetch: { ...without('conditions'), labs } }, tacesForHcc));
    expect(response.status).toBe(200);
    expect(response.body.cards).toHaveLength(1);
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['an empty Bundle', searchset()],
    ['a Bundle without entry', { resourceType: 'Bundle', type: 'searchset', total: 0 }],
  ])('Q4, Q8: are not those that hold nothing: %s means that there are none', async (_, conditions) => {
    expectSilence(await send(call({ prefetch: { ...prefetch, conditions } })));
  });

  it("Q5: are not those of Epic's empty search, which holds an OperationOutcome", async () => {
    const outcome = {
      resourceType: 'OperationOutcome',
      issue: [{ severity: 'warning', code: 'not-found', details: { coding: [{ system: 'urn:oid:1', code: '4101' }] } }],
    };
    const conditions = {
      resourceType: 'Bundle',
      type: 'searchset',
      total: 0,
      entry: [{ resource: outcome, search: { mode: 'outcome' } }],
    };
    expectSilence(await send(call({ prefetch: { ...prefetch, conditions } })));
  });
});

describe('a record of which nothing could be read', () => {
  const keysOf = async (more: object) => {
    const response = await send(call(more, tacesForHcc));
    expect(response.status).toBe(412);
    return expressions(response);
  };

  it.each<[string, object]>([
    ['without prefetch', { prefetch: undefined }],
    ['with an empty prefetch', { prefetch: {} }],
    ['with errors only', { prefetch: Object.fromEntries(prefetchKeys.map((key) => [key, failure])) }],
    ['with a server that may not be read', { prefetch: {}, fhirServer: 'https://elsewhere.example/fhir' }],
  ])('is 412 even when the reason of the order is known, %s', async (_, more) => {
    const laboratory = ['labs', 'labs-history', 'serology'];
    const needed = ['conditions', ...laboratory, 'assessments', 'medications', 'procedures', 'orders'];
    expect(await keysOf(more)).toEqual(needed.map((key) => `prefetch.${key}`));
  });

  it('is 412 although the Patient was read, since no rule reads anything of it', async () => {
    expect(await keysOf({ prefetch: { patient } })).toEqual(
      expect.arrayContaining(['prefetch.conditions', 'prefetch.labs']),
    );
  });
});

describe('Bundles whose next page cannot be read', () => {
  const cut = (...resources: readonly object[]) => ({
    ...searchset(...resources),
    link: [{ relation: 'next', url: 'https://elsewhere.example/fhir?page=2' }],
  });

  it('Q6: still tell what was found, so they are not a record of which nothing could be read', async () => {
    const cutOff = { conditions: cut(hcc), labs: cut(...jaundiced), assessments: cut(), medications: cut() };
    const response = await send(call({ prefetch: cutOff }));
    expect(response.status).toBe(200);
    expect(response.body.cards[0].summary).toContain('Bilirubin 6 mg/dL');
  });

  it('leave it open whether there is hepatocellular carcinoma when the first page does not have it: 412', async () => {
    const conditions = cut(condition('other', '38341003', 'Hypertension'));
    const response = await send(call({ prefetch: { ...prefetch, conditions, labs: searchset(...jaundiced) } }));
    expect([response.status, expressions(response)]).toEqual([412, ['prefetch.conditions']]);
  });
});

describe('one key that was not sent', () => {
  it.each(prefetchKeys)('P11, P13: is never a fault: %s', async (key) => {
    expect((await send(call({ prefetch: without(key) }))).status).toBeLessThan(500);
  });

  it.each(['patient', 'orders', 'studies'] as const)(
    'is not told when it could change nothing of a TACE: %s',
    async (key) => {
      expectSilence(await send(call({ prefetch: without(key) })));
    },
  );

  it.each<[PrefetchKey, string]>([
    ['labs', 'laboratory results'],
    ['assessments', 'performance status'],
    ['medications', 'medication orders'],
    ['procedures', 'procedures'],
  ])('Q5: is told in an info card when it could: %s', async (key, title) => {
    expectCouldNotBeChecked(await send(call({ prefetch: without(key) })), title);
    expectCouldNotBeChecked(await send(call({ prefetch: { ...prefetch, [key]: failure } })), title);
  });

  it.each(['procedures', 'orders'] as const)('is told of a drug that TACE may overlap with: %s', async (key) => {
    const response = await send(call({ prefetch: without(key) }, { draftOrders: drafts(atezolizumab) }));
    expectCouldNotBeChecked(response, key === 'orders' ? 'active orders' : 'procedures');
  });

  it('is one of several, and the summary still is a whole sentence', async () => {
    const body = call({ prefetch: without('conditions', 'labs', 'assessments', 'medications') }, tacesForHcc);
    expectCouldNotBeChecked(await send(body), 'conditions');
  });

  it('is a line in the detail when there is a card anyway', async () => {
    const labs = searchset(bilirubin(6), albumin(2), inr(3));
    const { body } = await send(call({ prefetch: { ...without('medications'), labs } }));
    expect(body.cards).toHaveLength(1);
    // Not critical: whether the INR is that of an anticoagulant is what could not be checked.
    expect(body.cards[0].indicator).toBe('warning');
    expect(body.cards[0].detail).toMatch(/Could not be checked: .*medication orders/);
  });

  it('is not told when it was sent and holds nothing', async () => {
    for (const value of [null, searchset()]) {
      const { body } = await send(
        call({ prefetch: { ...prefetch, medications: value, procedures: value, orders: value } }),
      );
      expect(body.cards).toEqual([]);
    }
  });
});

describe('laboratory results that are not there', () => {
  it.each<[string, unknown]>([
    ['null', null],
    ['an empty Bundle', searchset()],
  ])('Q8: are asked for, since the record was read: %s', async (_, labs) => {
    const { status, body } = await send(call({ prefetch: { ...prefetch, labs } }));
    expect(status).toBe(200);
    expect(body.cards).toHaveLength(1);
    expect(body.cards[0].summary).toBe(
      'Bilirubin, albumin, INR and creatinine: no valid result within 30 days; Child-Pugh A5 to C11 until known. Order before TACE?',
    );
    expect(body.cards[0].suggestions).toHaveLength(4);
  });

  it('are not asked for when their answer could be incomplete, which proves no absence', async () => {
    const labs = {
      ...searchset(albumin(4.2), inr(1), creatinine(0.9)),
      link: [{ relation: 'next', url: 'https://elsewhere.example/2' }],
    };
    const response = await send(call({ prefetch: { ...prefetch, labs } }));
    expectCouldNotBeChecked(response, 'laboratory results');
  });
});

describe('bedside findings that are not recorded', () => {
  const conditions = searchset(hcc);

  it('are not asked for when the liver tests are well', async () => {
    expectSilence(await send(call({ prefetch: { ...prefetch, conditions } })));
  });

  it('are asked for when the liver tests give a reason', async () => {
    const labs = searchset(bilirubin(0.8), albumin(3.2), inr(1), creatinine(0.9));
    const { body } = await send(call({ prefetch: { ...prefetch, conditions, labs } }));
    expect(body.cards).toHaveLength(1);
    expect(body.cards[0].suggestions).toBeUndefined();
    expect(body.cards[0].summary).toMatch(
      /^Liver tests allow Child-Pugh B or worse: ascites and encephalopathy (are )?not recorded\. Please confirm before TACE\.$/,
    );
  });

  it('do not soften what is critical whatever they are', async () => {
    const labs = searchset(bilirubin(5), albumin(2), inr(3));
    const { body } = await send(call({ prefetch: { ...prefetch, conditions, labs } }));
    expect(body.cards[0]).toMatchObject({ indicator: 'critical' });
    expect(body.cards[0].summary).toContain('Child-Pugh');
  });

  it('count as absent when they are refuted', async () => {
    const labs = searchset(bilirubin(0.8), albumin(3.2), inr(1), creatinine(0.9));
    const known = searchset(hcc, noAscites, noEncephalopathy);
    expectSilence(await send(call({ prefetch: { ...prefetch, conditions: known, labs } })));
  });
});
