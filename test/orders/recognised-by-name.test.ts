import { coded, drug, names, procedure, recognised } from './drafts.ts';

describe('TACE is recognised by its name, because many records have nothing else', () => {
  it.each([
    'TACE',
    'IR TACE',
    'DEB-TACE, left lobe',
    'cTACE segment 8',
    'IR CHEMOEMBOLIZATION LIVER',
    'XA chemoembolisation hepatic artery',
    'Transarterial chemoembolization',
    'trans-arterial chemo-embolisation',
    'Transarterial chemo embolization of HCC',
    'Hepatic artery embolization',
    'Embolisation of hepatic artery branches',
    'schedule TACE',
  ])('"%s"', (text) => {
    expect(recognised(procedure(text))).toMatchObject([{ name: 'tace', by: { by: 'text' } }]);
  });

  it('also where only the display of a local code says it', () => {
    const code = { coding: [{ system: 'https://fhir.example.org/codeSet/200', code: '77', display: 'IR TACE' }] };
    expect(names(procedure(code))).toEqual(['tace']);
  });

  it.each([
    ['hepatic vein', 'Hepatic vein embolization'],
    ['portal vein, before resection', 'Portal vein embolisation (PVE)'],
    ['spleen', 'Splenic artery embolization'],
    ['prostate', 'Prostate artery embolization'],
    ['uterus', 'Uterine fibroid embolization'],
    ['kidney', 'Transarterial chemoembolization of kidney tumour'],
    ['radioembolisation', 'Radioembolization of hepatic artery'],
    ['TARE', 'TARE right lobe'],
    ['Y-90', 'Y-90 embolization of liver'],
    ['Y90', 'Liver Y90 embolization'],
    ['SIRT', 'SIRT liver'],
    ['no TACE', 'No TACE'],
    ['s/p TACE', 'CT liver s/p TACE'],
    ['status post TACE', 'MRI liver, status post TACE'],
    ['post-TACE', 'Post-TACE labs'],
    ['declined', 'Patient declined TACE'],
    ['after TACE', 'Follow-up after TACE'],
    ['instead of TACE', 'Microwave ablation instead of TACE'],
    ['a word that only contains it', 'Surface imaging'],
  ])('%s: "%s" is not an order of TACE', (_name, text) => {
    expect(names(procedure(text))).toEqual([]);
  });
});

describe('a drug is recognised by its name', () => {
  it.each([
    ['atezolizumab 1200 mg IV', 'atezolizumab'],
    ['TECENTRIQ', 'atezolizumab'],
    ['bevacizumab-awwb (Mvasi) 15 mg/kg', 'bevacizumab'],
    ['bevacizumab-bvzr', 'bevacizumab'],
    ['Bevacizumab-nwgd', 'bevacizumab'],
    ['Zirabev', 'bevacizumab'],
    ['tremelimumab-actl 300 mg', 'tremelimumab'],
    ['tislelizumab-jsgr', 'tislelizumab'],
    ['retifanlimab-dlwr', 'retifanlimab'],
    ['nivolumab and relatlimab-rmbw', 'nivolumab-relatlimab'],
    ['nivolumab and hyaluronidase-nvhy', 'nivolumab'],
    ['lenvatinib mesylate 12 mg daily', 'lenvatinib'],
    ['Cabometyx 60 mg', 'cabozantinib'],
    ['sintilimab', 'sintilimab'],
    ['donafenib', 'donafenib'],
    ['apatinib', 'rivoceranib'],
    ['rivoceranib', 'rivoceranib'],
  ])('"%s" is %s', (text, name) => {
    expect(names(drug(text))).toEqual([name]);
  });

  it('lapatinib is not apatinib, which stands in it', () => {
    expect(names(drug('lapatinib 250 mg oral tablet'))).toEqual([]);
  });

  it('a drug that is denied or declined is not ordered', () => {
    expect(names(drug('no bevacizumab'))).toEqual([]);
    expect(names(drug('atezolizumab: declined'))).toEqual([]);
  });

  it('a service that only mentions a drug is not an order of it', () => {
    expect(names(procedure('Laboratory monitoring for lenvatinib'))).toEqual([]);
  });

  it('a hospital code with a telling display is enough', () => {
    const concept = {
      coding: [{ system: 'http://hospital.example/drugs', code: 'X1', display: 'Lenvima 4 mg capsule' }],
    };
    expect(names(drug(concept))).toEqual(['lenvatinib']);
  });

  it('a drug of another kind is none of ours', () => {
    expect(names(drug('ondansetron 8 mg'), drug(coded('http://www.whocc.no/atc', 'A04AA01')))).toEqual([]);
  });

  it('two drugs make two orders, in the order in which they were drafted', () => {
    const found = recognised(drug('Avastin', { id: 'b' }), drug('Tecentriq', { id: 'a' }));
    expect(found.map(({ name, reference }) => [name, reference])).toEqual([
      ['bevacizumab', 'MedicationRequest/b'],
      ['atezolizumab', 'MedicationRequest/a'],
    ]);
  });
});
