import { compileName, findName } from '../../src/terminology/name-pattern.ts';
import { isNegated, type NegationMode } from '../../src/terminology/negation.ts';
import { wordsOf } from '../../src/terminology/words.ts';

/** Whether any mention of TACE or ascites in the text counts. */
function counts(text: string, mode: NegationMode): boolean {
  const places = findName(compileName('(tace|ascites)'), wordsOf(text));
  expect(places.length).toBeGreaterThan(0);
  return places.some((place) => !isNegated(text, place, mode));
}

describe('isNegated', () => {
  it.each([
    'no TACE',
    'No evidence of ascites',
    'not a candidate for TACE',
    'cirrhosis without ascites',
    'denies ascites',
    'negative for ascites',
    'ruled out ascites',
    'rule out ascites',
    'r/o ascites',
    'unlikely ascites',
    'ascites unlikely',
    'ascites: none',
    'Ascites: no',
    'ascites was ruled out',
    'TACE is not indicated',
    'non-TACE',
    'Portal hypertension, no ascites',
  ])('%j denies it, in statements and in orders', (text) => {
    expect([counts(text, 'statement'), counts(text, 'order')]).toEqual([false, false]);
    expect(counts(text, 'none')).toBe(true);
  });

  it.each([
    'ascites not present',
    'Ascites: not seen on MRI',
    'ascites was not clearly identified',
    'ascites has not been detected',
    'Ascites - not',
    'ascites not confirmed',
    'ascites not assessed',
    'ascites no longer present',
    'TACE not done: stenosis of the coeliac trunk',
    'TACE not possible',
  ])('%j denies it, because it says that it is not there, not known or not done', (text) => {
    expect(counts(text, 'statement')).toBe(false);
  });

  it.each([
    'ascites not controlled by diuretics',
    'ascites not responding to spironolactone',
    'ascites (not otherwise specified)',
    'ascites not requiring paracentesis',
    'ascites is not malignant',
    'ascites not known to be malignant',
    'ascites not confirmed by cytology',
    'not well controlled ascites',
    'not responding ascites',
  ])('%j states it: something else of it is denied', (text) => {
    expect(counts(text, 'statement')).toBe(true);
  });

  it.each(['TACE not before Friday', 'TACE not resectable', 'TACE not feasible'])(
    '%j orders nothing: an order that says "not" is left to those who read it',
    (text) => {
      expect(counts(text, 'order')).toBe(false);
    },
  );

  it.each([
    's/p TACE',
    'S/P 2 TACE',
    'status post TACE',
    'history of TACE',
    'h/o TACE',
    'prior TACE',
    'previous DEB-TACE',
    'MRI liver after TACE',
    'CBC prior to TACE',
    'post-TACE imaging',
    'pre-TACE labs',
    'declined TACE',
    'TACE declined',
    'TACE contraindicated',
    'contraindicated: TACE',
    'discussed TACE with patient',
  ])('%j states it, but orders nothing', (text) => {
    expect([counts(text, 'statement'), counts(text, 'order')]).toEqual([true, false]);
  });

  it.each([
    'IR TACE liver',
    'no ablation, TACE',
    'no ablation; TACE',
    'Not operable. TACE',
    'No metastases\nTACE planned',
    'no resection but TACE',
    'no surgery and then TACE',
    'after MRI, TACE',
    'no contraindication to TACE',
    'no TACE in 2023; TACE now',
    'history of cirrhosis, here for TACE',
    'history of hepatitis now for TACE',
    'prior authorization obtained TACE',
    'non-alcoholic cirrhosis with ascites',
    'not only ascites',
    'TACE no later than Friday',
    '2.5 cm lesion TACE',
    'TACE for HCC, no ablation',
  ])('%j counts in every mode', (text) => {
    expect([counts(text, 'statement'), counts(text, 'order')]).toEqual([true, true]);
  });
});
