import { pino } from 'pino';
import request from 'supertest';
import { testApp } from '../support/app.ts';
import {
  atezolizumab,
  bilirubin,
  call,
  condition,
  drafts,
  forHcc,
  hcc,
  patient,
  prefetch,
  searchset,
  select,
  send,
  tace,
  view,
  without,
} from './requests.ts';

const log: string[] = [];
const logger = pino({ level: 'trace' }, { write: (line: string) => void log.push(line) });
const token = 'zq-access-token-99887766';

/** What stands in every record and says nothing of the patient. */
const commonWords = new Set(['true', 'false', 'draft', 'order', 'active', 'final', 'Bundle', 'match', 'phone']);

const tense = condition('tense', '389026000', 'Tense ascites in zqward');
const calls = [
  call(),
  call({ prefetch: { ...prefetch, labs: searchset(bilirubin(6)), conditions: searchset(hcc, tense) } }),
  call({ fhirServer: 'https://zq-elsewhere.example/fhir', fhirAuthorization: { access_token: token } }),
  call({ prefetch: { ...prefetch, patient: { ...patient, id: 'zq-other' } } }),
  call({ prefetch: {} }),
  call({ prefetch: {} }, { draftOrders: drafts({ ...tace, ...forHcc }) }),
  call({}, { draftOrders: drafts(tace, atezolizumab) }),
  select(['ServiceRequest/zq-tace-1']),
  select(['ServiceRequest/zq-nothing']),
  call({ hookInstance: 'Zqfamilyname 1951-07-23' }),
  view(),
  view({ prefetch: without('labs') }),
  view({}, { userId: 'Patient/zq-patient-4711' }),
  call({}, { patientId: undefined }),
  call({ hook: 'order-sign', prefetch: 'Zqfamilyname' }),
];

describe('the log', () => {
  beforeAll(async () => {
    const app = testApp({ logger });
    for (const body of calls) await send(body, app);
    await request(app).post('/cds-services/hcc-order-sign').type('json').send('{"name": "Zqfamilyname"');
    await request(app).post('/cds-services/Zqfamilyname').send(call());
    await request(app).get('/cds-services?patient=zq-patient-4711');
    const failing = testApp({
      logger,
      now: () => {
        throw new Error(JSON.stringify(patient));
      },
    });
    await send(call(), failing);
  });

  it('T8: has one line for each call that was decided', () => {
    expect(log.filter((line) => line.includes('call answered'))).toHaveLength(calls.length - 2);
  });

  it('T8, A3: holds no string of the record, of the orders, of the token', () => {
    const strings = [...new Set(calls.flatMap(stringsIn))].filter((text) => text.length > 3 && !isVocabulary(text));
    expect(strings.length).toBeGreaterThan(40);
    const text = log.join('');
    expect(strings.filter((one) => text.includes(one))).toEqual([]);
    expect(text).not.toMatch(/zq/i);
    expect(text).not.toContain(token);
  });

  it('holds no value, date or unit of the record', () => {
    expect(log.join('')).not.toMatch(/1951|2026-10-|mg\/dL|98765|7654321/);
  });

  it('says which call, which service, which rules and how long', () => {
    const line = log.map((one) => JSON.parse(one)).find(({ cards }) => cards === 1);
    expect(line).toMatchObject({
      service: 'hcc-order-sign',
      hookInstance: '3b1f4a1e-5c0e-4d8e-9d51-0b7d6c3f2a10',
      status: 200,
      orders: ['tace'],
      ms: expect.any(Number),
      fired: expect.arrayContaining([expect.stringMatching(/^[a-z0-9-]+@\d+$/)]),
    });
  });

  it('says of an opened record which reads failed, and nothing of what was told', () => {
    const lines = log.map((one) => JSON.parse(one)).filter(({ service }) => service === 'hcc-patient-view');
    expect(
      lines.map(({ status, cards, unread, dropped, silence }) => [status, cards, unread ?? silence, dropped]),
    ).toEqual([
      [200, 1, [], 0],
      [200, 1, ['labs: no FHIR server given'], 0],
      [200, 0, 'not-for-patients', undefined],
    ]);
    for (const line of lines) {
      const known = [
        'level',
        'time',
        'pid',
        'hostname',
        'service',
        'hookInstance',
        'ms',
        'status',
        'cards',
        'unread',
        'dropped',
        'silence',
      ];
      expect(Object.keys(line).filter((key) => ![...known, 'msg'].includes(key))).toEqual([]);
    }
  });
});

function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

/** Words of the standards, not of the record: types, hooks, systems, the id of the call. */
function isVocabulary(text: string): boolean {
  return (
    commonWords.has(text) ||
    /^(order-(select|sign)|patient-view|[A-Z][a-zA-Z]+Request|OperationOutcome|Patient|Observation|Condition)$/.test(
      text,
    ) ||
    text === '3b1f4a1e-5c0e-4d8e-9d51-0b7d6c3f2a10'
  );
}
