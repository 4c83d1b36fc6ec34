import { shippedDefinitions } from '../support/app.ts';
import { coded, drug, names, procedure, recognised, system } from './drafts.ts';

const embolisation = procedure(coded(system.cpt, '37243'), { id: 'embolisation' });
const also = (codeSystem: string, code: string) => procedure(coded(codeSystem, code), { id: 'also' });

const probableLabel = shippedDefinitions().orders.get('tace')?.probable?.label;

describe('CPT 37243, which means chemoembolisation, bland embolisation and radioembolisation alike', () => {
  it('alone is called so that the card is true for both, and says so', () => {
    expect(probableLabel).not.toBe('TACE');
    expect(recognised(embolisation)).toMatchObject([
      { name: 'tace', label: probableLabel, note: expect.stringContaining('radioembolisation') },
    ]);
  });

  it.each(['96420', '96422', '96423'])('with intra-arterial chemotherapy (%s) in the session it is TACE', (code) => {
    const [order, ...others] = recognised(embolisation, also(system.cpt, code));
    expect(order).toMatchObject({ name: 'tace', label: 'TACE' });
    expect(order).not.toHaveProperty('note');
    expect(others).toEqual([]);
  });

  it('with the ICD-10-PCS code of intra-arterial chemotherapy it is TACE', () => {
    expect(recognised(embolisation, also(system.pcs, '3E05305'))).toMatchObject([{ label: 'TACE' }]);
  });

  it.each([
    ['79445', system.cpt],
    ['S2095', system.hcpcs],
    ['C2616', system.hcpcs],
  ])('with %s in the session it is radioembolisation, not TACE', (code, codeSystem) => {
    expect(names(embolisation, also(codeSystem, code))).toEqual([]);
  });

  it('stays TACE when intra-arterial chemotherapy is in the session beside a code of another liver treatment', () => {
    const ablation = procedure(coded(system.snomed, '428115007'), { id: 'ablation' });
    expect(recognised(embolisation, also(system.cpt, '96420'), ablation)).toMatchObject([{ label: 'TACE' }]);
  });

  it('is not TACE when its own text says radioembolisation or uterus', () => {
    expect(names(procedure(coded(system.cpt, '37243', 'Y-90 radioembolization')))).toEqual([]);
    expect(names(procedure(coded(system.cpt, '37243', 'Uterine artery embolization')))).toEqual([]);
  });

  it('is TACE for certain when its text says so', () => {
    expect(recognised(procedure(coded(system.cpt, '37243', 'IR TACE')))).toMatchObject([{ label: 'TACE' }]);
  });
});

describe('bland embolisation counts as TACE and is called by its own name', () => {
  it.each(['TAE', 'Bland embolization of liver tumour', 'Bland hepatic artery embolisation'])('"%s"', (text) => {
    expect(recognised(procedure(text))).toMatchObject([{ name: 'tace', label: 'Embolisation' }]);
  });
});

describe('embolisation for bleeding or rupture is none of ours: it cannot wait for advice', () => {
  it.each([
    ['the text of the order', procedure('TACE for ruptured HCC')],
    ['the text of the order, in British spelling', procedure('Hepatic artery embolisation, haemorrhage')],
    [
      'the display of its code',
      procedure({ coding: [{ system: 'urn:x', code: '1', display: 'Embolization, liver, bleeding' }] }),
    ],
    ['its reason', procedure('TACE', { reasonCode: [{ text: 'Rupture of HCC' }] })],
    [
      'the display of its reason reference',
      procedure('TACE', { reasonReference: [{ reference: 'Condition/1', display: 'Hemorrhage of liver tumour' }] }),
    ],
  ])('%s', (_name, order) => {
    expect(names(order)).toEqual([]);
  });

  it('a reason that denies bleeding keeps the order ours', () => {
    expect(names(procedure('TACE', { reasonCode: [{ text: 'HCC, no bleeding' }] }))).toEqual(['tace']);
  });

  it('a drug is advised on all the same: the reason of a drug is no emergency', () => {
    expect(names(drug('lenvatinib', { reasonCode: [{ text: 'HCC after rupture' }] }))).toEqual(['lenvatinib']);
  });
});

describe('cytotoxics mean TACE only when they are given into an artery', () => {
  const route = (value: unknown) => ({ dosageInstruction: [{ route: value }] });

  it.each([
    ['by the code of the route', route(coded(system.snomed, '58100008'))],
    ['by the text of the route', route({ text: 'Intra-arterial' })],
    ['by the text of the dosage', { dosageInstruction: [{ text: '50 mg intraarterial, once' }] }],
    ['by a dosage that is sent as an object', { dosageInstruction: { route: { text: 'hepatic artery' } } }],
  ])('doxorubicin, %s', (_name, changes) => {
    expect(recognised(drug('doxorubicin 50 mg', changes))).toMatchObject([{ name: 'tace', label: 'TACE' }]);
  });

  it.each(['epirubicin', 'cisplatin', 'mitomycin', 'idarubicin'])('%s into an artery', (name) => {
    expect(names(drug(name, route({ text: 'intra-arterial' })))).toEqual(['tace']);
  });

  it('by code as well', () => {
    expect(names(drug(coded(system.rxnorm, '3639'), route(coded(system.snomed, '58100008'))))).toEqual(['tace']);
  });

  it('into a vein they are chemotherapy for something else', () => {
    expect(names(drug('doxorubicin 50 mg', route({ text: 'Intravenous' })))).toEqual([]);
    expect(names(drug('doxorubicin 50 mg'))).toEqual([]);
  });

  it('liposomal doxorubicin is another drug', () => {
    expect(names(drug(coded(system.hcpcs, 'Q2050'), route(coded(system.snomed, '58100008'))))).toEqual([]);
  });

  it('an order that names TACE itself needs no route', () => {
    expect(names(drug('Doxorubicin-eluting beads for TACE'))).toEqual(['tace']);
  });
});

describe('bevacizumab for the eye is not cancer therapy', () => {
  it.each([
    ['by its HCPCS code', drug(coded(system.hcpcs, 'C9257'))],
    ['by its ATC code', drug(coded(system.atc, 'S01LA08'))],
    ['by its text', drug('bevacizumab 1.25 mg/0.05 mL intravitreal injection')],
    ['by its route', drug('bevacizumab', { dosageInstruction: [{ route: { text: 'Intravitreal' } }] })],
    [
      'by the display of its route',
      drug('Avastin', {
        dosageInstruction: [
          { route: { coding: [{ system: system.snomed, code: '418401004', display: 'Intravitreal route' }] } },
        ],
      }),
    ],
    [
      'by the text of its dosage',
      drug(coded(system.rxnorm, '253337'), { dosageInstruction: [{ text: '1.25 mg into the right eye' }] }),
    ],
  ])('%s', (_name, order) => {
    expect(names(order)).toEqual([]);
  });

  it('into a vein it is', () => {
    expect(names(drug('bevacizumab', { dosageInstruction: [{ route: { text: 'Intravenous' } }] }))).toEqual([
      'bevacizumab',
    ]);
  });
});
