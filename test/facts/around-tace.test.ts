import { unavailable } from '../../src/fhir/read-result.ts';
import { daysAgo, factOf, type Loose, lab, problem, procedure, quantity, type Reads, said, status } from './records.ts';

const procedures = [procedure('TACE', daysAgo(40))];
const bilirubin = (days: number, value: number) =>
  lab('1975-2', { id: `b${days}`, effectiveDateTime: daysAgo(days), ...quantity(value, 'mg/dL') });
const before = (...results: readonly Loose[]) =>
  said(factOf('bilirubin-before-tace', { procedures, 'labs-history': results }));
const after = (...labs: readonly Loose[]) => said(factOf('bilirubin-after-tace', { procedures, labs }));

describe('a liver test before the last TACE', () => {
  it('is the newest of its day or before', () => {
    expect(before(bilirubin(50, 1.2), bilirubin(40, 1.1), bilirubin(39, 3.0))).toBe('1.1 mg/dL');
  });

  it('was at most 30 days old then', () => {
    expect(before(bilirubin(70, 1.2))).toBe('1.2 mg/dL');
    expect(before(bilirubin(71, 1.2))).toBe('stale');
  });

  it('is not there without a TACE, and not to be told where the TACE is not', () => {
    expect(said(factOf('bilirubin-before-tace', { 'labs-history': [bilirubin(50, 1.2)] }))).toBe('absent');
    const reads: Reads = { procedures: unavailable('no answer'), 'labs-history': [bilirubin(50, 1.2)] };
    expect(said(factOf('bilirubin-before-tace', reads))).toBe('unavailable');
  });

  it('is taken of the current results where the history was not sent', () => {
    const reads: Reads = { procedures, labs: [bilirubin(50, 1.2)], 'labs-history': unavailable('not sent') };
    expect(said(factOf('bilirubin-before-tace', reads))).toBe('1.2 mg/dL');
    expect(said(factOf('bilirubin-before-tace', { procedures, 'labs-history': unavailable('not sent') }))).toBe(
      'unavailable',
    );
  });

  it('is certainly before where only the month of the TACE is known', () => {
    const reads: Reads = {
      procedures: [procedure('TACE', '2026-09')],
      'labs-history': [bilirubin(60, 3), bilirubin(66, 1.2)],
    };
    expect(said(factOf('bilirubin-before-tace', reads))).toBe('1.2 mg/dL');
  });
});

describe('a liver test after the last TACE', () => {
  it('is the current one, 14 days after it or more', () => {
    expect(after(bilirubin(26, 2.2))).toBe('2.2 mg/dL');
    expect(after(bilirubin(27, 2.2))).toBe('absent');
    expect(after(bilirubin(26, 2.2), bilirubin(3, 1.4))).toBe('1.4 mg/dL');
  });

  it('is not one that is too old to be current', () => {
    expect(
      said(factOf('bilirubin-after-tace', { procedures: [procedure('TACE', daysAgo(90))], labs: [bilirubin(31, 2)] })),
    ).toBe('stale');
  });
});

describe('ascites before the last TACE', () => {
  const ascites = (...conditions: readonly Loose[]) => said(factOf('ascites-before-tace', { procedures, conditions }));
  const stated = (changes: Loose) => problem('Ascites', { recordedDate: undefined, ...changes });

  it('was there when it began before and is still there; how severe it was then nobody knows', () => {
    expect(ascites(stated({ onsetDateTime: daysAgo(50), severity: { text: 'mild' } }))).toBe('[1, 3]');
  });

  it('was there when it began before and went away later', () => {
    const resolved = { clinicalStatus: status('resolved'), onsetDateTime: daysAgo(60), abatementDateTime: daysAgo(10) };
    expect(ascites(stated(resolved))).toBe('[1, 3]');
  });

  it('was not there when its absence had been stated within 90 days', () => {
    expect(ascites(stated({ verificationStatus: status('refuted'), recordedDate: daysAgo(45) }))).toBe('0');
    expect(ascites(stated({ verificationStatus: status('refuted'), recordedDate: daysAgo(130) }))).toBe('0');
    expect(ascites(stated({ verificationStatus: status('refuted'), recordedDate: daysAgo(131) }))).toBe('stale');
  });

  it('is not told by what was recorded only later', () => {
    expect(ascites(stated({ onsetDateTime: daysAgo(20) }))).toBe('absent');
    expect(ascites(stated({ verificationStatus: status('refuted'), recordedDate: daysAgo(20) }))).toBe('absent');
  });

  it('was there when it began before, though it was recorded later and its absence had been stated', () => {
    const refuted = stated({ id: 'no', verificationStatus: status('refuted'), recordedDate: daysAgo(60) });
    const later = (changes: Loose) => ascites(refuted, stated({ id: 'yes', recordedDate: daysAgo(5), ...changes }));
    expect(later({ onsetDateTime: daysAgo(45) })).toBe('[1, 3]');
    expect(later({ onsetDateTime: daysAgo(100) })).toBe('[1, 3]');
    expect(later({ onsetDateTime: daysAgo(30) })).toBe('0');
    expect(later({})).toBe('0');
  });

  it('may have been there when nobody can say whether it had begun, or was still there', () => {
    const refuted = stated({ id: 'no', verificationStatus: status('refuted'), recordedDate: daysAgo(60) });
    const later = (changes: Loose) => ascites(refuted, stated({ id: 'yes', ...changes }));
    expect(later({ onsetDateTime: '2026-09' })).toBe('[0, 3]');
    expect(later({ onsetPeriod: { start: daysAgo(50), end: daysAgo(20) } })).toBe('[0, 3]');
    expect(later({})).toBe('[0, 3]');
    const over = { clinicalStatus: status('resolved'), abatementDateTime: '2026-09' };
    expect(later({ onsetDateTime: daysAgo(55), ...over })).toBe('[0, 3]');
  });

  it('may have been there when nobody had confirmed it', () => {
    expect(ascites(stated({ verificationStatus: status('unconfirmed'), onsetDateTime: daysAgo(50) }))).toBe('[0, 3]');
  });
});
