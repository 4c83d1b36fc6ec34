import type { Condition, Resource } from 'fhir/r4.js';
import { type Indication, indicationOf, markOtherIndications } from '../../src/orders/indication.ts';
import { shippedDefinitions } from '../support/app.ts';
import { coded, drug, procedure, recognised, system } from './drafts.ts';

function indication(order: unknown, conditions: readonly Resource[] = []): Indication | undefined {
  const [first] = recognised(order);
  if (first === undefined) throw new Error('the draft was not recognised');
  return indicationOf(first, conditions, shippedDefinitions());
}

const pembrolizumabFor = (reason: unknown) => drug('pembrolizumab', { reasonCode: [reason] });
const condition = (id: string, code: unknown) => ({ resourceType: 'Condition', id, code }) as unknown as Condition;

describe('what an order is for', () => {
  it.each<[string, unknown, Indication | undefined]>([
    ['hepatocellular carcinoma by code', coded(system.icd10cm, 'C22.0'), 'ours'],
    ['hepatocellular carcinoma by a code without dot', coded(system.icd10cm, 'C220'), 'ours'],
    ['hepatocellular carcinoma by SNOMED CT', coded(system.snomed, '109841003'), 'ours'],
    ['hepatocellular carcinoma by text', { text: 'Unresectable hepatocellular carcinoma' }, 'ours'],
    ['the abbreviation alone', { text: 'HCC' }, 'ours'],
    ['the abbreviation beside the liver', { text: 'HCC of liver, BCLC B' }, 'ours'],
    ['liver cancer of unspecified type', coded(system.icd10cm, 'C22.9'), 'probably'],
    ['liver cancer of unspecified type by text', { text: 'Primary liver cancer' }, 'probably'],
    ['lung cancer by code', coded(system.icd10cm, 'C34.90'), 'other'],
    ['lung cancer by text', { text: 'NSCLC, stage IV' }, 'other'],
    ['melanoma', { text: 'Melanoma of skin, adjuvant' }, 'other'],
    ['bile-duct cancer, which is not liver-cell cancer', coded(system.icd10cm, 'C22.1'), 'other'],
    ['something that is no cancer', { text: 'Type 2 diabetes (HCC)' }, undefined],
    ['liver metastases, whose origin is not said', { text: 'Liver metastases' }, undefined],
  ])('%s', (_name, reason, expected) => {
    expect(indication(pembrolizumabFor(reason))).toBe(expected);
  });

  it('is read from one reason that is sent as an object', () => {
    expect(indication(drug('pembrolizumab', { reasonCode: { text: 'NSCLC' } }))).toBe('other');
  });

  it('is read from the Condition that the reason refers to, in every form of reference', () => {
    const conditions = [
      condition('7', coded(system.icd10cm, 'C34.90')),
      condition('8', coded(system.icd10cm, 'C22.0')),
    ];
    const referring = (reference: string) => drug('pembrolizumab', { reasonReference: [{ reference }] });
    expect(indication(referring('Condition/7'), conditions)).toBe('other');
    expect(indication(referring('https://fhir.example.org/r4/Condition/8'), conditions)).toBe('ours');
    expect(indication(referring('Condition/9'), conditions)).toBeUndefined();
  });

  it('is read from the display of that reference where the Condition is not there', () => {
    expect(indication(drug('pembrolizumab', { reasonReference: [{ display: 'Hepatocellular carcinoma' }] }))).toBe(
      'ours',
    );
  });

  it('is ours when one of several reasons is', () => {
    const order = drug('pembrolizumab', { reasonCode: [{ text: 'NSCLC' }, coded(system.icd10cm, 'C22.0')] });
    expect(indication(order)).toBe('ours');
  });

  it('is not known without a reason', () => {
    expect(indication(drug('pembrolizumab'))).toBeUndefined();
    expect(indication(drug('pembrolizumab', { reasonCode: [{}], reasonReference: [null] }))).toBeUndefined();
  });
});

describe('orders for another disease', () => {
  const marked = (order: unknown, hasOther: boolean) => {
    const orders = recognised(order);
    const indications = orders.map((one) => indicationOf(one, [], shippedDefinitions()));
    return markOtherIndications(orders, indications, hasOther, shippedDefinitions()).map((one) => one.otherIndication);
  };

  it('are marked when their reason is another cancer', () => {
    expect(marked(pembrolizumabFor({ text: 'NSCLC' }), false)).toEqual([true]);
  });

  it('are marked without a reason when the patient has another active cancer', () => {
    expect(marked(drug('pembrolizumab'), true)).toEqual([true]);
    expect(marked(drug('pembrolizumab'), false)).toEqual([false]);
  });

  it('are not marked when the reason is ours, whatever else the patient has', () => {
    expect(marked(pembrolizumabFor({ text: 'hepatocellular carcinoma' }), true)).toEqual([false]);
    expect(marked(drug('lenvatinib', { reasonCode: [{ text: 'primary liver cancer' }] }), true)).toEqual([false]);
  });

  it('are never procedures: TACE is liver therapy whatever else the patient has', () => {
    expect(marked(procedure('TACE'), true)).toEqual([false]);
  });
});
