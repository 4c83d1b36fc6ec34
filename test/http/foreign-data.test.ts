import { pino } from 'pino';
import { testApp } from '../support/app.ts';
import {
  albumin,
  bilirubin,
  call,
  condition,
  drafts,
  hcc,
  inr,
  patient,
  prefetch,
  searchset,
  send,
  tace,
} from './requests.ts';

const foreign = { subject: { reference: 'Patient/zq-other' } };

describe('resources about another patient', () => {
  const lines: string[] = [];
  const app = testApp({ logger: pino({ base: null }, { write: (line: string) => void lines.push(line) }) });
  beforeEach(() => void lines.splice(0));

  it('are dropped, counted over all keys, and the count is in the log', async () => {
    const conditions = searchset(hcc, condition('x', '389026000', 'Tense ascites', foreign));
    const ours = prefetch.labs.entry.map(({ resource }) => resource);
    const labs = searchset(...ours, { ...bilirubin(9), ...foreign }, { ...bilirubin(9), subject: undefined });
    expect((await send(call({ prefetch: { ...prefetch, conditions, labs } }), app)).status).toBe(200);
    expect(lines.map((line) => JSON.parse(line).dropped)).toEqual([3]);
  });

  it('are those whose patient is contained, since it is nobody outside of its resource', async () => {
    const contained = [{ resourceType: 'Patient', id: patient.id }];
    const labs = searchset({ ...bilirubin(9), contained, subject: { reference: `#${patient.id}` } });
    await send(call({ prefetch: { ...prefetch, labs } }), app);
    expect(lines.map((line) => JSON.parse(line).dropped)).toEqual([1]);
  });

  it('are none where there is none', async () => {
    await send(call(), app);
    expect(lines.map((line) => JSON.parse(line).dropped)).toEqual([0]);
  });
});

describe('an id in any of its forms', () => {
  const id = '9b2f0f6a-6a0e-4a39-b7a5-6f6d1c1f2a10';
  const forms = [
    ...[id, `Patient/${id}`, `urn:uuid:${id}`, `https://ehr.example/fhir/Patient/${id}`],
    ...[`Patient/${id}/_history/3`, `https://ehr.example/fhir/Patient/${id}/_history/3`],
  ];
  const about = (form: string) => ({ subject: { reference: form } });
  const answerTo = async (patientId: string, form: string) => {
    const labs = [bilirubin(6), albumin(2.5), inr(2)].map((one) => ({ ...one, ...about(form) }));
    const sent = {
      patient: { ...patient, id },
      conditions: searchset({ ...hcc, ...about(form) }),
      labs: searchset(...labs),
    };
    return (await send(call({ prefetch: sent }, { patientId, draftOrders: drafts({ ...tace, ...about(form) }) }))).text;
  };

  it.each(forms.flatMap((patientId) => forms.map((form) => [patientId, form] as const)))(
    'is the same patient: context %s, reference %s',
    async (patientId, form) => {
      const plain = await answerTo(id, `Patient/${id}`);
      expect(plain.includes('"indicator":"warning"')).toBe(true);
      expect((await answerTo(patientId, form)) === plain).toBe(true);
    },
  );

  it('is another one where one character differs', async () => {
    expect(await answerTo(id, `Patient/${id.slice(0, -1)}1`)).not.toBe(await answerTo(id, `Patient/${id}`));
  });
});
