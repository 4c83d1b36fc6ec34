import { found, notAsked, unavailable } from '../../src/fhir/read-result.ts';
import { exactly } from '../../src/kernel/estimate.ts';
import { cpt, daysAgo, factOf, type Loose, procedure, type Reads, said, serviceRequest, snomed } from './records.ts';

const last = (...procedures: readonly Loose[]) => said(factOf('tace-last', { procedures }));
const planned = (reads: Reads) => said(factOf('tace-planned', reads));
const chemotherapy = (days: number) => procedure(cpt('96420'), daysAgo(days), { id: 'chemotherapy' });

describe('the last TACE', () => {
  it('is the newest one that was done', () => {
    expect(last(procedure('TACE', daysAgo(60), { id: 'a' }), procedure('TACE', daysAgo(20), { id: 'b' }))).toBe('20 d');
  });

  it('is recognised by code', () => {
    expect(last(procedure(snomed('441525007'), daysAgo(10)))).toBe('10 d');
  });

  it('is dated by the end of its period', () => {
    expect(last(procedure('TACE', undefined, { performedPeriod: { start: daysAgo(12), end: daysAgo(11) } }))).toBe(
      '11 d',
    );
    expect(last(procedure('TACE', undefined, { performedPeriod: { start: daysAgo(12) } }))).toBe('12 d');
  });

  it.each(['completed', 'in-progress', undefined])('counts when its status is %p', (status) => {
    expect(last(procedure('TACE', daysAgo(5), { status }))).toBe('5 d');
  });

  it.each(['preparation', 'not-done', 'on-hold', 'stopped', 'entered-in-error'])(
    'does not count when it is %s',
    (status) => {
      expect(last(procedure('TACE', daysAgo(5), { status }))).toBe('absent');
    },
  );

  it.each([
    'Post-procedure: no TACE',
    'Radioembolization (TARE)',
    'Portal vein embolization',
    'Splenic artery embolization',
  ])('is not "%s"', (text) => {
    expect(last(procedure(text, daysAgo(5)))).toBe('absent');
  });

  it('of which only the month is known makes a range', () => {
    expect(last(procedure('TACE', '2026-10'))).toBe('[5, 35] d');
  });

  it('without a date was at some time', () => {
    expect(last(procedure('TACE', undefined))).toBe('[0, Infinity] d');
    expect(last(procedure('TACE', undefined, { id: 'a' }), procedure('TACE', daysAgo(100), { id: 'b' }))).toBe(
      '[0, 100] d',
    );
  });

  it('that lies in the future is unusable: it cannot have been done', () => {
    expect(last(procedure('TACE', daysAgo(-3)))).toBe('unusable');
    expect(last(procedure('TACE', daysAgo(-3), { id: 'a' }), procedure('TACE', daysAgo(50), { id: 'b' }))).toBe('50 d');
    expect(last(procedure('TACE', '2026-11-05T20:00:00Z'))).toBe('0 d');
  });

  it('is told by our own words; bland embolisation counts as TACE and is not called so', () => {
    expect(factOf('tace-last', { procedures: [procedure('IR TACE <x>', daysAgo(5))] })).toMatchObject({
      orders: [{ name: 'tace', label: 'TACE' }],
    });
    expect(factOf('tace-last', { procedures: [procedure('Bland embolization of liver', daysAgo(5))] })).toMatchObject({
      orders: [{ name: 'tace', label: 'Embolisation' }],
    });
  });

  it('reads as never where the procedures were read, and is unavailable where they were not', () => {
    expect(factOf('tace-last', {})).toMatchObject({ readsAs: exactly(Number.POSITIVE_INFINITY), unit: 'd' });
    expect(said(factOf('tace-last', { procedures: unavailable('no answer') }))).toBe('unavailable');
    expect(said(factOf('tace-last', { procedures: found([], false) }))).toBe('unavailable');
    expect(said(factOf('tace-last', { 'completed-orders': unavailable('forbidden') }))).toBe('unavailable');
    expect(said(factOf('tace-last', { 'completed-orders': notAsked('no FHIR server given') }))).toBe('absent');
  });

  it('may be newer than what an incomplete answer holds', () => {
    const procedures = found([procedure('TACE', daysAgo(50)) as never], false);
    expect(said(factOf('tace-last', { procedures }))).toBe('[0, 50] d');
  });
});

describe('CPT 37243 in the history', () => {
  it('alone may have been something else: anything from then on', () => {
    expect(last(procedure(cpt('37243'), daysAgo(10)))).toBe('[10, Infinity] d');
  });

  it('after a certain TACE makes a range between the two', () => {
    expect(last(procedure(cpt('37243'), daysAgo(10), { id: 'a' }), procedure('TACE', daysAgo(80), { id: 'b' }))).toBe(
      '[10, 80] d',
    );
  });

  it('before a certain TACE changes nothing', () => {
    expect(last(procedure(cpt('37243'), daysAgo(80), { id: 'a' }), procedure('TACE', daysAgo(10), { id: 'b' }))).toBe(
      '10 d',
    );
  });

  it('is TACE with intra-arterial chemotherapy in the same session, within three days', () => {
    expect(last(procedure(cpt('37243'), daysAgo(10)), chemotherapy(10))).toBe('10 d');
    expect(last(procedure(cpt('37243'), daysAgo(10)), chemotherapy(13))).toBe('10 d');
    expect(last(procedure(cpt('37243'), daysAgo(10)), chemotherapy(14))).toBe('[10, Infinity] d');
  });

  it('is not TACE with radioactive particles in the same session', () => {
    expect(last(procedure(cpt('37243'), daysAgo(10)), procedure(cpt('79445'), daysAgo(10), { id: 'y90' }))).toBe(
      'absent',
    );
  });
});

describe('a planned TACE', () => {
  const order = (changes: Loose) => planned({ orders: [serviceRequest('TACE', changes)] });

  it('is an active order for the next 42 days', () => {
    expect(order({ occurrenceDateTime: daysAgo(0) })).toBe('1');
    expect(order({ occurrenceDateTime: daysAgo(-42) })).toBe('1');
    expect(order({ occurrenceDateTime: daysAgo(-43) })).toBe('absent');
  });

  it('is not an order whose day has passed', () => {
    expect(order({ occurrenceDateTime: daysAgo(1) })).toBe('absent');
  });

  it('may be planned when its period only begins in these days, or only the month is known', () => {
    expect(order({ occurrencePeriod: { start: daysAgo(-20), end: daysAgo(-30) } })).toBe('1');
    expect(order({ occurrencePeriod: { start: daysAgo(-30), end: daysAgo(-50) } })).toBe('[0, 1]');
    expect(order({ occurrencePeriod: { start: daysAgo(-50), end: daysAgo(-60) } })).toBe('absent');
  });

  it('may be planned by a schedule: one of its times is enough', () => {
    const authoredOn = daysAgo(80);
    const at = (...days: readonly number[]) => ({ event: days.map((day) => daysAgo(-day)) });
    expect(order({ authoredOn, occurrenceTiming: at(10) })).toBe('1');
    expect(order({ authoredOn, occurrenceTiming: at(-20, 30, 90) })).toBe('1');
    expect(order({ authoredOn, occurrenceTiming: at(-20, 90) })).toBe('absent');
    const boundsPeriod = { start: daysAgo(-5), end: daysAgo(-30) };
    expect(order({ authoredOn, occurrenceTiming: { repeat: { boundsPeriod } } })).toBe('1');
    expect(order({ authoredOn, occurrenceTiming: { code: { text: 'soon' } } })).toBe('absent');
    expect(order({ occurrenceDateTime: '2026-12' })).toBe('[0, 1]');
  });

  it('without a day counts for 60 days after it was written', () => {
    expect(order({ authoredOn: daysAgo(60) })).toBe('1');
    expect(order({ authoredOn: daysAgo(61) })).toBe('absent');
    expect(order({})).toBe('[0, 1]');
  });

  it('without a day is over when a TACE was done since', () => {
    const orders = [serviceRequest('TACE', { authoredOn: daysAgo(30) })];
    expect(planned({ orders, procedures: [procedure('TACE', daysAgo(20))] })).toBe('absent');
    expect(planned({ orders, procedures: [procedure('TACE', daysAgo(40))] })).toBe('1');
    expect(planned({ orders, procedures: [procedure(cpt('37243'), daysAgo(20))] })).toBe('[0, 1]');
    expect(planned({ orders, procedures: unavailable('no answer') })).toBe('[0, 1]');
  });

  it('with a day stays planned though a TACE was done since: that was the one before', () => {
    const orders = [serviceRequest('TACE', { authoredOn: daysAgo(30), occurrenceDateTime: daysAgo(-10) })];
    expect(planned({ orders, procedures: [procedure('TACE', daysAgo(20))] })).toBe('1');
  });

  it.each(['draft', 'on-hold', 'revoked', 'completed', 'entered-in-error'])('is not an order that is %s', (status) => {
    expect(order({ status, occurrenceDateTime: daysAgo(-5) })).toBe('absent');
  });

  it.each(['proposal', 'option'])('is not a %s', (intent) => {
    expect(order({ intent, occurrenceDateTime: daysAgo(-5) })).toBe('absent');
  });

  it.each(['CT liver s/p TACE', 'MRI liver after TACE', 'Post-TACE laboratory tests'])(
    'is not "%s", which looks back on one',
    (text) => {
      expect(planned({ orders: [serviceRequest(text, { occurrenceDateTime: daysAgo(-28) })] })).toBe('absent');
    },
  );

  it('is not an order of this session', () => {
    const reads = { orders: [serviceRequest('TACE', { id: 'mine', occurrenceDateTime: daysAgo(-5) })] };
    expect(said(factOf('tace-planned', reads, { session: new Set(['ServiceRequest/mine']) }))).toBe('absent');
  });

  it('by CPT 37243 may be something else, unless intra-arterial chemotherapy is ordered with it', () => {
    const embolisation = serviceRequest(cpt('37243'), { id: 'a', occurrenceDateTime: daysAgo(-5) });
    expect(planned({ orders: [embolisation] })).toBe('[0, 1]');
    expect(planned({ orders: [embolisation, serviceRequest(cpt('96420'), { id: 'b' })] })).toBe('1');
  });

  it('is the likeliest of several', () => {
    const orders = [
      serviceRequest('TACE', { id: 'a', occurrenceDateTime: daysAgo(-100) }),
      serviceRequest('TACE', { id: 'b' }),
      serviceRequest('TACE', { id: 'c', occurrenceDateTime: daysAgo(-9) }),
    ];
    expect(factOf('tace-planned', { orders })).toMatchObject({
      value: exactly(1),
      provenance: { source: 'ServiceRequest/c', recorded: daysAgo(-9) },
    });
  });

  it('reads as none where the orders were read, and is unavailable where they were not', () => {
    expect(factOf('tace-planned', {})).toMatchObject({ readsAs: exactly(0) });
    expect(planned({ orders: unavailable('no answer') })).toBe('unavailable');
    expect(planned({ orders: found([], false) })).toBe('unavailable');
    expect(planned({ appointments: unavailable('forbidden') })).toBe('unavailable');
    expect(planned({ appointments: notAsked('no FHIR server given') })).toBe('absent');
  });
});

describe('a booked TACE', () => {
  const appointment = (changes: Loose) =>
    planned({
      appointments: [
        { resourceType: 'Appointment', id: 'p', status: 'booked', start: '2026-11-20T08:00:00Z', ...changes },
      ],
    });

  it.each<[string, Loose]>([
    ['its service', { serviceType: [{ text: 'TACE' }] }],
    ['its service, sent as an object', { serviceType: { text: 'TACE' } }],
    ['its type', { appointmentType: { text: 'IR chemoembolization' } }],
    ['its reason', { reasonCode: [snomed('441525007')] }],
    ['its description', { description: 'TACE, second session' }],
  ])('is recognised by %s', (_name, changes) => {
    expect(appointment(changes)).toBe('1');
  });

  it('counts when it is booked and lies in the next 42 days', () => {
    expect(appointment({ description: 'TACE', start: '2026-12-17T08:00:00Z' })).toBe('1');
    expect(appointment({ description: 'TACE', start: '2026-12-18T13:00:00Z' })).toBe('absent');
    expect(appointment({ description: 'TACE', start: '2026-11-03T08:00:00Z' })).toBe('absent');
  });

  it.each(['proposed', 'pending', 'cancelled', 'noshow', 'fulfilled', 'entered-in-error'])(
    'does not count when it is %s',
    (status) => {
      expect(appointment({ description: 'TACE', status })).toBe('absent');
    },
  );

  it('is not a visit after one', () => {
    expect(appointment({ description: 'Clinic visit after TACE' })).toBe('absent');
    expect(appointment({ description: 'Post-TACE follow-up' })).toBe('absent');
  });
});

describe('paracentesis or TIPS', () => {
  const ever = (...procedures: readonly Loose[]) => said(factOf('paracentesis-or-tips', { procedures }));

  it('was done at some time', () => {
    expect(ever(procedure('Paracentesis, abdominal', daysAgo(900)))).toBe('1');
    expect(ever(procedure('TIPS placement', undefined))).toBe('1');
  });

  it('was not done when it is denied, not done or only similar', () => {
    expect(ever(procedure('No paracentesis', daysAgo(9)))).toBe('absent');
    expect(ever(procedure('Paracentesis', daysAgo(9), { status: 'not-done' }))).toBe('absent');
    expect(ever(procedure('Biopsy, finger tips', daysAgo(9), { status: 'entered-in-error' }))).toBe('absent');
  });
});
