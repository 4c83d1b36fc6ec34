import { compileAbbreviation, compileName, hasName } from '../../src/terminology/name-pattern.ts';

describe('compileName', () => {
  it.each([
    ['apatinib', 'Apatinib 250 mg tablet'],
    ['bevacizumab', 'bevacizumab-awwb 25 mg/mL'],
    ['bevacizumab injection', 'BEVACIZUMAB-bvzr injection'],
    ['atezolizumab + bevacizumab', 'atezolizumab+bevacizumab'],
    ['liver cell carcinoma', 'Liver-cell\n  carcinoma'],
    ['DEB-TACE', 'IR deb tace liver'],
    ['y-90', 'Y 90 microspheres'],
    ['chemoembol(isation|ization)', 'IR CHEMOEMBOLIZATION LIVER'],
    ['chemoembol(isation|ization)', 'Chemoembolisation'],
    ['(hepatic|liver) (artery|arterial) embol*', 'XA liver artery embolisation'],
    ['metastas(is|es|)', 'metastas'],
    ['chemoemboli*', 'chemoembolized'],
    ['*mab', 'tremelimumab'],
    ['ch*embol*', 'chemoembolic'],
    ['hépatocellulaire', 'carcinome hepatocellulaire'],
    ['hepatocellulaire', 'carcinome hépatocellulaire'],
    ['embol* … liver', 'Embolization of a tumour of the liver'],
    ['embol* ... (liver|hepat*)', 'embolisation, selective, hepatic'],
    ['tace', '(TACE)'],
    ['tace', 'cTACE, TACE'],
    ['großzellig', 'GROSSZELLIG'],
  ])('%j matches %j', (pattern, text) => {
    expect(hasName(compileName(pattern), text)).toBe(true);
  });

  it.each([
    ['apatinib', 'lapatinib 250 mg'],
    ['tace', 'surface'],
    ['tace', 'TACEs'],
    ['bevacizumab injection', 'bevacizumab-long injection-like injections'.replace('-long injection', '')],
    ['liver cell carcinoma', 'Liver. Cell carcinoma'],
    ['atezolizumab + bevacizumab', 'atezolizumab / bevacizumab'],
    ['chemoembol(isation|ization)', 'chemoembolus'],
    ['aba*ba', 'aba'],
    ['embol* … liver', 'liver embolisation'],
    ['embol* … liver', `embolisation ${'x'.repeat(70)} liver`],
    ['hepatic artery', 'hepatic portal artery'],
    ['tace', ''],
  ])('%j does not match %j', (pattern, text) => {
    expect(hasName(compileName(pattern), text)).toBe(false);
  });

  it('measures the distance from the nearest mention: at most 60 characters', () => {
    const pattern = compileName('embol* … liver');
    expect(hasName(pattern, `embolisation ${'x'.repeat(58)} liver`)).toBe(true);
    expect(hasName(pattern, `embolisation ${'x'.repeat(59)} liver`)).toBe(false);
    expect(hasName(pattern, `embolisation ${'x'.repeat(70)} embolisation liver`)).toBe(true);
  });

  it.each([
    '',
    '   ',
    '*',
    'a* ',
    '(a',
    'a)',
    'a|b',
    'a) (b',
    '(a(b|c))',
    '[ab]',
    'a?',
    '\\bx',
    '^x$',
    'x{2}',
    'a … ',
    '(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)',
  ])('refuses %j', (source) => {
    expect(() => compileName(source)).toThrow(`name "${source}"`);
  });

  it('reads only the first 2 000 characters', () => {
    expect(hasName(compileName('tace'), `${'x '.repeat(999)}TACE`)).toBe(false);
    expect(hasName(compileName('tace'), `${'x '.repeat(900)}TACE`)).toBe(true);
  });
});

describe('compileAbbreviation', () => {
  const hcc = compileAbbreviation({ abbreviation: 'HCC', alongside: ['liver', 'hepat*', 'BCLC', 'LI-RADS', 'TACE'] });

  it.each(['HCC', ' hcc. ', 'HCC, BCLC stage B', 'LI RADS 5 (HCC)', 'hepatic HCC'])('counts in %j', (text) => {
    expect(hasName(hcc, text)).toBe(true);
  });

  it.each(['Diabetes mellitus HCC', 'HCC 18', 'liver', 'AHCC liver'])('does not count in %j', (text) => {
    expect(hasName(hcc, text)).toBe(false);
  });
});
