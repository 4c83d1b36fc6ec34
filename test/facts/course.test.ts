import { notAsked, found as read, unavailable } from '../../src/fhir/read-result.ts';
import { cpt, daysAgo, factOf, type Loose, procedure, type Reads, said, serviceRequest, snomed } from './records.ts';

const loinc = (code: string) => ({ coding: [{ system: 'http://loinc.org', code }] });
const tace = (days: number, id = `tace-${days}`) => procedure('TACE', daysAgo(days), { id });

/** A response, assessed so many days ago: by answer code, or by words. */
function response(days: number, answer: string | Loose, changes: Loose = {}): Loose {
  return {
    resourceType: 'Observation',
    id: `response-${days}`,
    status: 'final',
    code: loinc('88040-1'),
    effectiveDateTime: daysAgo(days),
    ...(typeof answer === 'string' ? { valueString: answer } : { valueCodeableConcept: answer }),
    ...changes,
  };
}

const sessions = (reads: Reads) => said(factOf('tace-sessions', reads));
const latest = (reads: Reads) => said(factOf('tace-response', reads));
const without = (reads: Reads) => said(factOf('tace-without-response', reads));
const recorded = (reads: Reads) => said(factOf('tace-response-recorded', reads));
const imaged = (reads: Reads) => said(factOf('tace-imaged', reads));

describe('TACE sessions', () => {
  it('are counted; procedures within three days are one', () => {
    expect(sessions({ procedures: [tace(100), tace(98), tace(20)] })).toBe('2');
    expect(sessions({})).toBe('absent');
  });

  it('may be more than an incomplete answer holds', () => {
    expect(sessions({ procedures: read([tace(20) as never], false) })).toBe('[1, Infinity]');
    expect(sessions({ procedures: unavailable('no answer') })).toBe('unavailable');
  });

  it('are none or one when the only code may mean another embolisation', () => {
    expect(sessions({ procedures: [procedure(cpt('37243'), daysAgo(10))] })).toBe('[0, 1]');
  });
});

describe('TACE without a Procedure', () => {
  const order = (changes: Loose) => serviceRequest('TACE', { status: 'completed', ...changes });
  const last = (reads: Reads) => said(factOf('tace-last', reads));

  it('is known by its completed order', () => {
    expect(last({ 'completed-orders': [order({ occurrenceDateTime: daysAgo(30) })] })).toBe('30 d');
    expect(sessions({ 'completed-orders': [order({ occurrenceDateTime: daysAgo(30) })] })).toBe('1');
  });

  it('was done at some time since the order was written', () => {
    expect(last({ 'completed-orders': [order({ authoredOn: daysAgo(30) })] })).toBe('[0, 30] d');
  });

  it('is not an order that is active, nor one for something not to be done', () => {
    expect(last({ 'completed-orders': [order({ status: 'active', occurrenceDateTime: daysAgo(30) })] })).toBe('absent');
    expect(last({ 'completed-orders': [order({ doNotPerform: true, occurrenceDateTime: daysAgo(30) })] })).toBe(
      'absent',
    );
  });

  it.each([
    [56, '56 d', '2'],
    [57, '60 d', '1'],
    [63, '60 d', '1'],
    [64, '60 d', '2'],
  ])('is another one where the Procedure is more than three days away: order %i days ago', (days, since, count) => {
    const reads = { procedures: [tace(60)], 'completed-orders': [order({ occurrenceDateTime: daysAgo(days) })] };
    expect([last(reads), sessions(reads)]).toEqual([since, count]);
  });

  it('is the newer one beside an old Procedure', () => {
    const reads = { procedures: [tace(700)], 'completed-orders': [order({ occurrenceDateTime: daysAgo(10) })] };
    expect(last(reads)).toBe('10 d');
  });

  it('is a Procedure done since the order was written, where the order has no day', () => {
    const orderOf = (days: number) => ({ 'completed-orders': [order({ authoredOn: daysAgo(days) })] });
    expect(last({ procedures: [tace(60)], ...orderOf(80) })).toBe('60 d');
    expect(last({ procedures: [tace(60)], ...orderOf(30) })).toBe('[0, 30] d');
  });

  it('is another one beside a Procedure without a day', () => {
    const reads = {
      procedures: [procedure('TACE', undefined)],
      'completed-orders': [order({ occurrenceDateTime: daysAgo(10) })],
    };
    expect(last(reads)).toBe('[0, 10] d');
  });
});

describe('the response since the last TACE', () => {
  it.each([
    ['LA28366-5', '1'],
    ['LA28369-9', '2'],
    ['LA28371-5', '3'],
    ['LA28370-7', '4'],
  ])('is read of the answer code %s', (code, grade) => {
    expect(latest({ procedures: [tace(60)], assessments: [response(20, loinc(code))] })).toBe(grade);
  });

  it.each([
    ['268910001', '[1, 2]'],
    ['359746009', '3'],
    ['271299001', '4'],
  ])('is read of the mCODE disease status %s', (code, grade) => {
    const status = response(20, snomed(code), { code: loinc('97509-4') });
    expect(latest({ procedures: [tace(60)], assessments: [status] })).toBe(grade);
  });

  it.each([
    ['CR', '1'],
    ['mRECIST: PR', '2'],
    ['Partial response (target lesions)', '2'],
    ['SD', '3'],
    ['Progressive disease', '4'],
    ['PD, new lesion in segment 2', '4'],
    ['stable disease, no progression', '3'],
    ['not evaluable', 'absent'],
  ])('is read of the text "%s"', (text, grade) => {
    expect(latest({ procedures: [tace(60)], assessments: [response(20, text)] })).toBe(grade);
  });

  it('is recognised by the name of the scale where the code is local', () => {
    const local = response(20, 'PR', { code: { text: 'mRECIST response assessment' } });
    expect(latest({ procedures: [tace(60)], assessments: [local] })).toBe('2');
  });

  it('is not one of before, nor one that is no final result or lies ahead', () => {
    expect(latest({ procedures: [tace(60)], assessments: [response(70, 'PD')] })).toBe('absent');
    expect(latest({ procedures: [tace(60)], assessments: [response(20, 'PD', { status: 'preliminary' })] })).toBe(
      'absent',
    );
    expect(latest({ procedures: [tace(60)], assessments: [response(-5, 'PD')] })).toBe('absent');
  });

  it('is not to be told when the sessions or the assessments are not', () => {
    expect(latest({ procedures: unavailable('no answer'), assessments: [response(20, 'PD')] })).toBe('unavailable');
    expect(latest({ procedures: [tace(60)], assessments: unavailable('no answer') })).toBe('unavailable');
    expect(latest({ procedures: [procedure('TACE', '2026-09')], assessments: [response(20, 'PD')] })).toBe('unusable');
    expect(latest({ assessments: [response(20, 'PD')] })).toBe('absent');
  });
});

describe('TACE in a row without response', () => {
  const procedures = [tace(200), tace(100)];

  it('is counted by courses', () => {
    expect(without({ procedures, assessments: [response(150, 'SD'), response(50, 'PD')] })).toBe('2');
    expect(without({ procedures, assessments: [response(150, 'PD'), response(50, 'PR')] })).toBe('0');
  });

  it('leaves open what was not assessed', () => {
    expect(without({ procedures, assessments: [response(150, 'SD')] })).toBe('[0, 2]');
  });

  it('is none without TACE', () => {
    expect(factOf('tace-without-response', {})).toMatchObject({ state: 'absent', readsAs: { low: 0, high: 0 } });
  });
});

describe('a response recorded since the last TACE', () => {
  it('is any assessment on a later day, also one whose answer cannot be read', () => {
    expect(recorded({ procedures: [tace(60)], assessments: [response(59, 'not evaluable')] })).toBe('1');
    expect(recorded({ procedures: [tace(60)], assessments: [response(60, 'PR')] })).toBe('absent');
  });

  it('may be one when the day of the TACE is not known', () => {
    expect(recorded({ procedures: [procedure('TACE', '2026-09')], assessments: [response(50, 'PR')] })).toBe('[0, 1]');
  });
});

describe('a response of which only the month is known', () => {
  const sessionsOf = {
    procedures: [procedure('TACE', '2026-08-01', { id: 'a' }), procedure('TACE', '2026-09-15', { id: 'b' })],
  };
  const of = (effectiveDateTime: string, answer: string) =>
    response(0, answer, { id: effectiveDateTime, effectiveDateTime });

  it('may belong to the course before or after the session in that month', () => {
    const assessments = [of('2026-08-28', 'SD'), of('2026-09', 'PR'), of('2026-10-20', 'SD')];
    expect(without({ ...sessionsOf, assessments })).toBe('[0, 2]');
  });

  it('leaves open what belongs together where it may part two sessions', () => {
    expect(without({ ...sessionsOf, assessments: [of('2026-09', 'SD'), of('2026-10-20', 'SD')] })).toBe('unusable');
    expect(without({ ...sessionsOf, assessments: [of('2026-09-10', 'SD'), of('2026-10-20', 'SD')] })).toBe('2');
  });

  it('may be the newest one', () => {
    const assessments = [of('2026-08-28', 'SD'), of('2026-09', 'PD'), of('2026-09-20', 'SD')];
    expect(latest({ ...sessionsOf, assessments })).toBe('[3, 4]');
    expect(latest({ ...sessionsOf, assessments: assessments.slice(0, 2) })).toBe('absent');
  });
});

describe('imaging since the last TACE', () => {
  const report = (text: string, days: number, changes: Loose = {}): Loose => ({
    resourceType: 'DiagnosticReport',
    id: 'report',
    status: 'final',
    code: { text },
    effectiveDateTime: daysAgo(days),
    ...changes,
  });
  const reported = (...reports: readonly Loose[]) => imaged({ procedures: [tace(60)], 'imaging-reports': reports });

  it.each([
    'CT abdomen with contrast',
    'MRI liver w/wo contrast',
    'Abdomen MRI',
    'Triphasic CT',
    'CT CHEST ABDOMEN PELVIS W CONTRAST',
    'Computed tomography of liver',
  ])('is a report of "%s"', (text) => {
    expect(reported(report(text, 20))).toBe('1');
  });

  it.each(['CT chest', 'Ultrasound abdomen', 'CT guided liver biopsy', 'MRI brain', 'Complete blood count'])(
    'is no report of "%s"',
    (text) => {
      expect(reported(report(text, 20))).toBe('absent');
    },
  );

  it('counts from the 21st day on: earlier images cannot show a response', () => {
    expect(reported(report('CT abdomen', 39))).toBe('1');
    expect(reported(report('CT abdomen', 40))).toBe('absent');
  });

  it('is an archived study, by its modality and body part or its description', () => {
    const study = (changes: Loose): Loose => ({
      resourceType: 'ImagingStudy',
      id: 'study',
      status: 'available',
      started: daysAgo(20),
      ...changes,
    });
    const archived = (changes: Loose) => imaged({ procedures: [tace(60)], 'imaging-studies': [study(changes)] });
    expect(archived({ modality: [{ code: 'MR' }], description: 'Liver dynamic' })).toBe('1');
    expect(archived({ series: [{ modality: { code: 'CT' }, bodySite: { display: 'Abdomen' } }] })).toBe('1');
    expect(archived({ modality: [{ code: 'US' }], description: 'Liver' })).toBe('absent');
    expect(archived({ modality: [{ code: 'MR' }], description: 'Liver dynamic', status: 'cancelled' })).toBe('absent');
  });

  it('is a procedure that was done', () => {
    expect(imaged({ procedures: [tace(60), procedure('MRI of liver', daysAgo(20), { id: 'mri' })] })).toBe('1');
  });

  it('is not to be told where the reports could not be read, unless something else shows it', () => {
    expect(imaged({ procedures: [tace(60)], 'imaging-reports': unavailable('no answer') })).toBe('unavailable');
    expect(imaged({ procedures: [tace(60)], 'imaging-studies': unavailable('forbidden') })).toBe('unavailable');
    expect(imaged({ procedures: [tace(60)], 'imaging-studies': notAsked('no FHIR server given') })).toBe('absent');
    const study = {
      resourceType: 'ImagingStudy',
      id: 's',
      status: 'available',
      started: daysAgo(20),
      description: 'CT liver',
    };
    expect(
      imaged({ procedures: [tace(60)], 'imaging-reports': unavailable('no answer'), 'imaging-studies': [study] }),
    ).toBe('1');
  });
});

describe('a decision for the combination', () => {
  const plan = (changes: Loose = {}): Loose => ({
    resourceType: 'CarePlan',
    id: 'plan',
    status: 'active',
    intent: 'plan',
    title: 'Tumour board: TACE with atezolizumab + bevacizumab',
    created: daysAgo(30),
    ...changes,
  });
  const agreed = (changes: Loose = {}) => said(factOf('combination-agreed', { 'care-plans': [plan(changes)] }));

  it('is a care plan of a tumour board that names both', () => {
    expect(agreed()).toBe('1');
    expect(agreed({ title: 'MDT decision', description: 'Continue TACE, add durvalumab' })).toBe('1');
    expect(
      agreed({
        title: 'Plan',
        category: [{ text: 'Multidisciplinary team meeting' }],
        activity: [{ detail: { description: 'Lenvatinib alongside TACE' } }],
      }),
    ).toBe('1');
  });

  it.each([
    'Against combining TACE and atezolizumab',
    'TACE now, atezolizumab only if no response',
    'TACE refused, start atezolizumab',
    'TACE with atezolizumab was discussed. Decision: not now',
    'TACE, followed by lenvatinib',
    'Sequential therapy: TACE and then durvalumab',
    'TACE or atezolizumab',
    'TACE. Lenvatinib',
  ])('is not certain where the text may mean something else: %s', (description) => {
    expect(agreed({ title: 'Tumour board', description })).toBe('[0, 1]');
  });

  it.each([
    ['names no board', { title: 'TACE with durvalumab' }],
    ['speaks of no systemic drug', { title: 'Tumour board: TACE' }],
    ['names no TACE', { title: 'Tumour board: durvalumab' }],
    ['denies one of them', { title: 'Tumour board: durvalumab, no TACE' }],
    ['is a draft', { status: 'draft' }],
    ['is a proposal', { intent: 'proposal' }],
    ['was revoked', { status: 'revoked' }],
    ['has no date', { created: undefined }],
    ['lies ahead', { created: daysAgo(-3) }],
  ])('is none that %s', (_name, changes) => {
    expect(agreed(changes)).toBe('absent');
  });

  it('tells which drugs it names, without those that it denies', () => {
    const drugs = (description: string) => {
      const fact = factOf('combination-agreed', { 'care-plans': [plan({ title: 'Tumour board', description })] });
      return fact.state === 'found' ? (fact.orders ?? []).map(({ label }) => label) : fact.state;
    };
    expect(drugs('TACE together with durvalumab or lenvatinib')).toEqual(['durvalumab', 'lenvatinib']);
    expect(drugs('TACE with durvalumab, no bevacizumab')).toEqual(['durvalumab']);
    expect(drugs('TACE together with systemic therapy')).toEqual([]);
  });

  it('counts 90 days', () => {
    expect(agreed({ created: daysAgo(90) })).toBe('1');
    expect(agreed({ created: daysAgo(91) })).toBe('absent');
    expect(agreed({ created: '2026-08' })).toBe('[0, 1]');
    expect(agreed({ created: undefined, period: { start: daysAgo(10) } })).toBe('1');
  });
});
