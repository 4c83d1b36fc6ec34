import { found } from '../../src/fhir/read-result.ts';
import { asResources, daysAgo, factOf, type Loose, medicationRequest, said } from './records.ts';

const dose = (...medications: readonly Loose[]) => said(factOf('prednisolone-dose', { medications }));
const order = (
  dosage: Loose | readonly Loose[] | undefined,
  drug: string | Loose = 'prednisone',
  changes: Loose = {},
) => medicationRequest(drug, daysAgo(20), { ...(dosage !== undefined && { dosageInstruction: dosage }), ...changes });
const mg = (value: number, unit = 'mg') => ({ doseAndRate: [{ doseQuantity: { value, unit } }] });
const every = (period: number, periodUnit: string, frequency = 1, more: Loose = {}) => ({
  timing: { repeat: { frequency, period, periodUnit, ...more } },
});
const daily = every(1, 'd');

describe('how much of a drug is taken in a day', () => {
  it.each([
    ['once a day', { ...mg(15), ...daily }, '15 mg/d'],
    ['twice a day', { ...mg(5), ...every(1, 'd', 2) }, '10 mg/d'],
    ['every 12 hours', { ...mg(5), ...every(12, 'h') }, '10 mg/d'],
    ['every other day', { ...mg(20), ...every(2, 'd') }, '10 mg/d'],
    ['once a week', { ...mg(70), ...every(1, 'wk') }, '10 mg/d'],
    ['by abbreviation', { ...mg(5), timing: { code: { coding: [{ code: 'BID' }] } } }, '10 mg/d'],
    ['in grams', { ...mg(0.02, 'g'), ...daily }, '20 mg/d'],
    ['once or twice', { ...mg(10), ...every(1, 'd', 1, { frequencyMax: 2 }) }, '[10, 20] mg/d'],
    [
      'of a range',
      { doseAndRate: [{ doseRange: { low: { value: 5, unit: 'mg' }, high: { value: 10, unit: 'mg' } } }], ...daily },
      '[5, 10] mg/d',
    ],
    ['as needed', { ...mg(20), ...daily, asNeededBoolean: true }, '[0, 20] mg/d'],
  ])('%s', (_, dosage, expected) => {
    expect(dose(order([dosage]))).toBe(expected);
    expect(dose(order(dosage))).toBe(expected);
  });

  it.each([
    ['free text', { text: '15 mg by mouth once a day' }],
    ['tablets', { ...mg(3, 'tablet'), ...daily }],
    ['no timing', mg(15)],
    ['no dose', daily],
    ['nothing at all', undefined],
  ])('is open where it is not structured: %s', (_, dosage) => {
    expect(dose(order(dosage))).toBe('[0, Infinity] mg/d');
  });

  it('adds up what is taken at different times, and takes any step of a taper', () => {
    expect(
      dose(
        order([
          { ...mg(10), ...daily },
          { ...mg(5), ...daily },
        ]),
      ),
    ).toBe('15 mg/d');
    const taper = [40, 20, 10].map((value, index) => ({ sequence: index + 1, ...mg(value), ...daily }));
    expect(dose(order(taper))).toBe('[10, 40] mg/d');
  });

  it.each([
    ['of five days, ordered 20 days ago', { boundsDuration: { value: 5, code: 'd' } }, '[0, 15] mg/d'],
    ['of four weeks, ordered 20 days ago', { boundsDuration: { value: 4, code: 'wk' } }, '15 mg/d'],
    ['of five to ten days', { boundsRange: { low: { value: 5 }, high: { value: 10, code: 'd' } } }, '[0, 15] mg/d'],
    ['of a time that nobody can read', { boundsDuration: { value: 5, unit: 'moons' } }, '[0, 15] mg/d'],
    ['of ten doses', { count: 10 }, '[0, Infinity] mg/d'],
    ['on two days of the week', { dayOfWeek: ['mon', 'thu'] }, '[0, Infinity] mg/d'],
  ])('knows that a course may be over: %s', (_, more, expected) => {
    expect(dose(order([{ ...mg(15), ...every(1, 'd', 1, more) }]))).toBe(expected);
  });

  it('leaves out what is over or has not begun', () => {
    const over = { ...mg(40), timing: { repeat: { ...daily.timing.repeat, boundsPeriod: { end: daysAgo(5) } } } };
    const later = { ...mg(40), timing: { repeat: { ...daily.timing.repeat, boundsPeriod: { start: daysAgo(-5) } } } };
    expect(dose(order([over, { ...mg(5), ...daily }]))).toBe('5 mg/d');
    expect(dose(order([later]))).toBe('0 mg/d');
  });

  it('of several orders is at least the largest, at most the sum: one may renew the other', () => {
    const five = order({ ...mg(5), ...daily }, 'prednisone', { id: 'a' });
    expect(dose(five, order({ ...mg(10), ...daily }, 'prednisolone', { id: 'b' }))).toBe('[10, 15] mg/d');
  });

  it('is open where a related drug of unknown equivalent is taken', () => {
    expect(dose(order({ ...mg(8), ...daily }, 'dexamethasone 4 mg'))).toBe('[0, Infinity] mg/d');
    const rxnorm = { coding: [{ system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '6902' }] };
    expect(dose(order({ ...mg(8), ...daily }, rxnorm))).toBe('[0, Infinity] mg/d');
    expect(dose(order({ ...mg(20), ...daily }), order(undefined, 'hydrocortisone', { id: 'b' }))).toBe(
      '[20, Infinity] mg/d',
    );
  });

  it.each(['prednisolone 1 % ophthalmic suspension', 'hydrocortisone cream', 'dexamethasone eye drops'])(
    'is not that of %s',
    (drug) => {
      expect(dose(order({ ...mg(20), ...daily }, drug))).toBe('absent');
    },
  );

  it('is not that of another route', () => {
    expect(dose(order({ ...mg(20), ...daily, route: { text: 'ophthalmic' } }))).toBe('absent');
  });

  it('counts active orders only', () => {
    expect(dose(order({ ...mg(20), ...daily }, 'prednisone', { status: 'stopped' }))).toBe('absent');
    expect(dose(order({ ...mg(20), ...daily }, 'prednisone', { intent: 'proposal' }))).toBe('absent');
    expect(dose()).toBe('absent');
  });

  it('is open upwards where not everything was read', () => {
    const part = found(asResources([order({ ...mg(20), ...daily })]), false);
    expect(said(factOf('prednisolone-dose', { medications: part }))).toBe('[20, Infinity] mg/d');
    expect(said(factOf('prednisolone-dose', { medications: found([], false) }))).toBe('unavailable');
  });

  it('never makes junk throw', () => {
    const junk = [null, 7, { doseAndRate: 'x', timing: 5 }, { doseAndRate: [null], timing: { repeat: { period: 0 } } }];
    expect(dose(order(junk as unknown as Loose[]))).toBe('[0, Infinity] mg/d');
  });
});
