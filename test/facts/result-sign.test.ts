import { daysAgo, factOf, icd10cm, type Loose, lab, medicationRequest, problem, quantity, said } from './records.ts';

const hbsag = (...serology: readonly Loose[]) => said(factOf('hbsag', { serology }));
const tested = (...serology: readonly Loose[]) => said(factOf('hbsag-tested', { serology }));
const result = (value: Loose, changes: Loose = {}) => lab('5196-1', { ...value, ...changes });
const text = (valueString: string) => ({ valueString });

describe('the sign of a result', () => {
  it.each([
    [text('Positive'), '1'],
    [text('REACTIVE'), '1'],
    [text('Detected'), '1'],
    [text('negative'), '0'],
    [text('Non-reactive'), '0'],
    [text('nonreactive'), '0'],
    [text('Not detected'), '0'],
    [{ valueCodeableConcept: { coding: [{ code: '260385009', display: 'Negative' }] } }, '0'],
    [{ valueCodeableConcept: { text: 'Positive' } }, '1'],
    [{ ...quantity(0.1, '{index}'), interpretation: [{ coding: [{ code: 'NEG' }] }] }, '0'],
    [{ ...quantity(450, '{index}'), interpretation: [{ coding: [{ code: 'POS' }] }] }, '1'],
    [quantity(450, '{index}'), 'unusable'],
    [text('see comment'), 'unusable'],
  ])('of %j is %s', (value, expected) => {
    expect(hbsag(result(value))).toBe(expected);
  });

  it('is that of the newest, however old', () => {
    const old = result(text('Positive'), { id: 'old', effectiveDateTime: '2009-04-01' });
    expect(hbsag(old)).toBe('1');
    expect(hbsag(old, result(text('Negative'), { effectiveDateTime: daysAgo(3) }))).toBe('0');
    expect(hbsag(result(text('Positive'), { effectiveDateTime: undefined }))).toBe('1');
  });

  it('of two results of one time that contradict each other is either', () => {
    expect(hbsag(result(text('Positive'), { id: 'a' }), result(text('Negative'), { id: 'b' }))).toBe('[0, 1]');
  });

  it('is not read from another test', () => {
    expect(hbsag(lab({ text: 'Hepatitis B surface antibody (anti-HBs)' }, text('Positive')))).toBe('absent');
    expect(hbsag(lab('5196-1', { ...text('Positive'), status: 'entered-in-error' }))).toBe('absent');
    expect(hbsag(lab({ text: 'HBsAg' }, text('Positive')))).toBe('1');
  });
});

describe('whether a test was ever done', () => {
  it('does not depend on its result', () => {
    expect(tested(result(text('see comment')))).toBe('1');
    expect(tested(result(quantity(450, '{index}')))).toBe('1');
    expect(tested()).toBe('absent');
  });

  it('of anti-HBc is not answered by IgM', () => {
    const antiHbc = (code: unknown) => said(factOf('anti-hbc-tested', { serology: [lab(code, text('Negative'))] }));
    expect(antiHbc('13952-7')).toBe('1');
    expect(antiHbc('24113-3')).toBe('absent');
    expect(antiHbc({ text: 'Anti-HBc IgM' })).toBe('absent');
    expect(antiHbc({ text: 'Anti-HBc total' })).toBe('1');
  });
});

describe('hepatitis B and its treatment', () => {
  it.each([icd10cm('B18.1'), { text: 'Chronic hepatitis B' }, { text: 'Chronic viral hepatitis B, HBeAg negative' }])(
    'is recognised: %j',
    (code) => {
      expect(said(factOf('chronic-hepatitis-b', { conditions: [problem(code)] }))).toBe('1');
    },
  );

  it.each(['Hepatitis B vaccination', 'History of hepatitis B', 'Hepatitis B, immune', 'Chronic hepatitis C'])(
    'is not "%s"',
    (name) => {
      expect(said(factOf('chronic-hepatitis-b', { conditions: [problem(name)] }))).toBe('absent');
    },
  );

  it.each(['entecavir 0.5 mg', 'Tenofovir alafenamide', 'Vemlidy'])('%s is an antiviral', (name) => {
    expect(said(factOf('hbv-antiviral', { medications: [medicationRequest(name, daysAgo(100))] }))).toBe('1');
  });
});
