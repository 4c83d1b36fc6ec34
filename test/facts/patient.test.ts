import { found, unavailable } from '../../src/fhir/read-result.ts';
import { asResources, daysAgo, factOf, icd10cm, type Loose, lab, problem, quantity, said } from './records.ts';

const person = (changes: Loose) => ({ patient: [{ resourceType: 'Patient', id: '1', ...changes }] });

describe('age', () => {
  it.each([
    ['1960-11-05', '66 a'],
    ['1960-11-06', '65 a'],
    ['2008-11-05', '18 a'],
    ['2008-11-06', '17 a'],
    ['1960-11', '[65, 66] a'],
    ['1960', '[65, 66] a'],
  ])('born %s: %s', (birthDate, expected) => {
    expect(said(factOf('age', person({ birthDate })))).toBe(expected);
  });

  it('is not known without a date of birth: nobody is taken for a child', () => {
    expect(said(factOf('age', person({})))).toBe('absent');
    expect(said(factOf('age', person({ birthDate: 'unknown' })))).toBe('absent');
    expect(said(factOf('age', { patient: unavailable('no answer') }))).toBe('unavailable');
  });
});

describe('death', () => {
  it('is recorded by a flag or a date', () => {
    expect(said(factOf('deceased', person({ deceasedBoolean: true })))).toBe('1');
    expect(said(factOf('deceased', person({ deceasedDateTime: '2026-01-01' })))).toBe('1');
    expect(said(factOf('deceased', person({ deceasedBoolean: false })))).toBe('absent');
    expect(said(factOf('deceased', { patient: unavailable('no answer') }))).toBe('unavailable');
  });
});

describe('a study of the combination', () => {
  const subject = {
    resourceType: 'ResearchSubject',
    id: 's',
    status: 'on-study',
    study: { reference: 'ResearchStudy/1' },
  };
  const study = (title: string, description?: string) => ({
    resourceType: 'ResearchStudy',
    id: '1',
    title,
    description,
  });
  const takesPart = (changes: Loose, ...referenced: readonly Loose[]) =>
    said(
      factOf('combination-study', { studies: [{ ...subject, ...changes }] }, { referenced: asResources(referenced) }),
    );

  it('is one whose text names TACE and a systemic drug', () => {
    expect(takesPart({}, study('Durvalumab and bevacizumab with TACE in HCC'))).toBe('1');
    expect(takesPart({}, study('EMERALD-X', 'Transarterial chemoembolisation plus lenvatinib'))).toBe('1');
    expect(takesPart({ study: { display: 'TACE + pembrolizumab' } })).toBe('1');
  });

  const named = (title: string) => {
    const fact = factOf('combination-study', { studies: [subject, study(title)] });
    return fact.state === 'found' ? (fact.orders ?? []).map(({ label }) => label) : fact.state;
  };

  it('tells which drugs it names', () => {
    expect(named('Lenvatinib plus chemoembolization')).toEqual(['lenvatinib']);
    expect(named('TACE with durvalumab and bevacizumab')).toEqual(['durvalumab', 'bevacizumab']);
  });

  it('stands for every drug of a class that it names, and is called by the class', () => {
    expect(new Set(named('TACE plus a PD-1 inhibitor'))).toEqual(new Set(['a checkpoint inhibitor']));
    expect(named('TACE plus a PD-1 inhibitor').length).toBeGreaterThan(10);
    expect(new Set(named('TACE with TKIs'))).toEqual(new Set(['a tyrosine kinase inhibitor']));
  });

  it('may name none: "systemic therapy"', () => {
    expect(named('TACE with or without systemic therapy')).toEqual([]);
  });

  it.each(['Lenvatinib plus TACE in immunotherapy-naive patients', 'TACE with lenvatinib after prior immunotherapy'])(
    'does not stand for a class that was given before, or not: %s',
    (title) => {
      expect(named(title)).toEqual(['lenvatinib']);
    },
  );

  it('names no drug as soon as one of two studies does not', () => {
    const second = { ...subject, id: 't', study: { reference: 'ResearchStudy/2' } };
    const studies = [
      subject,
      study('TACE with durvalumab'),
      second,
      { ...study('TACE and systemic therapy'), id: '2' },
    ];
    expect(factOf('combination-study', { studies })).toMatchObject({ state: 'found', orders: [] });
  });

  it('may come with the answer', () => {
    expect(said(factOf('combination-study', { studies: [subject, study('TACE with durvalumab')] }))).toBe('1');
  });

  it('is no study of one of them alone, or of something else', () => {
    expect(takesPart({}, study('TACE with or without prophylactic antibiotics'))).toBe('absent');
    expect(takesPart({}, study('Durvalumab in hepatocellular carcinoma'))).toBe('absent');
    expect(takesPart({}, study('Registry of liver cancer'))).toBe('absent');
    expect(takesPart({})).toBe('absent');
  });

  it.each([
    'candidate',
    'eligible',
    'follow-up',
    'ineligible',
    'not-registered',
    'off-study',
    'screening',
    'withdrawn',
  ])('does not count when the patient is %s', (status) => {
    expect(takesPart({ status }, study('TACE with durvalumab'))).toBe('absent');
  });

  it('is unavailable when nobody could ask', () => {
    expect(said(factOf('combination-study', { studies: unavailable('no answer') }))).toBe('unavailable');
  });
});

describe('what is marked as restricted', () => {
  const security = (code: string) => ({
    meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code }] },
  });

  it.each(['R', 'V'])('counts, and carries the mark: %s', (code) => {
    const fact = factOf('bilirubin', { labs: [lab('1975-2', { ...quantity(3, 'mg/dL'), ...security(code) })] });
    expect(said(fact)).toBe('3 mg/dL');
    expect(fact).toMatchObject({ provenance: { restricted: true } });
    expect(factOf('hcc', { conditions: [problem(icd10cm('C22.0'), security(code))] })).toMatchObject({
      provenance: { restricted: true },
    });
  });

  it('is not everything that carries a label', () => {
    for (const mark of [security('N'), { meta: { security: 'R' } }, {}]) {
      const fact = factOf('bilirubin', { labs: [lab('1975-2', { ...quantity(3, 'mg/dL'), ...mark })] });
      expect(fact).not.toHaveProperty('provenance.restricted');
    }
  });
});

describe('a key that was not read at all', () => {
  it.each([
    'bilirubin',
    'ascites',
    'hcc',
    'ecog',
    'tace-last',
    'tace-planned',
    'lenvatinib-last-given',
    'immunotherapy-running',
    'age',
    'deceased',
    'combination-study',
    'anticoagulant',
    'paracentesis-or-tips',
    'ascites-ever',
  ])('makes %s unavailable, never absent', (id) => {
    expect(said(factOf(id, {}, { reads: new Map() }))).toBe('unavailable');
  });
});

describe('resources of the wrong kind under a key', () => {
  it('are passed over', () => {
    const conditions = found(asResources([lab('1975-2', quantity(3, 'mg/dL'))]));
    expect(said(factOf('ascites', { conditions }))).toBe('absent');
    expect(said(factOf('bilirubin', { conditions }))).toBe('absent');
  });
});

describe('the order of the answer', () => {
  it('never matters', () => {
    const conditions = [
      problem('Ascites', { id: 'a' }),
      problem('Mild ascites', { id: 'b' }),
      problem('HCC', { id: 'c', recordedDate: daysAgo(3) }),
    ];
    expect(said(factOf('ascites', { conditions }))).toBe(
      said(factOf('ascites', { conditions: [...conditions].reverse() })),
    );
  });
});
