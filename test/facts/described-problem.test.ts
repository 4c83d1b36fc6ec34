import { found } from '../../src/fhir/read-result.ts';
import { asResources, factOf, icd10cm, type Loose, problem, said, snomed, status } from './records.ts';

const growths = ['infiltrative-growth', 'bilobar-growth'] as const;
/** What the two facts say, where they differ the one that is present. */
const growth = (...conditions: readonly Loose[]) => {
  const all = growths.map((id) => said(factOf(id, { conditions })));
  return all.find((one) => one !== 'absent') ?? 'absent';
};
const hcc = (text: string, changes: Loose = {}) => problem(icd10cm('C22.0', text), changes);

describe('a problem that is described in certain words', () => {
  it.each([
    'Hepatocellular carcinoma, infiltrative',
    'Diffuse HCC',
    'HCC with extensive bilobar involvement',
    'HCC, bilobar, extensive',
    'HCC with massive replacement of both lobes',
  ])('"%s"', (text) => {
    expect(growth(hcc(text))).toBe('1');
  });

  it('tells which of them is described, in the words of the record', () => {
    const conditions = [hcc('HCC with extensive bilobar involvement')];
    expect(said(factOf('infiltrative-growth', { conditions }))).toBe('absent');
    expect(factOf('bilobar-growth', { conditions })).toMatchObject({
      provenance: { text: 'HCC with extensive bilobar involvement' },
    });
  });

  it('needs no code where the text names the problem', () => {
    expect(growth(problem('Infiltrative hepatocellular carcinoma'))).toBe('1');
    // The abbreviation alone has another meaning in records.
    expect(growth(problem('Diffuse HCC'))).toBe('absent');
  });

  it('is described by its stage or body site as well', () => {
    expect(growth(hcc('HCC', { stage: [{ summary: { text: 'BCLC B, infiltrative type' } }] }))).toBe('1');
    expect(growth(hcc('HCC', { stage: [{ type: { text: 'diffuse growth' } }] }))).toBe('1');
    expect(growth(hcc('HCC', { bodySite: [{ text: 'both lobes, extensive' }] }))).toBe('1');
  });

  it.each([
    'Hepatocellular carcinoma',
    'HCC, bilobar',
    'HCC, non-infiltrative',
    'HCC without infiltrative growth',
    'Family history of infiltrative hepatocellular carcinoma',
  ])('is not "%s"', (text) => {
    expect(growth(hcc(text))).toBe('absent');
  });

  it('is not another problem that is described so', () => {
    expect(growth(problem('Infiltrative cardiomyopathy'), hcc('HCC'))).toBe('absent');
    expect(growth(problem(snomed('254837009', 'Infiltrating ductal carcinoma of breast')))).toBe('absent');
  });

  it('counts while it is present, perhaps while nobody has confirmed it', () => {
    expect(growth(hcc('Infiltrative HCC', { clinicalStatus: status('resolved') }))).toBe('absent');
    expect(growth(hcc('Infiltrative HCC', { verificationStatus: status('refuted') }))).toBe('absent');
    const unconfirmed = hcc('Infiltrative HCC', { verificationStatus: status('provisional') });
    expect(growth(unconfirmed)).toBe('[0, 1]');
    expect(growth(unconfirmed, hcc('Diffuse HCC'))).toBe('1');
  });

  it('is not to be told where not everything was read', () => {
    const part = found(asResources([hcc('HCC')]), false);
    expect(said(factOf('infiltrative-growth', { conditions: part }))).toBe('unavailable');
    const described = found(asResources([hcc('Infiltrative HCC')]), false);
    expect(said(factOf('infiltrative-growth', { conditions: described }))).toBe('1');
  });
});
