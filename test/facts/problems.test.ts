import { found, unavailable } from '../../src/fhir/read-result.ts';
import {
  asResources,
  daysAgo,
  factOf,
  icd10cm,
  type Loose,
  medicationRequest,
  problem,
  said,
  snomed,
  status,
} from './records.ts';

const ascites = (...conditions: readonly Loose[]) => said(factOf('ascites', { conditions }));
const encephalopathy = (...conditions: readonly Loose[]) => said(factOf('encephalopathy', { conditions }));
const resolved = (days: number, code: unknown = 'Ascites') =>
  problem(code, { clinicalStatus: status('resolved'), abatementDateTime: daysAgo(days) });
const refuted = (days: number, code: unknown = 'Ascites') =>
  problem(code, { clinicalStatus: undefined, verificationStatus: status('refuted'), recordedDate: daysAgo(days) });

describe('ascites and encephalopathy that nobody recorded', () => {
  it('are not known: silence is not absence', () => {
    expect(factOf('ascites', {})).toEqual({ state: 'absent', reason: 'not recorded' });
    expect(factOf('encephalopathy', {})).toEqual({ state: 'absent', reason: 'not recorded' });
  });

  it('are unavailable when the conditions are', () => {
    expect(said(factOf('ascites', { conditions: unavailable('no answer') }))).toBe('unavailable');
    expect(said(factOf('ascites', { conditions: found([], false) }))).toBe('unavailable');
  });
});

describe('a problem that is recorded as present', () => {
  it.each(['active', 'recurrence', 'relapse'])('counts with clinical status %s', (code) => {
    expect(ascites(problem('Ascites', { clinicalStatus: status(code) }))).toBe('[1, 3]');
  });

  it('counts without any status', () => {
    expect(ascites(problem('Ascites', { clinicalStatus: undefined }))).toBe('[1, 3]');
  });

  it('does not expire', () => {
    expect(ascites(problem('Ascites', { recordedDate: daysAgo(2000) }))).toBe('[1, 3]');
  });

  it.each(['unconfirmed', 'provisional', 'differential'])('may be absent while it is %s', (code) => {
    expect(ascites(problem('Ascites', { verificationStatus: status(code) }))).toBe('[0, 3]');
  });

  it('says nothing when it was entered in error', () => {
    expect(ascites(problem('Ascites', { verificationStatus: status('entered-in-error') }))).toBe('absent');
    expect(ascites(resolved(5), problem('Ascites', { verificationStatus: status('entered-in-error') }))).toBe('0');
  });

  it.each<[string, unknown]>([
    ['R18.8', icd10cm('R18.8')],
    ['R188, without the dot', icd10cm('R188')],
    ['alcoholic cirrhosis with ascites', icd10cm('K70.31')],
    ['SNOMED CT', snomed('389026000')],
    ['hepatic ascites', snomed('236004002')],
    ['the text', { text: 'Cirrhosis of liver with ascites' }],
    ['the display of a local code', { coding: [{ system: 'urn:local', code: 'IMO0002', display: 'Ascites' }] }],
  ])('is recognised by %s', (_name, code) => {
    expect(ascites(problem(code))).toBe('[1, 3]');
  });

  it.each<[string, unknown]>([
    ['malignant ascites by ICD-10-CM', icd10cm('R18.0', 'Ascites')],
    ['malignant ascites by SNOMED CT', snomed('236005001', 'Ascites')],
    ['malignant ascites by text', { text: 'Malignant ascites' }],
    ['chylous ascites', { text: 'Chylous ascites' }],
    ['the word denied', { text: 'Cirrhosis, no ascites' }],
    ['cirrhosis of which ascites is not said', icd10cm('K74.60', 'Cirrhosis of liver')],
  ])('is not %s', (_name, code) => {
    expect(ascites(problem(code))).toBe('absent');
  });

  it.each([
    ['Ascites not controlled by diuretics', '[2, 3]'],
    ['Ascites not requiring paracentesis', '[1, 3]'],
    ['Moderate ascites not responding to spironolactone', '2'],
  ])('is not denied by what is denied of it: %s', (text, expected) => {
    expect(ascites(problem(text))).toBe(expected);
    expect(encephalopathy(problem('Hepatic encephalopathy not responding to lactulose'))).toBe('[1, 4]');
  });

  it('is denied where it is said not to be there, or not to be known', () => {
    expect(ascites(problem('Ascites not present'))).toBe('absent');
    expect(ascites(problem('Ascites not assessed'))).toBe('absent');
  });
});

describe('a problem that is recorded as absent', () => {
  it.each(['resolved', 'inactive', 'remission'])('%s means absent for 90 days after its end', (code) => {
    const over = (days: number) =>
      problem('Ascites', { clinicalStatus: status(code), abatementDateTime: daysAgo(days) });
    expect(ascites(over(90))).toBe('0');
    expect(ascites(over(91))).toBe('stale');
  });

  it('refuted means absent for 90 days after it was recorded; the clinical status may be missing', () => {
    expect(ascites(refuted(90))).toBe('0');
    expect(ascites(refuted(91))).toBe('stale');
  });

  it('is dated by the abatement, else by when it was recorded, never by its onset', () => {
    const over = (dates: Loose) =>
      ascites(problem('Ascites', { clinicalStatus: status('resolved'), recordedDate: undefined, ...dates }));
    expect(over({ abatementDateTime: daysAgo(10), recordedDate: daysAgo(400) })).toBe('0');
    expect(over({ abatementPeriod: { end: daysAgo(10) }, recordedDate: daysAgo(400) })).toBe('0');
    expect(over({ recordedDate: daysAgo(10), onsetDateTime: daysAgo(400) })).toBe('0');
    expect(over({ onsetDateTime: daysAgo(10) })).toBe('stale');
  });

  it('by a code that says "without ascites"', () => {
    expect(ascites(problem(icd10cm('K70.30')))).toBe('0');
    expect(ascites(problem(icd10cm('K70.30'), { recordedDate: daysAgo(91) }))).toBe('stale');
    expect(ascites(problem(icd10cm('K70.30'), { verificationStatus: status('entered-in-error') }))).toBe('absent');
  });

  it('is said by the standard code of the status, whatever local codes stand before it', () => {
    const clinicalStatus = { coding: [{ system: 'urn:local', code: '3' }, ...(status('resolved').coding as Loose[])] };
    expect(ascites(problem('Ascites', { clinicalStatus, abatementDateTime: daysAgo(5) }))).toBe('0');
  });

  it('is not known when there may be a newer statement on a page that nobody saw', () => {
    const conditions = found(asResources([resolved(5)]), false);
    expect(said(factOf('ascites', { conditions }))).toBe('unavailable');
  });
});

describe('several statements about one problem', () => {
  it('the newest wins', () => {
    expect(ascites(problem('Ascites', { recordedDate: daysAgo(20) }), resolved(10))).toBe('0');
    expect(ascites(problem('Ascites', { recordedDate: daysAgo(5) }), resolved(10))).toBe('[1, 3]');
    expect(ascites(resolved(10), refuted(3), problem('Mild ascites', { recordedDate: daysAgo(1) }))).toBe('1');
  });

  it('presence wins on the same date, in whatever order they come', () => {
    const [present, absent] = [problem('Ascites', { id: 'z', recordedDate: daysAgo(10) }), resolved(10)];
    expect(ascites(present, absent)).toBe('[1, 3]');
    expect(ascites(absent, present)).toBe('[1, 3]');
  });

  it('presence wins on the same day also where one of them has a time', () => {
    const present = problem('Ascites', { recordedDate: `${daysAgo(10)}T08:00:00Z` });
    expect(ascites(present, resolved(10))).toBe('[1, 3]');
  });

  it('presence wins when the absence is only known to the month of it', () => {
    const absent = problem('Ascites', { clinicalStatus: status('resolved'), abatementDateTime: '2026-10' });
    expect(ascites(problem('Ascites', { recordedDate: '2026-10-20' }), absent)).toBe('[1, 3]');
    expect(ascites(problem('Ascites', { recordedDate: '2026-09-20' }), absent)).toBe('0');
  });

  it('the later of two times on one day wins', () => {
    const present = problem('Ascites', { recordedDate: `${daysAgo(10)}T08:00:00Z` });
    const absent = problem('Ascites', {
      clinicalStatus: status('resolved'),
      abatementDateTime: `${daysAgo(10)}T18:00:00Z`,
    });
    expect(ascites(present, absent)).toBe('0');
  });

  it('presence without a date counts as now: nobody can say that it is over', () => {
    expect(ascites(problem('Ascites', { recordedDate: undefined }), resolved(1))).toBe('[1, 3]');
  });

  it('of the same date are taken together', () => {
    expect(ascites(problem('Mild ascites'), problem('Tense ascites', { id: 'other' }))).toBe('[1, 3]');
  });

  it('"without ascites" by code gives way to ascites recorded later', () => {
    const without = problem(icd10cm('K70.30'), { recordedDate: daysAgo(10) });
    expect(ascites(without, problem('Ascites', { id: 'new', recordedDate: daysAgo(2) }))).toBe('[1, 3]');
    expect(ascites(without, problem('Ascites', { id: 'old', recordedDate: daysAgo(30) }))).toBe('0');
  });
});

describe('how severe ascites is', () => {
  const severity = (code: string, display?: string) => ({ severity: snomed(code, display) });

  it.each<[string, Loose, string]>([
    ['mild by severity', problem('Ascites', severity('255604002')), '1'],
    ['moderate by severity', problem('Ascites', severity('6736007')), '2'],
    ['severe by severity', problem('Ascites', severity('24484000')), '3'],
    ['severe by the words of the severity', problem('Ascites', { severity: { text: 'Severe' } }), '3'],
    ['refractory', problem('Refractory ascites'), '3'],
    ['tense', problem('Tense ascites'), '3'],
    ['trace', problem('Trace ascites'), '1'],
    ['slight', problem('Slight ascites'), '1'],
    ['controlled by diuretics', problem('Ascites, controlled'), '1'],
    ['moderate by its text', problem('Moderate ascites'), '2'],
    ['not said: two or three points', problem('Ascites'), '[1, 3]'],
  ])('%s', (_name, condition, expected) => {
    expect(ascites(condition)).toBe(expected);
  });
});

describe('how severe encephalopathy is', () => {
  const severity = (code: string) => ({ severity: snomed(code) });

  it.each<[string, Loose, string]>([
    ['not said: two or three points', problem(icd10cm('K76.82')), '[1, 4]'],
    ['mild', problem('Hepatic encephalopathy', severity('255604002')), '[1, 2]'],
    ['moderate', problem('Hepatic encephalopathy', severity('6736007')), '[2, 3]'],
    ['severe', problem('Hepatic encephalopathy', severity('24484000')), '[3, 4]'],
    ['grade 1', problem('Hepatic encephalopathy, grade 1'), '[1, 2]'],
    ['grade II', problem('Hepatic encephalopathy grade II'), '[1, 2]'],
    ['grade 3', problem('Hepatic encephalopathy grade 3'), '[3, 4]'],
    ['grade IV', problem('Hepatic encephalopathy (grade IV)'), '[3, 4]'],
    ['grade 0: none', problem('Hepatic encephalopathy, West Haven grade 0'), '0'],
    ['grade 0 or 1', problem('Hepatic encephalopathy grade 0-1'), '[0, 1]'],
    ['minimal, which older scales call grade 0', problem('Minimal hepatic encephalopathy, grade 0'), '[0, 1]'],
    ['covert', problem('Covert hepatic encephalopathy'), '[1, 2]'],
    [
      'a grade as stage',
      problem('Hepatic encephalopathy', { stage: [{ summary: { text: 'West Haven grade 3' } }] }),
      '[3, 4]',
    ],
    ['hepatic failure with coma', problem(icd10cm('K72.91')), '[3, 4]'],
    ['alcoholic hepatic failure with coma', problem(icd10cm('K70.41')), '[3, 4]'],
    ['hepatic coma', problem(snomed('72836002')), '[3, 4]'],
  ])('%s', (_name, condition, expected) => {
    expect(encephalopathy(condition)).toBe(expected);
  });

  it.each(['K72.90', 'K72.10', 'K70.40'])('%s is liver failure without coma and proves nothing', (code) => {
    expect(encephalopathy(problem(icd10cm(code)))).toBe('absent');
  });
});

describe('a problem that is over but still treated', () => {
  const treated = (id: string, condition: Loose, drug: string) =>
    said(factOf(id, { conditions: [condition], medications: [medicationRequest(drug, daysAgo(100))] }));
  const overEncephalopathy = resolved(5, 'Hepatic encephalopathy');

  it.each(['spironolactone 100 mg', 'furosemide 40 mg'])(
    'ascites under %s may be controlled: one or two points',
    (drug) => {
      expect(treated('ascites', resolved(5), drug)).toBe('[0, 1]');
    },
  );

  it.each(['lactulose', 'rifaximin 550 mg', 'Xifaxan'])(
    'encephalopathy under %s may be controlled: one or two points',
    (drug) => {
      expect(treated('encephalopathy', overEncephalopathy, drug)).toBe('[0, 2]');
    },
  );

  it('is gone when the drug treats something else', () => {
    expect(treated('ascites', resolved(5), 'lactulose')).toBe('0');
    expect(treated('encephalopathy', overEncephalopathy, 'furosemide')).toBe('0');
  });

  it('never was when it was refuted, whatever is taken', () => {
    expect(treated('ascites', refuted(5), 'furosemide')).toBe('0');
  });

  it('may be controlled when nobody could read what is taken', () => {
    const reads = { conditions: [resolved(5)], medications: unavailable('no answer') };
    expect(said(factOf('ascites', reads))).toBe('[0, 1]');
  });
});

describe('earlier ascites or encephalopathy, as a reason to ask', () => {
  const ever = (condition: Loose) => said(factOf('ascites-ever', { conditions: [condition] }));

  it('counts while present and when it is over, never when it was refuted', () => {
    expect(ever(problem('Ascites'))).toBe('1');
    expect(ever(resolved(900))).toBe('1');
    expect(ever(refuted(900))).toBe('absent');
    expect(ever(problem('Malignant ascites'))).toBe('absent');
  });
});
