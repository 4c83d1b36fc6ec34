import { codeCatalogue } from '../../src/knowledge/code-catalogue.ts';
import { evidenceCatalogue } from '../../src/knowledge/evidence-catalogue.ts';
import { limitCatalogue } from '../../src/knowledge/limit-catalogue.ts';
import { policyBehind, policyLines } from '../../src/knowledge/policy-lines.ts';
import { shippedDefinitions } from '../support/app.ts';
import { definitionsFor } from '../support/stories.ts';

const shipped = shippedDefinitions();
const local = definitionsFor('site-overlay');
const day = '2026-11-22';

describe('the limits', () => {
  it('are all of the module, each with its source and the rules that use it', () => {
    const limits = limitCatalogue(shipped, shipped, day);
    expect(limits.map(({ id }) => id)).toEqual(Object.keys(shipped.thresholds));
    const bilirubin = limits.find(({ id }) => id === 'bilirubin-2');
    expect(bilirubin).toMatchObject({ shipped: '2 mg/dL (34 µmol/L)', reviewedOn: '2026-11-22' });
    expect(bilirubin?.usedBy.map(({ id }) => id)).toContain('bilirubin-2-tace');
    expect(limits.filter(({ source }) => source === undefined)).toEqual([]);
    expect(limits.some(({ local }) => local !== undefined)).toBe(false);
  });

  it('stand beside those of the hospital, with who approved them and for which days', () => {
    const limits = new Map(limitCatalogue(local, shipped, day).map((one) => [one.id, one]));
    expect(limits.get('bilirubin-2')).toMatchObject({
      shipped: '2 mg/dL (34 µmol/L)',
      local: {
        value: '3 mg/dL (51 µmol/L)',
        entry: { approvedBy: 'Dr Dana Sample, liver board', from: '2026-11-01', state: 'in force' },
      },
    });
    expect(limits.get('ecog-valid-days')?.local?.entry).toMatchObject({ until: '2027-04-30' });
    expect(limits.get('albumin-28')).not.toHaveProperty('shipped');
    expect(limits.get('albumin-28')?.local?.value).toBe('2.8 g/dL (28 g/L)');
    expect(limits.get('child-pugh-b')).not.toHaveProperty('local');
  });
});

describe('the local policy', () => {
  it('is told entry by entry: reason, approval, days, and what instead of what', () => {
    const lines = policyLines(local, day);
    expect(lines.find(({ name }) => name === 'thresholds.bilirubin-2')).toEqual({
      name: 'thresholds.bilirubin-2',
      reason: 'The liver board selects for TACE up to 3 mg/dL.',
      approvedBy: 'Dr Dana Sample, liver board',
      from: '2026-11-01',
      state: 'in force',
      says: ['3 mg/dL (51 µmol/L) instead of 2 mg/dL (34 µmol/L)'],
    });
  });

  it('tells what is still to come, and on its last day that it holds', () => {
    const stateOn = (when: string) => policyLines(local, when).find(({ name }) => name.startsWith('services.'))?.state;
    expect(['2027-05-31', '2027-06-01', '2027-06-14', '2027-06-15'].map(stateOn)).toEqual([
      'not yet in force',
      'in force',
      'in force',
      'ended',
    ]);
  });

  it('tells of a rule only what it rests on', () => {
    const rule = local.rules.find(({ id }) => id === 'child-pugh-b-tace');
    expect(policyBehind(rule?.local, local, day).map(({ name }) => name)).toEqual(['rules.child-pugh-b-tace']);
  });

  it('is nothing where there is none', () => {
    expect(policyLines(shipped, day)).toEqual([]);
  });
});

it('the evidence is all of the module, with what was verified and which rules rest on it', () => {
  const evidence = evidenceCatalogue(shipped);
  expect(evidence.map(({ key }) => key)).toEqual(Object.keys(shipped.evidence));
  const childPugh = evidence.find(({ key }) => key === 'child-pugh-1973');
  expect(childPugh).toMatchObject({ verification: 'known through another text', lastChecked: '2026-11-22' });
  expect(childPugh?.usedBy.map(({ id }) => id)).toContain('child-pugh-b8-tace');
});

describe('the value sets', () => {
  it('are all of the module, each with its codes and what reads it', () => {
    const sets = codeCatalogue(shipped, shipped);
    expect(sets).toHaveLength(shipped.valueSets.size);
    const hcc = sets.find(({ id }) => id === 'hcc');
    expect(hcc?.codes).toContainEqual({
      ...{ system: 'http://snomed.info/sct', code: '109841003', display: 'Liver cell carcinoma' },
      local: false,
    });
    expect(hcc?.namedBy).toContain('Hepatocellular carcinoma');
    expect(sets.flatMap(({ codes }) => codes).some(({ local }) => local)).toBe(false);
  });

  it('mark the codes of the hospital', () => {
    const added = codeCatalogue(local, shipped)
      .find(({ id }) => id === 'tace')
      ?.codes.filter((code) => code.local);
    expect(added?.map(({ code }) => code)).toEqual(['IR-0815']);
  });
});
