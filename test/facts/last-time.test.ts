import { found } from '../../src/fhir/read-result.ts';
import {
  asResources,
  cpt,
  daysAgo,
  factOf,
  icd10cm,
  type Loose,
  problem,
  procedure,
  said,
  snomed,
  status,
} from './records.ts';

const endoscopy = (...procedures: readonly Loose[]) => said(factOf('upper-endoscopy-last', { procedures }));
const bleeding = (...conditions: readonly Loose[]) => said(factOf('variceal-bleed-last', { conditions }));

describe('days since a procedure was last done', () => {
  it('are counted from the newest', () => {
    const procedures = [procedure(snomed('76009000'), daysAgo(200), { id: 'a' }), procedure('EGD', daysAgo(60))];
    expect(endoscopy(...procedures)).toBe('60 d');
    expect(endoscopy(...[...procedures].reverse())).toBe('60 d');
  });

  it.each([
    [snomed('426841006'), 'band ligation'],
    [cpt('43244'), 'CPT 43244'],
    [{ text: 'Gastroscopy' }, 'name'],
    [{ text: 'Esophagogastroduodenoscopy with biopsy' }, 'name'],
    [{ text: 'Upper GI endoscopy' }, 'name'],
    [{ text: 'ÖGD' }, 'German abbreviation'],
  ])('recognise %j (%s)', (code) => {
    expect(endoscopy(procedure(code, daysAgo(5)))).toBe('5 d');
  });

  it.each(['Colonoscopy', 'Capsule endoscopy, upper endoscopy not done', 'Ligation of haemorrhoids', 'Bronchoscopy'])(
    'are not counted from %s',
    (text) => {
      expect(endoscopy(procedure(text, daysAgo(5)))).toBe('absent');
    },
  );

  it('are not counted from what was not done, or lies ahead', () => {
    expect(endoscopy(procedure('EGD', daysAgo(5), { status: 'not-done' }))).toBe('absent');
    expect(endoscopy(procedure('EGD', daysAgo(-5)))).toBe('absent');
  });

  it('are a range where the date is partial or missing, or not everything was read', () => {
    expect(endoscopy(procedure('EGD', '2026-09'))).toBe('[36, 65] d');
    expect(endoscopy(procedure('EGD', undefined))).toBe('[0, Infinity] d');
    const part = found(asResources([procedure('EGD', daysAgo(200))]), false);
    expect(said(factOf('upper-endoscopy-last', { procedures: part }))).toBe('[0, 200] d');
    expect(said(factOf('upper-endoscopy-last', { procedures: found([], false) }))).toBe('unavailable');
  });
});

describe('days since a problem last occurred', () => {
  it('are counted from its end, else from its beginning, else from the day it was recorded', () => {
    const recordedDate = daysAgo(1);
    const onsetDateTime = daysAgo(100);
    expect(bleeding(problem(icd10cm('I85.11'), { recordedDate }))).toBe('1 d');
    expect(bleeding(problem(icd10cm('I85.11'), { recordedDate, onsetDateTime }))).toBe('100 d');
    const over = { clinicalStatus: status('resolved'), abatementDateTime: daysAgo(95) };
    expect(bleeding(problem(icd10cm('I85.11'), { recordedDate, onsetDateTime, ...over }))).toBe('95 d');
  });

  it('are those of the newest time', () => {
    const first = problem(snomed('17709002'), { id: 'a', onsetDateTime: daysAgo(400) });
    const second = problem('Bleeding gastric varices', { id: 'b', onsetDateTime: daysAgo(30) });
    expect(bleeding(first, second)).toBe('30 d');
  });

  it.each([
    'Esophageal varices with bleeding',
    'Variceal bleed',
    'Variceal haemorrhage',
    'Esophageal variceal bleeding not controlled',
    'Bleeding from oesophageal varices',
  ])('recognise "%s"', (text) => {
    expect(bleeding(problem(text))).toBe('10 d');
  });

  it.each([
    'Esophageal varices without bleeding',
    'Oesophageal varices, small',
    'History of variceal bleeding',
    'No variceal bleeding',
    'Upper gastrointestinal bleeding',
  ])('are not counted from "%s"', (text) => {
    expect(bleeding(problem(text))).toBe('absent');
  });

  it('may be never, where nobody has confirmed it or it was refuted', () => {
    expect(bleeding(problem('Variceal bleed', { verificationStatus: status('provisional') }))).toBe('[10, Infinity] d');
    expect(bleeding(problem('Variceal bleed', { verificationStatus: status('refuted') }))).toBe('absent');
  });

  it('are a range without a date', () => {
    expect(bleeding(problem('Variceal bleed', { recordedDate: undefined }))).toBe('[0, Infinity] d');
  });
});
