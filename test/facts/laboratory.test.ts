import { found, unavailable } from '../../src/fhir/read-result.ts';
import { asResources, daysAgo, factOf, type Loose, lab, quantity, said } from './records.ts';

const bilirubin = (changes: Loose) => said(factOf('bilirubin', { labs: [lab('1975-2', changes)] }));
const albumin = (changes: Loose) => said(factOf('albumin', { labs: [lab('1751-7', changes)] }));
const inr = (changes: Loose) => said(factOf('inr', { labs: [lab('6301-6', changes)] }));

describe('the unit of a result', () => {
  it.each([
    ['mg/dL', 1.2, '1.2 mg/dL'],
    ['MG/DL', 1.2, '1.2 mg/dL'],
    ['mg/dl', 1.2, '1.2 mg/dL'],
    ['µmol/L, with the micro sign', 34, '34 umol/L', '\u00b5mol/L'],
    ['μmol/L, with the Greek letter', 34, '34 umol/L', '\u03bcmol/L'],
    ['umol/L', 34, '34 umol/L'],
  ])(
    '%s is kept: the tables of the two units are not conversions of each other',
    (unit, value, expected, written = unit) => {
      expect(bilirubin(quantity(value, written))).toBe(expected);
    },
  );

  it.each([
    ['g/dL', 3.5, '3.5 g/dL'],
    ['G/DL', 3.5, '3.5 g/dL'],
    ['gm/dL', 3.5, '3.5 g/dL'],
    ['g/L', 35, '35 g/L'],
    ['G/L', 35, '35 g/L'],
  ])('albumin in %s', (unit, value, expected) => {
    expect(albumin(quantity(value, unit))).toBe(expected);
  });

  it('is converted within one kind of quantity where it is not one of the declared units', () => {
    expect(albumin(quantity(3500, 'mg/dL'))).toBe('3.5 g/dL');
  });

  it('is taken from the code when the unit is not known, and from the unit when the code is not', () => {
    expect(bilirubin(quantity(2, 'milligrams', { code: 'mg/dL' }))).toBe('2 mg/dL');
    expect(bilirubin(quantity(2, 'mg/dL', { code: 'XYZ' }))).toBe('2 mg/dL');
  });

  it('is settled by that of the reference range where none is written', () => {
    const referenceRange = [{ high: { value: 1.2, unit: 'mg/dL' } }];
    expect(bilirubin({ ...quantity(1.9), referenceRange })).toBe('1.9 mg/dL');
    expect(bilirubin({ ...quantity(1.9), referenceRange: referenceRange[0] })).toBe('1.9 mg/dL');
  });

  it('that is missing makes the value unusable: 3.5 could be g/dL or an error', () => {
    expect(albumin(quantity(3.5))).toBe('unusable');
    expect(bilirubin({ ...quantity(2), referenceRange: [{ text: '0.1-1.2' }] })).toBe('unusable');
  });

  it('that is not known, or of another kind of quantity, makes the value unusable', () => {
    expect(bilirubin(quantity(2, 'furlongs'))).toBe('unusable');
    expect(bilirubin(quantity(2, 'g/L{something}/h'))).toBe('unusable');
    expect(albumin(quantity(60, '%'))).toBe('unusable');
  });

  it.each([undefined, '', '{INR}', 'INR', 'ratio', '1'])('of an INR may be %p: it is a pure number', (unit) => {
    expect(inr(quantity(1.2, unit))).toBe('1.2 {INR}');
  });

  it('of an INR may not be seconds: that is a prothrombin time', () => {
    expect(inr(quantity(13, 's'))).toBe('unusable');
  });
});

describe('the value of a result', () => {
  it.each([
    ['<', '[-Infinity, 0.2) mg/dL'],
    ['<=', '[-Infinity, 0.2] mg/dL'],
    ['>', '(0.2, Infinity] mg/dL'],
    ['>=', '[0.2, Infinity] mg/dL'],
  ])('with comparator %s is the half-line it stands for', (comparator, expected) => {
    expect(bilirubin(quantity(0.2, 'mg/dL', { comparator }))).toBe(expected);
  });

  it('with a comparator that says nothing is unusable', () => {
    expect(bilirubin(quantity(0.2, 'mg/dL', { comparator: 'ad' }))).toBe('unusable');
  });

  it.each([
    ['<0.2 mg/dL', '[-Infinity, 0.2) mg/dL'],
    [' < 0.2 mg/dL ', '[-Infinity, 0.2) mg/dL'],
    ['>=20 mg/dL', '[20, Infinity] mg/dL'],
    ['1.4 mg/dL', '1.4 mg/dL'],
    ['1,4 mg/dL', '1.4 mg/dL'],
    ['24 µmol/L', '24 umol/L'],
  ])('may be the text "%s"', (valueString, expected) => {
    expect(bilirubin({ valueString })).toBe(expected);
  });

  it.each(['hemolysed', 'see note', '', '1.2.3 mg/dL', '1 - 2 mg/dL'])(
    'is unusable when it is the text "%s"',
    (valueString) => {
      expect(bilirubin({ valueString })).toBe('unusable');
    },
  );

  it('may be a bare number in one of the extensions of FHIR', () => {
    expect(inr({ valueDecimal: 1.3 })).toBe('1.3 {INR}');
    expect(inr({ valueInteger: 1 })).toBe('1 {INR}');
  });

  it('that is missing is unusable, not passed over for an older one', () => {
    const labs = [
      lab('1975-2', { ...quantity(1, 'mg/dL'), effectiveDateTime: daysAgo(9) }),
      lab('1975-2', { id: 'newer', dataAbsentReason: { text: 'sample lost' } }),
    ];
    expect(said(factOf('bilirubin', { labs }))).toBe('unusable');
  });

  it.each([
    ['albumin 41 g/dL', 'albumin', '1751-7', quantity(41, 'g/dL')],
    ['albumin 4.1 g/L', 'albumin', '1751-7', quantity(4.1, 'g/L')],
    ['bilirubin 0 mg/dL', 'bilirubin', '1975-2', quantity(0, 'mg/dL')],
    ['bilirubin 900 umol/L', 'bilirubin', '1975-2', quantity(900, 'umol/L')],
    ['INR 14', 'inr', '6301-6', quantity(14)],
    ['INR 0.1', 'inr', '6301-6', quantity(0.1)],
    ['a negative INR', 'inr', '6301-6', quantity(-1)],
  ])('%s is not plausible and not used', (_name, id, code, value) => {
    expect(factOf(id, { labs: [lab(code, value)] })).toMatchObject({
      state: 'unusable',
      reason: expect.stringContaining('plausible'),
    });
  });

  it('an INR of 14 is explained: it is a prothrombin time under the wrong code', () => {
    const fact = factOf('inr', { labs: [lab('6301-6', quantity(14))] });
    expect(fact).toMatchObject({ reason: expect.stringContaining('prothrombin time') });
  });

  it('keeps what was written, where it came from and what was done to it', () => {
    const labs = [
      lab('1751-7', {
        id: 'a1',
        effectiveDateTime: '2026-11-04T08:00:00Z',
        ...quantity(3500, 'mg/dL', { comparator: '<' }),
      }),
    ];
    expect(factOf('albumin', { labs })).toMatchObject({
      provenance: {
        source: 'Observation/a1',
        recorded: '2026-11-04T08:00:00Z',
        asRecorded: '<3500 mg/dL',
        steps: [expect.stringContaining('g/dL')],
      },
    });
  });
});

describe('the date of a result', () => {
  const dated = (changes: Loose) => bilirubin({ ...quantity(1, 'mg/dL'), effectiveDateTime: undefined, ...changes });

  it('counts up to and including 30 days', () => {
    expect(dated({ effectiveDateTime: daysAgo(30) })).toBe('1 mg/dL');
    expect(dated({ effectiveDateTime: daysAgo(31) })).toBe('stale');
  });

  it('counts whole days of 24 hours where the time is known', () => {
    expect(dated({ effectiveDateTime: '2026-10-05T12:00:01Z' })).toBe('1 mg/dL');
    expect(dated({ effectiveDateTime: '2026-10-05T11:59:59Z' })).toBe('stale');
  });

  it('may lie at most one day ahead: clocks and zones differ', () => {
    expect(dated({ effectiveDateTime: '2026-11-06T12:00:00Z' })).toBe('1 mg/dL');
    expect(dated({ effectiveDateTime: '2026-11-06T12:00:01Z' })).toBe('unusable');
    expect(dated({ effectiveDateTime: '2026-11-08' })).toBe('unusable');
  });

  it('may be an instant, a period or the date of issue', () => {
    expect(dated({ effectiveInstant: '2026-11-04T08:00:00Z' })).toBe('1 mg/dL');
    expect(dated({ effectivePeriod: { start: daysAgo(2) } })).toBe('1 mg/dL');
    expect(dated({ issued: '2026-11-04T08:00:00Z' })).toBe('1 mg/dL');
  });

  it('that is missing or nonsense makes the result stale: nobody knows how old it is', () => {
    expect(dated({})).toBe('stale');
    expect(dated({ effectiveDateTime: 'last week' })).toBe('stale');
  });

  it('of which only the month is known counts when the whole month is recent enough', () => {
    expect(dated({ effectiveDateTime: '2026-11' })).toBe('1 mg/dL');
    expect(dated({ effectiveDateTime: '2026-10' })).toBe('stale');
    expect(dated({ effectiveDateTime: '2026' })).toBe('stale');
  });

  it('decides which result is used, whatever the order of the answer', () => {
    const older = lab('1975-2', { id: 'a', ...quantity(5, 'mg/dL'), effectiveDateTime: daysAgo(3) });
    const newer = lab('1975-2', { id: 'b', ...quantity(1, 'mg/dL'), effectiveDateTime: daysAgo(2) });
    expect(said(factOf('bilirubin', { labs: [older, newer] }))).toBe('1 mg/dL');
    expect(said(factOf('bilirubin', { labs: [newer, older] }))).toBe('1 mg/dL');
  });

  it('that two results share makes a range of them: nobody knows which is right', () => {
    const at = '2026-11-04T08:00:00Z';
    const results = [
      lab('1975-2', { id: 'a', ...quantity(1.9, 'mg/dL'), effectiveDateTime: at }),
      lab('1975-2', { id: 'b', ...quantity(2.1, 'mg/dL'), effectiveDateTime: at }),
    ];
    expect(said(factOf('bilirubin', { labs: results }))).toBe('[1.9, 2.1] mg/dL');
    expect(said(factOf('bilirubin', { labs: [...results].reverse() }))).toBe('[1.9, 2.1] mg/dL');
  });

  it('that a result shares with one that cannot be used: that is said, whichever of them comes first', () => {
    const [plausible, implausible] = [quantity(4.1, 'g/dL'), quantity(41, 'g/dL')];
    for (const [a, b] of [
      [plausible, implausible],
      [implausible, plausible],
    ]) {
      const labs = [lab('1751-7', { id: 'a', ...a }), lab('1751-7', { id: 'b', ...b })];
      expect(said(factOf('albumin', { labs }))).toBe('unusable');
    }
  });

  it('that two equal results share changes nothing', () => {
    const results = ['a', 'b'].map((id) => lab('1975-2', { id, ...quantity(1.9, 'mg/dL') }));
    expect(said(factOf('bilirubin', { labs: results }))).toBe('1.9 mg/dL');
  });
});

describe('the status of a result', () => {
  it.each(['final', 'amended', 'corrected', undefined])('%p is a result', (status) => {
    expect(bilirubin({ ...quantity(1, 'mg/dL'), status })).toBe('1 mg/dL');
  });

  it.each(['preliminary', 'registered', 'entered-in-error', 'cancelled', 'unknown'])('%s is none', (status) => {
    expect(bilirubin({ ...quantity(1, 'mg/dL'), status })).toBe('absent');
  });
});

describe('which results are of the test', () => {
  const bilirubinOf = (code: unknown) => said(factOf('bilirubin', { labs: [lab(code, quantity(1.9, 'mg/dL'))] }));
  const albuminOf = (code: unknown) => said(factOf('albumin', { labs: [lab(code, quantity(3.5, 'g/dL'))] }));

  it.each(['1975-2', '42719-5', '35194-0', '14631-6'])('bilirubin by LOINC %s, by which unit it comes in', (code) => {
    expect(bilirubinOf(code)).toBe('1.9 mg/dL');
  });

  it('by LOINC under its OID, whatever local codes stand beside it', () => {
    const coding = [
      { system: 'urn:oid:1.2.840.114350.1.13.0.1.7.2.768282', code: '123' },
      { system: 'urn:oid:2.16.840.1.113883.6.1', code: '1975-2' },
    ];
    expect(bilirubinOf({ coding })).toBe('1.9 mg/dL');
  });

  it.each(['Bilirubin', 'Bilirubin, Total', 'TOTAL BILIRUBIN', 'Total bili', 'Bili total'])(
    'by the text "%s"',
    (text) => {
      expect(bilirubinOf({ text })).toBe('1.9 mg/dL');
    },
  );

  it.each([
    'Bilirubin, direct',
    'Conjugated bilirubin',
    'Bilirubin indirect',
    'Unconjugated bilirubin',
    'Bilirubin, urine',
    'Bilirubin neonatal',
    'Transcutaneous bilirubin',
    'Delta bilirubin',
    'Bilirubin, body fluid',
  ])('never "%s"', (text) => {
    expect(bilirubinOf({ text })).toBe('absent');
  });

  it.each([
    'Urine albumin',
    'Microalbumin',
    'Albumin/Creatinine ratio',
    'Prealbumin',
    'Albumin, CSF',
    'Albumin/Globulin ratio',
    'Albumin, body fluid',
  ])('never "%s"', (text) => {
    expect(albuminOf({ text })).toBe('absent');
  });

  it.each([
    ['its usual URI', 'http://loinc.org'],
    ['its URI with https', 'https://loinc.org'],
    ['its URI with a slash', 'http://loinc.org/'],
    ['its OID', 'urn:oid:2.16.840.1.113883.6.1'],
  ])('never by text when a LOINC code, under %s, says that it is something else', (_name, system) => {
    expect(bilirubinOf({ coding: [{ system, code: '1968-7' }], text: 'Bilirubin' })).toBe('absent');
  });

  it('by a component of a panel', () => {
    const panel = lab('24323-8', {
      component: [
        { code: { coding: [{ system: 'http://loinc.org', code: '1751-7' }] }, ...quantity(3.1, 'g/dL') },
        { code: { coding: [{ system: 'http://loinc.org', code: '1975-2' }] }, ...quantity(2.2, 'mg/dL') },
      ],
    });
    expect(said(factOf('bilirubin', { labs: [panel] }))).toBe('2.2 mg/dL');
    expect(said(factOf('albumin', { labs: [panel] }))).toBe('3.1 g/dL');
  });
});

describe('what was not read', () => {
  it('is absent when the record was read and holds nothing', () => {
    expect(factOf('bilirubin', {})).toMatchObject({ state: 'absent' });
    expect(factOf('bilirubin', {})).not.toHaveProperty('readsAs');
  });

  it('is unavailable when the read failed', () => {
    expect(factOf('bilirubin', { labs: unavailable('the server did not answer') })).toEqual({
      state: 'unavailable',
      reason: 'the server did not answer',
    });
  });

  it('is unavailable when the answer is incomplete: the result may be on the page that nobody saw', () => {
    expect(said(factOf('bilirubin', { labs: found([], false) }))).toBe('unavailable');
  });

  it('does not take back what an incomplete answer holds', () => {
    const labs = found(asResources([lab('1975-2', quantity(1, 'mg/dL'))]), false);
    expect(said(factOf('bilirubin', { labs }))).toBe('1 mg/dL');
  });
});
