import { found } from '../../src/fhir/read-result.ts';
import { asResources, daysAgo, factOf, icd10cm, type Loose, problem, said, snomed, status } from './records.ts';

const vein = (...conditions: readonly Loose[]) => said(factOf('portal-vein', { conditions }));
const unclear = (...conditions: readonly Loose[]) => said(factOf('portal-vein-unclear', { conditions }));
const thrombosis = (text?: string, changes: Loose = {}) => problem({ ...icd10cm('I81', text) }, changes);
const refuted = { clinicalStatus: undefined, verificationStatus: status('refuted') };
const unconfirmed = { verificationStatus: status('unconfirmed') };

describe('how far a problem reaches', () => {
  it.each([
    ['Portal vein tumour thrombus, Vp1', '1'],
    ['PVTT Vp2', '2'],
    ['Portal vein tumor thrombosis (Vp3)', '3'],
    ['HCC with Vp4 invasion', '4'],
    ['Vp 4', '4'],
    ['PVTT Vp3-4', '[3, 4]'],
    ['PVTT Vp3 to Vp4', '[3, 4]'],
    ['PVTT, Vp1-2', '[1, 2]'],
    ['Tumor thrombus in main portal vein', '4'],
    ['Main portal vein invasion by HCC', '4'],
    ['Tumour thrombus of the left portal vein', '3'],
    ['Tumour thrombus, right main portal vein', '3'],
    ['Tumour thrombus of main and right portal vein', '4'],
    ['Tumour thrombus of the left portal vein, main portal vein patent', '3'],
    ['Neoplastic thrombosis of a segmental portal vein branch', '2'],
    ['Tumor thrombus of the right posterior portal vein', '2'],
    ['Subsegmental portal vein invasion', '1'],
    ['Portal vein branch invasion', '[1, 3]'],
    ['Reversed portal flow', '5'],
    ['Hepatofugal flow in the portal vein', '5'],
  ])('%s', (text, expected) => {
    expect(vein(problem(text))).toBe(expected);
    expect(vein(thrombosis(text))).toBe(expected);
  });

  it.each([
    ['Right portal vein tumor thrombus, main portal vein normal', '3'],
    ['Right portal vein tumor thrombus, main portal vein: patent', '3'],
    ['PVTT of the right branch, main portal vein not involved', '3'],
    ['Tumor thrombus right portal vein; main portal vein without thrombus', '3'],
    ['Tumor thrombus right portal vein; no thrombus in main portal vein', '3'],
    ['Tumour thrombus of right portal vein with uninvolved main portal vein', '3'],
    ['Tumor thrombus in left portal vein not extending into main portal vein', '3'],
    ['Right portal vein tumor thrombus, patent MPV', '3'],
    ['Tumor thrombus of the right portal vein, main portal vein and SMV patent', '3'],
    ['Portal vein tumour thrombus (Vp2), main portal vein perfused', '2'],
    ['Segmental portal vein tumour thrombus; preserved main portal vein flow', '2'],
    ['Tumour thrombus in segmental portal vein branch, main portal vein remains widely patent', '2'],
    ['Portal vein tumor thrombus, MPV patent', '[1, 3]'],
    ['Portal vein tumor thrombus sparing the main trunk', '[1, 3]'],
    ['Portal vein tumor thrombus, normal calibre of the MPV', '[3, 4]'],
    ['Right portal vein tumor thrombus, main portal vein (patent)', '[3, 4]'],
    ['Right portal vein tumour thrombus abutting the main portal vein', '[3, 4]'],
    ['Right portal vein tumour thrombus, partially patent main portal vein', '[3, 4]'],
    ['Tumour thrombus, previously patent main portal vein', '[3, 4]'],
    ['Right portal vein tumour thrombus, no flow in main portal vein', '[3, 4]'],
  ])('does not take the main trunk for reached where it is said to be free: %s', (text, expected) => {
    expect(vein(problem(text))).toBe(expected);
  });

  it.each([
    ['Tumour thrombus of the main portal vein, no ascites', '4'],
    ['Tumor thrombus main portal vein; left branch patent', '4'],
    ['Right portal vein patent, main portal vein tumour thrombus', '4'],
    ['MPV tumor thrombus in portal vein', '4'],
    ['Vp3 portal vein tumour thrombus with reversed flow', '5'],
    ['Right main portal vein tumour thrombus growing into the main portal vein', '[3, 4]'],
  ])('is not taken back by what is said of something else: %s', (text, expected) => {
    expect(vein(problem(text))).toBe(expected);
  });

  it.each([
    ['Portal vein thrombosis', '[0, 4]'],
    ['Main portal vein thrombosis', '[0, 4]'],
    ['Left portal vein thrombosis', '[0, 3]'],
    ['Thrombosis of a segmental branch of the portal vein', '[0, 2]'],
    ['Portal vein tumour thrombus', '[1, 4]'],
    ['Portal and splenic: portal vein thrombus', '[0, 4]'],
    ['Portal vein thrombosis not occlusive', '[0, 4]'],
  ])('is a range where the record leaves extent or nature open: %s', (text, expected) => {
    expect(vein(problem(text))).toBe(expected);
  });

  it('is nothing where it is not of the kind that counts, unless it is so far that the kind does not settle it', () => {
    expect(vein(problem('Bland thrombus of the right portal vein'))).toBe('0');
    expect(vein(problem('Non-tumorous thrombosis of a portal vein branch'))).toBe('0');
    expect(vein(problem('Bland portal vein thrombus'))).toBe('[0, 4]');
    expect(vein(problem('Bland main portal vein thrombosis'))).toBe('[0, 4]');
  });

  it('of which only the code tells is a range', () => {
    expect(vein(thrombosis())).toBe('[0, 4]');
    expect(vein(problem(snomed('17920008', 'Portal vein thrombosis')))).toBe('[0, 4]');
  });

  it('is read from stage and body site as well', () => {
    expect(vein(thrombosis('Portal vein tumour thrombus', { stage: [{ summary: { text: 'Vp3' } }] }))).toBe('3');
    const bodySite = [{ text: 'Main portal vein' }];
    expect(vein(thrombosis('Portal vein tumour thrombus', { bodySite }))).toBe('4');
  });

  it.each([
    'No portal vein thrombosis',
    'History of portal vein thrombosis',
    'Family history of portal vein thrombosis',
    'Portal hypertension',
    'Portal hypertension; deep vein thrombosis of the leg',
    'Portal vein embolization before resection',
    'Splenic vein thrombosis',
    'Ventricular premature beats (VPB)',
  ])('is not stated by "%s"', (text) => {
    expect(vein(problem(text))).toBe('absent');
  });

  it('is the worst of the statements that stand', () => {
    const mild = problem('PVTT Vp1', { id: 'mild', recordedDate: daysAgo(5) });
    const severe = problem('PVTT Vp4', { id: 'severe', recordedDate: daysAgo(100) });
    expect(vein(mild, severe)).toBe('4');
    expect(vein(severe, mild)).toBe('4');
  });

  it('does not become vague because a vague statement stands beside a clear one', () => {
    const clear = problem('PVTT Vp2', { id: 'clear', recordedDate: daysAgo(50) });
    expect(vein(clear, thrombosis())).toBe('2');
    expect(unclear(clear, thrombosis())).toBe('0');
  });

  it('may be nothing where nobody has confirmed it', () => {
    expect(vein(problem('PVTT Vp4', unconfirmed))).toBe('[0, 4]');
    expect(unclear(problem('PVTT Vp4', unconfirmed))).toBe('[0, 1]');
  });

  it('is nothing where it is stated to be absent, as long as that is fresh', () => {
    expect(vein(thrombosis(undefined, refuted))).toBe('0');
    expect(vein(thrombosis(undefined, { ...refuted, recordedDate: daysAgo(91) }))).toBe('stale');
    expect(vein(thrombosis(undefined, { clinicalStatus: status('resolved') }))).toBe('0');
  });

  it('stands against an older statement of absence, not against a later one', () => {
    const earlier = thrombosis(undefined, { ...refuted, id: 'earlier', recordedDate: daysAgo(40) });
    const later = thrombosis(undefined, { ...refuted, id: 'later', recordedDate: daysAgo(2) });
    expect(vein(problem('PVTT Vp3'), earlier)).toBe('3');
    expect(vein(problem('PVTT Vp3'), later)).toBe('0');
  });

  it('is not known where nothing is recorded, and not to be told where not everything was read', () => {
    expect(vein()).toBe('absent');
    const part = found(asResources([thrombosis(undefined, refuted)]), false);
    expect(said(factOf('portal-vein', { conditions: part }))).toBe('unavailable');
    expect(said(factOf('portal-vein-unclear', { conditions: part }))).toBe('unavailable');
    const present = found(asResources([problem('PVTT Vp3')]), false);
    expect(said(factOf('portal-vein', { conditions: present }))).toBe('3');
  });
});

describe('a problem without its extent', () => {
  it.each([
    ['Portal vein thrombosis', '1'],
    ['Portal vein tumour thrombus', '1'],
    ['Left portal vein thrombosis', '1'],
    ['PVTT Vp4', '0'],
    ['PVTT Vp1-2', '0'],
    ['Bland thrombus of a portal vein branch', '0'],
  ])('%s: %s', (text, expected) => {
    expect(unclear(problem(text))).toBe(expected);
  });

  it('is none where nothing is recorded, or its absence', () => {
    expect(unclear()).toBe('absent');
    expect(unclear(thrombosis(undefined, refuted))).toBe('0');
    expect(unclear(thrombosis(undefined, { ...refuted, recordedDate: daysAgo(200) }))).toBe('absent');
  });
});
