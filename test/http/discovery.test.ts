import request from 'supertest';
import { shippedDefinitions, testApp } from '../support/app.ts';
import { expectValid } from '../support/validate-response.ts';
import { view } from './requests.ts';

interface DiscoveredService {
  readonly id: string;
  readonly hook: string;
  readonly title?: string;
  readonly description: string;
  readonly usageRequirements?: string;
  readonly version?: string;
  readonly prefetch: Readonly<Record<string, string>>;
}

async function discover(): Promise<readonly DiscoveredService[]> {
  const response = await request(testApp()).get('/cds-services');
  expect(response.status).toBe(200);
  expectValid(response);
  return response.body.services;
}

describe('discovery', () => {
  it('D2, D4, D12: lists one service for each hook, under ids of their own', async () => {
    const services = await discover();
    expect(services.map(({ id, hook }) => [id, hook])).toEqual([
      ['hcc-order-select', 'order-select'],
      ['hcc-order-sign', 'order-sign'],
      ['hcc-patient-view', 'patient-view'],
    ]);
  });

  it('D5, D6, D9, D10: says what each is for, what it needs, and which version it follows', async () => {
    for (const { title, description, usageRequirements, version } of await discover()) {
      expect([title, description, usageRequirements].map((text) => (text ?? '').length > 10)).toEqual([
        true,
        true,
        true,
      ]);
      expect(version).toBe('3.0.0');
    }
  });

  it('says of each from which day its knowledge is and who answers for it, as a hospital asks before it connects', async () => {
    const { evidencePack, clinicalOwner, signOff = '' } = shippedDefinitions().service;
    for (const { description } of await discover()) {
      expect(description).toMatch(/\. Evidence pack of \d{4}-\d\d-\d\d\. Clinical owner: .+\.$/);
      expect(description).toContain(`Evidence pack of ${evidencePack}. Clinical owner: ${clinicalOwner}. ${signOff}`);
    }
  });

  it('D7, D13: lists only ids that answer a call', async () => {
    for (const { id, hook } of await discover()) {
      const call = {
        hook,
        hookInstance: 'b0a7f6a2-52d1-4f0c-9d0c-3a4ab6a1f001',
        context: { patientId: '1', draftOrders: {} },
      };
      const response = await request(testApp()).post(`/cds-services/${id}`).send(call);
      expectValid(response, call);
      const nobody = hook === 'patient-view' ? [412] : [200, '{"cards":[]}'];
      expect([response.status, response.text]).toEqual(expect.arrayContaining(nobody));
    }
  });

  it('leaves out a service that is switched off, which then answers 404', async () => {
    const { service, ...definitions } = shippedDefinitions();
    const services = service.services.filter(({ hook }) => hook !== 'patient-view');
    const app = testApp({ definitions: { ...definitions, service: { ...service, services } } });
    const discovered = await request(app).get('/cds-services');
    expect(discovered.body.services.map(({ id }: DiscoveredService) => id)).toEqual([
      'hcc-order-select',
      'hcc-order-sign',
    ]);
    const response = await request(app).post('/cds-services/hcc-patient-view').send(view());
    expectValid(response);
    expect(response.status).toBe(404);
  });

  it('D3, T3: tells an empty list when every service is switched off', async () => {
    const { service, ...definitions } = shippedDefinitions();
    const app = testApp({ definitions: { ...definitions, service: { ...service, services: [] } } });
    const response = await request(app).get('/cds-services');
    expect([response.status, response.text]).toEqual([200, '{"services":[]}']);
  });

  it('D8, T3: leaves out prefetch when there are no templates', async () => {
    const { service, ...definitions } = shippedDefinitions();
    const app = testApp({ definitions: { ...definitions, service: { ...service, reads: {} } } });
    const response = await request(app).get('/cds-services');
    expectValid(response);
    expect(response.body.services[0]).not.toHaveProperty('prefetch');
  });

  it('D18: has no members but those of the standard', async () => {
    const standard = ['hook', 'title', 'description', 'id', 'prefetch', 'usageRequirements', 'version', 'hookVersion'];
    for (const service of await discover())
      expect(Object.keys(service).filter((name) => !standard.includes(name))).toEqual([]);
  });

  it('D15: answers with or without a token, since a browser client sends one before it knows whether it must', async () => {
    const plain = await request(testApp()).get('/cds-services');
    const withToken = await request(testApp()).get('/cds-services').set('Authorization', 'Bearer x.y.z');
    expectValid(withToken);
    expect(withToken.text).toBe(plain.text);
  });
});

describe('the prefetch templates', () => {
  const all = async () => (await discover()).flatMap(({ prefetch }) => Object.entries(prefetch));

  it('are the same for both hooks, so that the second call can be served from what the first one read', async () => {
    const [first, second] = await discover();
    expect(first?.prefetch).toEqual(second?.prefetch);
    expect(JSON.stringify(first?.prefetch)).toBe(JSON.stringify(second?.prefetch));
  });

  it('D8, P12: are ten at most, and those that the documents name', async () => {
    const keys = (await discover()).map(({ prefetch }) => Object.keys(prefetch));
    for (const one of keys) {
      expect(one.length).toBeLessThanOrEqual(10);
      expect(one).toEqual(expect.arrayContaining(['patient', 'conditions', 'labs', 'assessments', 'medications']));
      expect(one).toEqual(expect.arrayContaining(['procedures', 'orders', 'studies']));
    }
  });

  it('fit 1500 characters each when encoded, since some facades cut a URL at 2048', async () => {
    const long = (await all()).filter(([, template]) => encodeURIComponent(template).length > 1500);
    expect(long.map(([key, template]) => `${key}: ${encodeURIComponent(template).length}`)).toEqual([]);
  });

  it('ask for bare codes: a system would double the length and some servers do not index it', async () => {
    expect((await all()).filter(([, template]) => /\||%7C/i.test(template))).toEqual([]);
    for (const [, template] of await all()) {
      const codes = new URLSearchParams(template.split('?')[1]).get('code');
      if (codes === null) continue;
      expect(codes.split(',').filter((code) => !/^[A-Za-z0-9-]+$/.test(code))).toEqual([]);
      expect(new Set(codes.split(',')).size).toBe(codes.split(',').length);
    }
  });

  it('P5: repeat no parameter, since the public sandbox joins repeated ones into one', async () => {
    for (const [key, template] of await all()) {
      const names = [...new URLSearchParams(template.split('?')[1] ?? '').keys()];
      expect([key, new Set(names).size]).toEqual([key, names.length]);
    }
  });

  it('hold no dates, neither written nor computed', async () => {
    expect(
      (await all()).filter(([, template]) => /today\(\)|\d{4}-\d{2}-\d{2}|[?&](date|effective)/.test(template)),
    ).toEqual([]);
  });

  it('P2, P3, P4: use no token but context.patientId, and always that one', async () => {
    const tokens = (await all()).map(([, template]) => [...new Set(template.match(/\{\{[^}]*\}\}/g))]);
    expect([...new Set(tokens.flat())]).toEqual(['{{context.patientId}}']);
    expect(tokens.every(({ length }) => length === 1)).toBe(true);
    expect(
      (await all()).filter(([, template]) => /[{}]/.test(template.replaceAll('{{context.patientId}}', ''))),
    ).toEqual([]);
  });

  it('P1, P5, P6: are relative reads or searches with nothing that servers seldom support', async () => {
    for (const [, template] of await all()) {
      expect(template).toMatch(/^[A-Z][A-Za-z]+(\/\{\{context\.patientId\}\}$|\?patient=)/);
      expect(template).not.toMatch(/_include|_revinclude|_has|_summary|_elements|:not|=ne|=sa|=eb|\s/);
    }
  });

  it('P6, P7: sort and count observations only, and filter by status only where nothing is lost by it', async () => {
    for (const [key, template] of await all()) {
      const isObservation = template.startsWith('Observation?');
      expect([key, /[?&]_sort=-date(&|$)/.test(template)]).toEqual([key, isObservation]);
      expect([key, /[?&]_count=100(&|$)/.test(template)]).toEqual([key, isObservation]);
      if (/^(Condition|MedicationRequest|Procedure)\?/.test(template)) expect(template).not.toMatch(/status/);
    }
  });
});
