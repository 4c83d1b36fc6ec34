import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import request from 'supertest';
import { StoreError } from '../../src/store/store-error.ts';
import { testApp } from '../support/app.ts';
import { recordingStore } from '../support/recording-store.ts';
import { definition, expectValid } from '../support/validate-response.ts';
import { expressions } from './requests.ts';

const path = '/cds-services/hcc-order-sign/feedback';
const card = '4e0a3a1e-3283-4575-ab82-028d55fe2719';
const suggestion = 'e56e1945-20b3-4393-8503-a1a20fd73152';
const outcomeTimestamp = '2026-11-05T11:58:00Z';
const accepted = { card, outcome: 'accepted', acceptedSuggestions: [{ id: suggestion }], outcomeTimestamp };
const dismissed = { card, outcome: 'overridden', outcomeTimestamp };
const reason = { system: 'urn:hcc-cds:override-reason', code: 'clinical-trial' };

/** What is kept of these items, sent in one body. */
async function kept(...items: readonly object[]) {
  const { store, rows } = recordingStore();
  const response = await request(testApp({ store, patientHash: (text) => `hash-${text.length}` }))
    .post(path)
    .send({ feedback: items });
  expect([response.status, response.text]).toEqual([200, '{}']);
  return rows();
}

describe('feedback as the standard writes it', () => {
  it.each<[string, object]>([
    ['accepted', accepted],
    ['dismissed without a reason', dismissed],
    ['overridden with a reason', { ...dismissed, overrideReason: { reason } }],
    ['overridden with a comment only', { ...dismissed, overrideReason: { userComment: 'x' } }],
  ])('F1, F3, F4, F8: %s is answered with 200 and an empty object, and kept', async (_, item) => {
    expect(definition('feedback')({ feedback: [item] })).toBe(true);
    const { feedback } = await kept(item);
    expect(feedback).toHaveLength(1);
    expect(feedback[0]).toMatchObject({ card, service: 'hcc-order-sign', outcome_at: '2026-11-05T11:58:00.000Z' });
  });

  it('F3: keeps which suggestions were accepted', async () => {
    const other = randomUUID();
    const rows = await kept({ ...accepted, acceptedSuggestions: [{ id: suggestion }, { id: other }] });
    expect(rows.feedback[0]?.outcome).toBe('accepted');
    expect(rows.accepted.map((row) => row.suggestion).sort()).toEqual([suggestion, other].sort());
  });

  it('keeps the reason as system and code', async () => {
    const { feedback } = await kept({ ...dismissed, overrideReason: { reason: { ...reason, display: 'Zqtrial' } } });
    expect(feedback[0]).toMatchObject({ reason_system: reason.system, reason_code: reason.code, commented: 0 });
  });

  it.each([
    ['1985-04-12T23:20:50.52Z', '1985-04-12T23:20:50.520Z'],
    ['1996-12-19T16:39:57-08:00', '1996-12-20T00:39:57.000Z'],
    ['2026-11-05t11:58:00.123456z', '2026-11-05T11:58:00.123Z'],
    ['2026-11-05 11:58:00+0100', '2026-11-05T10:58:00.000Z'],
    ['2026-11-05T11:58:00', '2026-11-05T11:58:00.000Z'],
    ['2026-11-05T11:58Z', '2026-11-05T11:58:00.000Z'],
  ])('F3: reads the time %s', async (written, read) => {
    const { feedback } = await kept({ ...dismissed, outcomeTimestamp: written });
    expect(feedback[0]?.outcome_at).toBe(read);
  });
});

describe('batches and repeats', () => {
  it('F5: keeps every item of a batch', async () => {
    const items = Array.from({ length: 25 }, () => ({ ...dismissed, card: randomUUID() }));
    expect((await kept(...items)).feedback.map((row) => row.card).sort()).toEqual(items.map((one) => one.card).sort());
  });

  it('F5: takes what is repeated as one event, and answers it like the first time', async () => {
    const { store, rows } = recordingStore();
    const app = testApp({ store });
    for (let round = 0; round < 3; round += 1)
      await request(app)
        .post(path)
        .send({ feedback: [accepted, dismissed, accepted] })
        .expect(200, {});
    expect((await rows()).feedback).toHaveLength(2);
  });

  it('keeps both when a card was accepted and then overridden, as the public sandbox sends it', async () => {
    const later = { ...dismissed, outcomeTimestamp: '2026-11-05T11:58:09Z' };
    expect((await kept(accepted, later)).feedback.map(({ outcome }) => outcome)).toEqual(['accepted', 'overridden']);
  });

  it('takes a batch without items as nothing said', async () => {
    expect((await kept()).feedback).toEqual([]);
  });

  it('F6: keeps feedback on cards it never showed', async () => {
    const { cards, feedback } = await kept(dismissed);
    expect([cards, feedback.map(({ outcome }) => outcome)]).toEqual([[], ['overridden']]);
  });
});

describe('what clients send besides', () => {
  it.each<[string, object, object]>([
    ['Epic: overrideReasons', { overrideReasons: { reason } }, { reason_code: 'clinical-trial', commented: 0 }],
    [
      'Epic: overrideReasons with a comment and extensions',
      {
        overrideReasons: { reason, userComment: 'x', extension: { 'com.epic.cdshooks.feedback.reasonTitle': 'Zq' } },
        extension: { 'com.epic.cdshooks.feedback.overrideReason.reasonCategory': '3' },
      },
      { reason_code: 'clinical-trial', commented: 1 },
    ],
    ['a list of reasons', { overrideReasons: [{ userComment: 'x' }, { reason }] }, { reason_code: 'clinical-trial' }],
    ['no reason in the object', { overrideReason: {} }, { reason_code: null, commented: 0 }],
    ['null', { overrideReason: null, acceptedSuggestions: null }, { reason_code: null }],
    [
      'a reason without system',
      { overrideReason: { reason: { code: 'x' } } },
      { reason_code: 'x', reason_system: null },
    ],
    ['a code as a number', { overrideReason: { reason: { code: 7, system: 'urn:a' } } }, { reason_code: '7' }],
    ['a bare code', { overrideReason: { reason: 'x' } }, { reason_code: 'x' }],
    ['a Coding in the place of the object', { overrideReason: reason }, { reason_code: 'clinical-trial' }],
    [
      'a CodeableConcept',
      { overrideReason: { reason: { coding: [reason], text: 'Zq' } } },
      { reason_code: reason.code },
    ],
    [
      'a reason by its display only',
      { overrideReason: { reason: { display: 'Zq' } } },
      { reason_code: 'without-code' },
    ],
    ['an empty comment', { overrideReason: { userComment: ' ' } }, { reason_code: null, commented: 0 }],
    ['capitals', { outcome: 'Overridden', card: card.toUpperCase() }, { outcome: 'overridden', card }],
    ['urn:uuid', { card: `urn:uuid:${card}` }, { card }],
    ['no time', { outcomeTimestamp: undefined }, { outcome_at: '2026-11-05T12:00:00.000Z' }],
    ['a time that is none', { outcomeTimestamp: 'yesterday' }, { outcome_at: '2026-11-05T12:00:00.000Z' }],
    ['a time as a number', { outcomeTimestamp: 1762343880 }, { outcome_at: '2026-11-05T12:00:00.000Z' }],
    [
      'a date that does not exist',
      { outcomeTimestamp: '2026-13-45T99:00:00Z' },
      { outcome_at: '2026-11-05T12:00:00.000Z' },
    ],
    [
      'unknown members',
      { extension: { a: 1 }, links: [], __proto__: { outcome: 'accepted' } },
      { outcome: 'overridden' },
    ],
    ['suggestions on an overridden card', { acceptedSuggestions: [{ id: suggestion }] }, { outcome: 'overridden' }],
  ])('F11: accepts %s', async (_, more, expected) => {
    const { feedback } = await kept({ ...dismissed, ...more });
    expect(feedback).toEqual([expect.objectContaining(expected)]);
  });

  it.each<[string, unknown, number]>([
    ['none', undefined, 0],
    ['an empty list', [], 0],
    ['one that stands alone', { id: suggestion }, 1],
    ['bare ids', [suggestion], 1],
    ['the same twice', [{ id: suggestion }, { id: suggestion.toUpperCase() }], 1],
    ['ids that are none of ours', [{ id: 'Zqname' }, { id: 7 }, null, {}], 0],
  ])('accepts as suggestions: %s', async (_, acceptedSuggestions, count) => {
    const rows = await kept({ ...accepted, acceptedSuggestions });
    expect([rows.feedback.length, rows.accepted.length]).toEqual([1, count]);
  });

  it('accepts card ids that are no uuid, and keeps a digest of them', async () => {
    const { feedback } = await kept({ ...dismissed, card: 'Zqfamilyname 1951-07-23' });
    expect(feedback[0]?.card).toBe('foreign:hash-23');
  });

  it.each([
    '/cds-services/hcc-order-sign/feedback/',
    '//cds-services//hcc-order-sign/feedback',
    '/cds-services/hcc-order-select/feedback',
  ])('is taken at %s', async (address) => {
    const { store, rows } = recordingStore();
    // A leading // would be taken for a host.
    await request(testApp({ store }))
      .post(`/.${address}`.replace('/./', '/'))
      .send({ feedback: [dismissed] })
      .expect(200);
    expect((await rows()).feedback).toHaveLength(1);
  });

  it('is taken as application/fhir+json with a charset, and read by a browser of any origin', async () => {
    const response = await request(testApp())
      .post(path)
      .set('Origin', 'https://sandbox.cds-hooks.org')
      .type('application/fhir+json; charset=utf-8')
      .send(JSON.stringify({ feedback: [dismissed] }));
    expect([response.status, response.headers['access-control-allow-origin']]).toEqual([200, '*']);
    const preflight = await request(testApp()).options(path).set('Access-Control-Request-Method', 'POST');
    expect(preflight.status).toBe(204);
  });
});

describe('what is no feedback', () => {
  it.each<[string, unknown, readonly string[]]>([
    ['a bare item', dismissed, ['feedback']],
    ['a bare list', [dismissed], []],
    ['an empty object', {}, ['feedback']],
    ['an object in the place of the list', { feedback: dismissed }, ['feedback']],
    ['null', { feedback: null }, ['feedback']],
    ['a string as an item', { feedback: ['x'] }, ['feedback.0']],
    ['null as an item', { feedback: [dismissed, null] }, ['feedback.1']],
    ['no card', { feedback: [{ ...dismissed, card: undefined }] }, ['feedback.0.card']],
    ['an empty card', { feedback: [{ ...dismissed, card: ' ' }] }, ['feedback.0.card']],
    ['a card that is an object', { feedback: [{ ...dismissed, card: {} }] }, ['feedback.0.card']],
    ['a card longer than any id', { feedback: [{ ...dismissed, card: 'x'.repeat(2000) }] }, ['feedback.0.card']],
    ['no outcome', { feedback: [{ ...dismissed, outcome: undefined }] }, ['feedback.0.outcome']],
    ['an outcome that does not exist', { feedback: [{ ...dismissed, outcome: 'ignored' }] }, ['feedback.0.outcome']],
    [
      'several faults',
      { feedback: [{}, dismissed, { card }] },
      ['feedback.0.card', 'feedback.0.outcome', 'feedback.2.outcome'],
    ],
    ['more items than a client gathers', { feedback: Array.from({ length: 1001 }, () => dismissed) }, ['feedback']],
  ])('F2, F10: refuses %s, naming the place, and keeps nothing of it', async (_, body, places) => {
    const { store, rows } = recordingStore();
    const response = await request(testApp({ store }))
      .post(path)
      .send(body as object);
    expectValid(response);
    expect(response.status).toBe(400);
    expect(expressions(response)).toEqual(places);
    expect((await rows()).feedback).toEqual([]);
  });

  it('does not repeat what was sent', async () => {
    const body = { feedback: [{ card, outcome: 'Zqoutcome', overrideReason: { userComment: 'Zqcomment' } }] };
    const response = await request(testApp()).post(path).send(body).expect(400);
    expect(response.text).not.toMatch(/zq/i);
  });

  it.each([
    ['post', '/cds-services/nothing/feedback', 404],
    ['post', '/cds-services/hcc-order-sign/feedback/more', 404],
    ['get', path, 405],
    ['put', path, 405],
  ] as const)('answers %s %s with %i', async (method, address, status) => {
    const response = await request(testApp())
      [method](address)
      .send({ feedback: [dismissed] });
    expectValid(response);
    expect(response.status).toBe(status);
    if (status === 405) expect(response.headers.allow).toBe('POST, OPTIONS');
  });

  it('answers another media type with 415, and what is no JSON with 400', async () => {
    await request(testApp()).post(path).type('text/plain').send('x').expect(415);
    await request(testApp()).post(path).type('json').send('{"feedback": [').expect(400);
  });
});

describe('nothing of the patient', () => {
  const lines: string[] = [];
  const logger = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  const said = {
    card: 'Zqfamilyname',
    outcome: 'overridden',
    outcomeTimestamp: 'Zqtime',
    overrideReason: {
      reason: { code: 'Zq family name', system: 'Zq system', display: 'Zqdisplay' },
      userComment: 'Mr Zqfamilyname refuses',
      extension: { zq: 'Zqextension' },
    },
    acceptedSuggestions: [{ id: 'Zqsuggestion' }],
    extension: { 'com.epic.cdshooks.feedback.overrideReason.reasonTitle': 'Zqtitle' },
  };

  it('F12: reaches the store or the log, whatever a client puts where', async () => {
    const { store, rows } = recordingStore();
    const app = testApp({ store, logger, patientHash: () => 'hash' });
    await request(app)
      .post(path)
      .send({ feedback: [said, { ...said, outcome: 'accepted' }] })
      .expect(200);
    await request(app)
      .post(path)
      .send({ feedback: [{ ...said, outcome: 'Zqoutcome' }], zq: 'Zq' })
      .expect(400);
    const all = await rows();
    const told = all.feedback.map(({ outcome, commented, reason_code }) => [outcome, commented, reason_code]);
    expect(told.sort()).toEqual([
      ['accepted', 1, null],
      ['overridden', 1, 'without-code'],
    ]);
    expect(JSON.stringify(all)).not.toMatch(/zq/i);
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.join('')).not.toMatch(/zq/i);
  });

  it('is needed to say in the log what came', async () => {
    lines.splice(0);
    const { store } = recordingStore();
    await request(testApp({ store, logger }))
      .post(path)
      .send({ feedback: [accepted, dismissed, dismissed] })
      .expect(200);
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({
        msg: 'feedback received',
        service: 'hcc-order-sign',
        events: 3,
        accepted: 1,
        overridden: 2,
        repeated: 1,
        unknown: 3,
        ms: expect.any(Number),
      }),
    ]);
  });
});

describe('when the store cannot be used', () => {
  const lines: string[] = [];
  const logger = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  const failing = (error: Error) => ({
    cardsShown: () => {},
    keepFeedback: () => Promise.reject(error),
    isAvailable: async () => false,
  });

  it('feedback is not acknowledged: 503, and the client may send it again', async () => {
    const response = await request(testApp({ logger, store: failing(new StoreError('ECONNREFUSED')) }))
      .post(path)
      .send({ feedback: [dismissed] });
    expectValid(response);
    expect([response.status, response.headers['retry-after'], response.body.issue[0].code]).toEqual([
      503,
      '30',
      'transient',
    ]);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 40, reason: 'ECONNREFUSED', events: 1 });
  });

  it('a fault of ours is a 500, as everywhere', async () => {
    const response = await request(testApp({ store: failing(new TypeError('Zq')) }))
      .post(path)
      .send({ feedback: [dismissed] });
    expectValid(response);
    expect(response.status).toBe(500);
  });
});
