import type { Express } from 'express';
import request from 'supertest';
import { annaAndBen, baseUrl, entries, expectOutcome, found, get, link, startWard } from './ward.ts';

let app: Express;
beforeAll(async () => {
  app = await startWard(annaAndBen);
});

describe('the searches of the service', () => {
  it.each([
    ['/Condition?patient=anna', ['Condition/anna-hcc']],
    ['/MedicationRequest?patient=anna', ['MedicationRequest/anna-drug']],
    ['/Procedure?patient=anna', ['Procedure/anna-tace']],
    ['/ServiceRequest?patient=anna&status=active', ['ServiceRequest/anna-order']],
    [
      '/ServiceRequest?patient=anna&status=active,revoked',
      ['ServiceRequest/anna-order', 'ServiceRequest/anna-revoked'],
    ],
    ['/ResearchSubject?patient=anna', ['ResearchSubject/anna-subject']],
    ['/ResearchSubject?individual=Patient/anna', ['ResearchSubject/anna-subject']],
    ['/MedicationAdministration?patient=anna&effective-time=ge2026-11-10', ['MedicationAdministration/anna-dose']],
    ['/MedicationAdministration?patient=anna&effective-time=ge2026-11-11', []],
    ['/MedicationStatement?patient=anna', ['MedicationStatement/anna-statement']],
    ['/MedicationDispense?patient=anna', ['MedicationDispense/anna-dispense']],
    ['/Appointment?patient=anna&date=ge2026-11-22', ['Appointment/anna-visit']],
    ['/Appointment?patient=anna&date=ge2026-12-02', []],
  ])('%s', async (path, expected) => {
    expect(await found(app, path)).toEqual(expected);
  });

  it('sorts observations newest first by instant, whatever their offset, the undated ones last', async () => {
    expect(await found(app, '/Observation?patient=anna&_sort=-date&_count=100')).toEqual([
      'Observation/anna-albumin',
      'Observation/anna-bilirubin-new',
      'Observation/anna-bilirubin-old',
      'Observation/anna-undated',
    ]);
    expect((await found(app, '/Observation?patient=anna&_sort=date')).at(-1)).toBe('Observation/anna-undated');
  });

  it('sorts by the first rule, and by the next only where the first says equal', async () => {
    expect(await found(app, '/Observation?patient=anna&_sort=status,-_id')).toEqual([
      'Observation/anna-undated',
      'Observation/anna-bilirubin-old',
      'Observation/anna-albumin',
      'Observation/anna-bilirubin-new',
    ]);
  });
});

describe('search parameters', () => {
  it.each([
    '/Condition?patient=anna',
    '/Condition?patient=Patient/anna',
    `/Condition?patient=${baseUrl}/Patient/anna`,
    '/Condition?subject=anna',
    '/Condition?subject=Patient/anna',
    '/Condition?subject:Patient=anna',
    '/Condition?patient=anna,nobody',
    '/Condition?_id=anna-hcc',
    '/Condition?_id=anna-hcc&patient=anna',
    '/Condition?patient=anna&clinical-status=&_sort=',
  ])('a condition is found by %s', async (path) => {
    expect(await found(app, path)).toEqual(['Condition/anna-hcc']);
  });

  it.each([
    ['code=1975-2', ['bilirubin-old', 'bilirubin-new']],
    ['code=1975-2,1751-7', ['bilirubin-old', 'albumin', 'bilirubin-new', 'undated']],
    ['code=http://loinc.org|1751-7', ['albumin']],
    ['code=http://loinc.org|1751-7,urn:local|1751-7', ['albumin', 'undated']],
    ['code=http://loinc.org|', ['bilirubin-old', 'albumin', 'bilirubin-new']],
    ['status=preliminary', ['bilirubin-new']],
    ['status:not=final', ['bilirubin-new']],
    ['category=laboratory', ['bilirubin-old']],
    ['category:missing=true', ['albumin', 'bilirubin-new', 'undated']],
    ['date=ge2026-11-02', ['albumin', 'bilirubin-new']],
    ['date=lt2026-11', ['bilirubin-old']],
    ['date=ge2026-10-01&date=le2026-10-31', ['bilirubin-old']],
    ['date=2026-11-02', ['albumin', 'bilirubin-new']],
    ['date=gt2026-11-02T03:30:00Z', ['albumin']],
  ])('Observation?%s', async (query, expected) => {
    const ids = await found(app, `/Observation?patient=anna&${query}`);
    expect(ids).toEqual(expected.map((id) => `Observation/anna-${id}`));
  });

  it('work without a patient', async () => {
    expect(await found(app, '/Patient?name=berg')).toEqual(['Patient/anna']);
    expect(await found(app, '/Patient?identifier=urn:mrn|A-1')).toEqual(['Patient/anna']);
    expect(await found(app, '/Observation?status=preliminary')).toHaveLength(2);
    expect(await found(app, '/Patient')).toEqual(['Patient/anna', 'Patient/ben']);
  });

  it.each([
    'Observation?colour=red',
    'Observation?constructor=x',
    'Observation?code:text=bilirubin',
    'Observation?code:in=urn:vs',
    'Observation?value-quantity=gt5',
    'Observation?subject.name=Anna',
    'Patient?_has:Observation:patient:code=1975-2',
    'Observation?date=yesterday',
    'Observation?_sort=colour',
    'Observation?_count=many',
    'Observation?_count=-1',
    'Observation?_include=MedicationRequest:colour',
    'Observation?_include=Observation:code',
    'Observation?_revinclude=Provenance:target',
  ])('%s is refused, because silence would read as "nothing recorded"', async (query) => {
    expectOutcome(await get(app, `/${query}`), 400);
  });
});

describe('_include', () => {
  it('brings the medication of an order', async () => {
    const { body } = await get(app, '/MedicationRequest?patient=anna&_include=MedicationRequest:medication');
    expect(body.total).toBe(1);
    expect(entries(body).map(({ fullUrl, search }) => [fullUrl, search?.mode])).toEqual([
      [`${baseUrl}/MedicationRequest/anna-drug`, 'match'],
      [`${baseUrl}/Medication/lenvatinib`, 'include'],
    ]);
  });

  it('brings what several matches share only once', async () => {
    expect(await found(app, '/ResearchSubject?_include=ResearchSubject:study')).toEqual([
      'ResearchSubject/anna-subject',
      'ResearchSubject/ben-subject',
      'ResearchStudy/trial',
    ]);
  });

  it('takes more than one, and ignores what is not there', async () => {
    const path =
      '/MedicationRequest?_id=anna-drug&_include=MedicationRequest:subject&_include=MedicationRequest:encounter';
    expect(await found(app, path)).toEqual(['MedicationRequest/anna-drug', 'Patient/anna']);
  });
});

describe('POST _search', () => {
  it('reads a form, together with the query', async () => {
    const { status, body } = await request(app)
      .post('/fhir/Observation/_search?_count=1')
      .type('form')
      .send('patient=anna&code=1975-2&_sort=-date');
    expect(status).toBe(200);
    expect(body.total).toBe(2);
    expect(entries(body).map(({ resource }) => resource?.id)).toEqual(['anna-bilirubin-new']);
    expect(link(body, 'next')).toMatch(/^https:\/\/sandbox\.example\/fhir\/Observation\?/);
  });

  it('joins repeated parameters by "and"', async () => {
    const form = 'patient=anna&date=ge2026-10-01&date=le2026-10-31';
    const { body } = await request(app).post('/fhir/Observation/_search').type('form').send(form);
    expect(entries(body).map(({ resource }) => resource?.id)).toEqual(['anna-bilirubin-old']);
  });

  it('refuses a body that is not a form', async () => {
    expectOutcome(await request(app).post('/fhir/Observation/_search').send({ patient: 'anna' }), 415);
  });
});
