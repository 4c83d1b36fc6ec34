import request from 'supertest';
import {
  atezolizumab,
  call,
  drafts,
  hcc,
  observation,
  patientId,
  prefetch,
  searchset,
  select,
  send,
  tace,
} from '../http/requests.ts';
import { testApp } from '../support/app.ts';
import { expectValid } from '../support/validate-response.ts';

/** Bodies made to harm. Each is answered, as a call or as a bad request, and nothing of it stays behind. */

const about = { subject: { reference: `Patient/${patientId}` } };
const app = testApp();

/** An order whose drug is a Medication that it contains. */
function containing(id: string) {
  const contained = [{ resourceType: 'Medication', id, code: { text: 'atezolizumab' } }];
  return {
    resourceType: 'MedicationRequest',
    id: 'holder',
    intent: 'order',
    contained,
    medicationReference: { reference: '#m' },
    ...about,
  };
}

async function sendText(text: string) {
  const response = await request(app).post('/cds-services/hcc-order-sign').type('json').send(text);
  expectValid(response, JSON.parse(text));
  return response;
}

/**
 * JSON text in which `"@"` stands for something nested so deep that no function may call itself along it, and what a
 * body may be nested.
 */
const levels = { 'without end': 100_000, 'as deep as is read': 160 };
const nested: readonly (readonly [what: string, text: string])[] = Object.entries(levels).flatMap(([how, deep]) => {
  const wound = (open: string, close: string, inner = '', each = 1) =>
    `${open.repeat(deep / each)}${inner}${close.repeat(deep / each)}`;
  const kinds: Readonly<Record<string, string>> = {
    arrays: wound('[', ']'),
    objects: wound('{"a":', '}', '1'),
    Bundles: wound('{"resourceType":"Bundle","entry":[{"resource":', '}]}', 'null', 4),
    extensions: wound('{"url":"x","extension":[', ']}', '', 4),
    'contained resources': wound('{"resourceType":"Medication","id":"m","contained":[', ']}', '', 4),
  };
  return Object.entries(kinds).map(([kind, text]) => [`${kind} ${how}`, text] as const);
});

const places: readonly (readonly [string, object])[] = [
  ['the body', { ...call(), more: '@' }],
  ['the context', call({}, { more: '@' })],
  ['the selections', { ...select('@'), hook: 'order-sign' }],
  ['the drafts', call({}, { draftOrders: '@' })],
  ['an entry of the drafts', call({}, { draftOrders: { resourceType: 'Bundle', entry: ['@'] } })],
  [
    'a draft',
    call({}, { draftOrders: drafts({ ...tace, code: '@', reasonCode: '@', extension: '@', contained: '@' }) }),
  ],
  ['the drug of a draft', call({}, { draftOrders: drafts({ ...atezolizumab, medicationCodeableConcept: '@' }) })],
  ['a key of the prefetch', call({ prefetch: { ...prefetch, conditions: '@' } })],
  [
    'a Bundle of the prefetch',
    call({ prefetch: { ...prefetch, labs: { resourceType: 'Bundle', entry: '@', link: '@' } } }),
  ],
  [
    'a Condition',
    call({ prefetch: { ...prefetch, conditions: searchset({ ...hcc, code: '@', stage: '@', note: '@' }) } }),
  ],
  [
    'an Observation',
    call({
      prefetch: {
        ...prefetch,
        labs: searchset(observation('x', '1975-2', { valueQuantity: '@', component: '@', referenceRange: '@' })),
      },
    }),
  ],
  [
    'a subject',
    call({
      prefetch: {
        ...prefetch,
        procedures: searchset({ resourceType: 'Procedure', id: 'p', subject: '@', performer: '@' }),
      },
    }),
  ],
  [
    'the id of a result',
    call({
      prefetch: {
        ...prefetch,
        labs: searchset({ ...observation('x', '1975-2', {}), id: '@', valueQuantity: { value: 6, unit: 'mg/dL' } }),
      },
    }),
  ],
  [
    'the id of what an order or a draft contains',
    call(
      { prefetch: { ...prefetch, medications: searchset({ ...containing('@'), status: 'active' }) } },
      { draftOrders: drafts(tace, containing('@')) },
    ),
  ],
  [
    'the authorisation',
    call({ fhirServer: 'http://127.0.0.1:9', fhirAuthorization: { access_token: 'x', scope: '@' } }),
  ],
];

describe('JSON that is nested', () => {
  it.each(places.flatMap(([place, body]) => nested.map(([what, text]) => [what, place, body, text] as const)))(
    'is survived: %s in %s',
    async (_, __, body, text) => {
      const response = await sendText(JSON.stringify(body).replaceAll('"@"', () => text));
      expect([200, 400, 412]).toContain(response.status);
    },
  );
});

it.each(nested)('feedback with %s in every place is survived', async (what, text) => {
  const card = '4e0a3a1e-3283-4575-ab82-028d55fe2719';
  const all = {
    outcomeTimestamp: '@',
    acceptedSuggestions: ['@', { id: '@' }],
    overrideReason: { reason: '@', userComment: '@' },
  };
  const items = [
    { ...all, card, outcome: 'accepted' },
    { ...all, card, outcome: 'overridden' },
    { ...all, card: '@', outcome: '@' },
  ];
  for (const item of items) {
    const body = JSON.stringify({ feedback: [item] }).replaceAll('"@"', () => text);
    const response = await request(app).post('/cds-services/hcc-order-sign/feedback').type('json').send(body);
    expect(response.status).toBe(item.card === card && !what.endsWith('without end') ? 200 : 400);
  }
});

describe('keys that reach for the prototype', () => {
  const poison = '{"zqPolluted":true,"status":"active","resourceType":"Condition","toString":"x"}';
  const keys = [
    `"__proto__":${poison}`,
    `"constructor":{"prototype":${poison}}`,
    `"prototype":${poison}`,
    `"hasOwnProperty":${poison}`,
  ];

  it.each(keys)('change nothing: %s', async (key) => {
    const text = JSON.stringify(call());
    const everywhere = text.replace(/\{(?=")/g, `{${key},`);
    expect(everywhere.split('zqPolluted').length).toBeGreaterThan(40);
    const response = await sendText(everywhere);
    expect([200, 400, 412]).toContain(response.status);
    expect(({} as Record<string, unknown>).zqPolluted).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect((await send(call(), app)).text).toBe('{"cards":[]}');
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'are no keys of the prefetch, and no codes, systems or ids: %s',
    async (word) => {
      const coding = [{ system: word, code: word, display: word }];
      const odd = { ...hcc, id: word, code: { coding, text: word }, clinicalStatus: { coding }, severity: { coding } };
      const result = observation('odd', word, { valueQuantity: { value: 1, unit: word, system: word, code: word } });
      const body = call(
        { prefetch: { ...prefetch, [word]: searchset(hcc), conditions: searchset(hcc, odd), labs: searchset(result) } },
        { draftOrders: drafts(tace, { ...atezolizumab, id: word, medicationCodeableConcept: { coding, text: word } }) },
      );
      expect((await send(body, app)).status).toBe(200);
    },
  );

  it('does not take an inherited property for a prefetch key that was sent', async () => {
    const { conditions: _, ...sent } = prefetch;
    const text = JSON.stringify(call({ prefetch: sent })).replace(
      '"prefetch":{',
      `"prefetch":{"__proto__":{"conditions":${JSON.stringify(prefetch.conditions)}},`,
    );
    expect((await sendText(text)).status).toBe(412);
  });
});

describe('thousands of orders', () => {
  const many = (count: number, order: object) => Array.from({ length: count }, (_, id) => ({ ...order, id: `d${id}` }));

  it.each([
    ['of ours', tace],
    ['of drugs', atezolizumab],
    ['of nobody', { resourceType: 'NutritionOrder', status: 'draft' }],
  ])('are refused above 1000: %s', async (_, order) => {
    expect((await send(call({}, { draftOrders: drafts(...many(1001, order)) }), app)).status).toBe(400);
    const response = await send(call({}, { draftOrders: drafts(...many(1000, order)) }), app);
    expect(response.status).toBe(200);
    expect(response.body.cards.length).toBeLessThanOrEqual(3);
  });

  it('may be selected up to 1000 times', async () => {
    const selections = Array.from({ length: 1000 }, (_, id) => `ServiceRequest/d${id}`);
    const draftOrders = drafts(...many(1000, tace));
    expect((await send(select(selections, {}, { draftOrders }), app)).status).toBe(200);
    expect((await send(select([...selections, 'x'], {}, { draftOrders }), app)).status).toBe(400);
  });
});

describe('text that would keep a pattern busy', () => {
  const length = 100_000;
  const texts: readonly (readonly [string, string])[] = [
    ['one letter', 'a'.repeat(length)],
    ['blanks', ' '.repeat(length)],
    ['brackets', '('.repeat(length)],
    ['brackets of a tag', '(HCC '.repeat(length / 5)],
    ['opened and closed', '(CMS/HCC)'.repeat(length / 9)],
    ['the beginning of a name', 'trans arterial chemo '.repeat(length / 21)],
    ['a name over and over', 'atezolizumab bevacizumab TACE HCC '.repeat(length / 34)],
    ['negations', 'no evidence of '.repeat(length / 15)],
    ['digits', '1'.repeat(length)],
    ['a number that never ends', `<${'1.'.repeat(length / 2)}`],
    ['grades', 'grade 1-2, '.repeat(length / 11)],
    ['commas', ','.repeat(length)],
    ['line breaks', '\n\r'.repeat(length / 2)],
    ['backslashes', '\\'.repeat(length)],
    ['letters with many marks', `e${'\u0301'.repeat(length)}`],
    ['letters that fold to several', 'ﬃ'.repeat(length)],
    ['halves of characters', '\ud83d'.repeat(length / 10)],
  ];

  it.each(texts)('is read in the time of its length: %s', async (_, text) => {
    const concept = { coding: [{ system: 'http://loinc.org', code: text, display: text }], text };
    const quantity = { value: 1, comparator: text, unit: text, code: text, system: 'http://unitsofmeasure.org' };
    const body = call(
      {
        prefetch: {
          ...prefetch,
          conditions: searchset(hcc, { ...hcc, id: 'long', code: concept, recordedDate: text, note: [{ text }] }),
          labs: searchset(
            observation('long', '1975-2', { valueQuantity: quantity, effectiveDateTime: text }),
            observation('text', '1975-2', { valueString: text }),
          ),
          assessments: searchset(observation('ecog', '89247-1', { valueString: text })),
          procedures: searchset({
            resourceType: 'Procedure',
            id: 'long',
            status: 'completed',
            code: concept,
            ...about,
          }),
        },
      },
      {
        draftOrders: drafts(
          { ...tace, reasonCode: [concept], note: [{ text }] },
          { ...tace, id: 'long', code: concept },
          { ...atezolizumab, id: 'drug', medicationCodeableConcept: concept },
        ),
      },
    );
    const started = performance.now();
    expect((await send(body, app)).status).toBe(200);
    expect(performance.now() - started).toBeLessThan(10_000); // It tells a hang from an answer, no more.
  });

  it('is read up to a limit of all its words: what lies beyond was not read', async () => {
    const long = 'TACE of the liver, portal vein thrombosis, '.repeat(100);
    const some = (count: number, code: object) =>
      Array.from({ length: count }, (_, id) => ({ ...hcc, id: `c${id}`, code }));
    const answerTo = async (conditions: readonly object[]) => {
      const body = call({ prefetch: { ...prefetch, conditions: searchset(...conditions) } });
      const started = performance.now();
      const response = await send(body, app);
      expect(performance.now() - started).toBeLessThan(10_000);
      return [response.status, response.text.includes('ould not be checked: conditions')];
    };
    expect(await answerTo([hcc, ...some(1900, { text: 'Hypertension, controlled, seen at the ward round' })])).toEqual([
      200,
      false,
    ]);
    expect(await answerTo([hcc, ...some(1900, { text: long })])).toEqual([200, true]);
    expect((await answerTo([...some(1900, { text: 'nothing at all '.repeat(200) }), hcc]))[0]).toBe(412);
  });

  it.each(['a', '/', 'Patient/', '%', '\u0000'])('is no id, or a long one: %p over and over', async (text) => {
    const response = await send(call({}, { patientId: text.repeat(500) }), app);
    expect([200, 400, 412]).toContain(response.status);
  });
});
