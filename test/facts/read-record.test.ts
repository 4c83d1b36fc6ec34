import type { HookRequest } from '../../src/cds-hooks/request.ts';
import { foreignPatients } from '../../src/facts/check-prefetch.ts';
import { readInto, readMedicationsOf, readReferencedInto } from '../../src/facts/read-record.ts';
import type { FhirReader } from '../../src/fhir/fhir-reader.ts';
import { found, type ReadResult, unavailable } from '../../src/fhir/read-result.ts';
import { readDrafts } from '../../src/orders/draft.ts';
import { draftBundle, drug } from '../orders/drafts.ts';
import { shippedDefinitions } from '../support/app.ts';
import { searchset } from '../support/fhir-server.ts';
import { asResources, type Loose, medicationRequest, problem, recordOf } from './records.ts';

const mine = { subject: { reference: 'Patient/1' } };

function call(prefetch: Loose): HookRequest {
  return { hook: 'order-sign', hookInstance: 'i', context: { patientId: '1' }, prefetch };
}

/** A reader that knows these answers and notes what it was asked. */
function readerOf(answers: Readonly<Record<string, ReadResult>> = {}): FhirReader & { readonly asked: string[] } {
  const asked: string[] = [];
  const read = async (request: string) => {
    asked.push(request);
    return answers[request] ?? unavailable('not there');
  };
  return { asked, read, readOn: read };
}

async function conditionsOf(prefetch: Loose, reader = readerOf()) {
  const definitions = shippedDefinitions();
  const record = await readInto(recordOf({}), ['conditions'], { request: call(prefetch), definitions, reader });
  return { result: record.reads.get('conditions'), dropped: record.dropped, asked: reader.asked };
}

describe('a read', () => {
  const [ours, foreign] = [
    problem('HCC', { id: 'ours', ...mine }),
    problem('HCC', { id: 'foreign', subject: { reference: 'Patient/2' } }),
  ];

  it('is taken from the prefetch without asking the server', async () => {
    const { result, asked } = await conditionsOf({ conditions: searchset([ours]) });
    expect(result).toEqual(found(asResources([ours])));
    expect(asked).toEqual([]);
  });

  it('takes null and an empty Bundle of the prefetch as "nothing there"', async () => {
    for (const conditions of [null, searchset([])]) {
      expect(await conditionsOf({ conditions })).toMatchObject({ result: found([]), asked: [] });
    }
  });

  it('asks the server for a key that was not sent', async () => {
    const request = 'Condition?patient=1';
    const { result, asked } = await conditionsOf({}, readerOf({ [request]: found(asResources([ours])) }));
    expect(result).toEqual(found(asResources([ours])));
    expect(asked).toEqual([request]);
  });

  it('asks the server when the prefetch holds an error, and keeps the error when the server has none either', async () => {
    const conditions = { resourceType: 'OperationOutcome', issue: [] };
    const reader = readerOf({ 'Condition?patient=1': found([]) });
    expect((await conditionsOf({ conditions }, reader)).result).toEqual(found([]));
    expect((await conditionsOf({ conditions })).result).toMatchObject({ state: 'unavailable' });
  });

  it('goes on where the prefetch announces more, and is incomplete when it cannot', async () => {
    const next = 'https://fhir.example.org/r4/next';
    const page = { conditions: searchset([ours], next) };
    const more = problem('Ascites', { id: 'more', ...mine });
    expect((await conditionsOf(page, readerOf({ [next]: found(asResources([more])) }))).result).toEqual(
      found(asResources([ours, more])),
    );
    expect((await conditionsOf(page)).result).toEqual(found(asResources([ours]), false));
  });

  it('drops and counts what is about another patient', async () => {
    expect(await conditionsOf({ conditions: searchset([foreign, ours]) })).toMatchObject({
      result: { resources: [ours] },
      dropped: 1,
    });
  });

  it('takes every form of a reference to the patient', async () => {
    const forms = ['Patient/1', 'https://fhir.example.org/r4/Patient/1', 'urn:uuid:1'];
    const conditions = forms.map((reference, index) => problem('HCC', { id: String(index), subject: { reference } }));
    expect((await conditionsOf({ conditions: searchset(conditions) })).dropped).toBe(0);
  });
});

describe('a Patient of the prefetch who is not the one of the call', () => {
  it('is named by its key, wherever it stands', () => {
    const patient = (id: string) => ({ resourceType: 'Patient', id });
    expect(foreignPatients(call({ patient: patient('1'), other: null, broken: 7 }))).toEqual([]);
    expect(foreignPatients(call({ patient: patient('2'), more: searchset([patient('1'), patient('3')]) }))).toEqual([
      'patient',
      'more',
    ]);
  });
});

describe('what the record refers to', () => {
  const by = (id: string, reference: string) =>
    medicationRequest('', undefined, { id, medicationCodeableConcept: undefined, medicationReference: { reference } });
  const subject = (id: string, reference: string) => ({
    resourceType: 'ResearchSubject',
    id,
    status: 'on-study',
    study: { reference },
  });

  it('is read once each, unless it came with the answer', async () => {
    const medication = { resourceType: 'Medication', id: 'm1' };
    const sent = { resourceType: 'Medication', id: 'sent' };
    const reader = readerOf({ 'Medication/m1': found(asResources([medication])) });
    const medications = [
      by('a', 'Medication/m1'),
      by('b', 'https://fhir.example.org/r4/Medication/m1'),
      by('c', 'Medication/sent'),
      by('d', '#inside'),
      sent,
    ];
    const studies = [subject('s', 'ResearchStudy/t1'), subject('t', 'ResearchStudy/t1')];
    const record = await readReferencedInto(recordOf({ medications, studies }), reader);
    expect([...reader.asked].sort()).toEqual(['Medication/m1', 'ResearchStudy/t1']);
    expect(record.referenced).toEqual([medication]);
  });

  it('is read for at most thirty of them', async () => {
    const reader = readerOf();
    const medications = Array.from({ length: 50 }, (_, index) => by(`r${index}`, `Medication/m${index}`));
    await readReferencedInto(recordOf({ medications }), reader);
    expect(reader.asked).toHaveLength(30);
  });

  it('never leaves the folder of its type, whatever the id', async () => {
    const reader = readerOf();
    await readReferencedInto(recordOf({ medications: [by('a', 'Medication/a%2f..%2fPatient')] }), reader);
    expect(reader.asked).toEqual(['Medication/a%252f..%252fPatient']);
  });

  it('is read for drafts as well', async () => {
    const reader = readerOf({
      'Medication/m1': found(asResources([{ resourceType: 'Medication', id: 'm1', code: { text: 'lenvatinib' } }])),
    });
    const reference = { medicationCodeableConcept: undefined, medicationReference: { reference: 'Medication/m1' } };
    const drafts = readDrafts(
      draftBundle(drug(undefined, { id: 'a', ...reference }), drug(undefined, { id: 'b', ...reference })),
    );
    const read = await readMedicationsOf(drafts, reader);
    expect(read.map(({ concept }) => concept)).toEqual([{ text: 'lenvatinib' }, { text: 'lenvatinib' }]);
    expect(reader.asked).toEqual(['Medication/m1']);
  });
});
