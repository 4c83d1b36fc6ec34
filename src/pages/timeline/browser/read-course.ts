import type { Bundle, Patient, Resource } from 'fhir/r4.js';
import { type PatientRecord, unreadRecord } from '../../../facts/patient-record.ts';
import { readReferencedInto } from '../../../facts/read-record.ts';
import type { FhirReader } from '../../../fhir/fhir-reader.ts';
import { found, type ReadResult, unavailable } from '../../../fhir/read-result.ts';
import { isForPatient } from '../../../fhir/references.ts';
import { type Course, courseOf } from '../course.ts';
import type { TimelineStart } from '../start.ts';
import { type Connection, ConnectionError } from './smart.ts';

type Client = Connection['client'];

const mostPages = 20;

export interface ReadCourse {
  readonly course: Course;
  /** None where it could not be read. */
  readonly patient?: Patient;
}

/** Reads everything that the course is made of, and computes it. */
export async function readCourse(
  { knowledge, now }: TimelineStart,
  { client, patientId }: Connection,
): Promise<ReadCourse> {
  const reader = readerOf(client, patientId);
  const [patient, ...reads] = await Promise.all([
    reader.read(`Patient/${encodeURIComponent(patientId)}`),
    ...Object.entries(knowledge.requests).map(
      async ([key, request]): Promise<[string, ReadResult]> => [
        key,
        await reader.read(request.replace('{patient}', encodeURIComponent(patientId))),
      ],
    ),
  ]);
  const record: PatientRecord = { ...unreadRecord(new Date(now)), reads: new Map(reads) };
  const course = courseOf(knowledge, await readReferencedInto(record, reader));
  const one = patient.state === 'found' ? patient.resources[0] : undefined;
  const isEmpty = [...record.reads.values()].every((read) => read.state === 'found' && read.resources.length === 0);
  if (one === undefined && isEmpty) throw new ConnectionError('The server knows no patient of this id.');
  return { course, ...(one?.resourceType === 'Patient' && { patient: one as Patient }) };
}

/** The server as the service's code reads it: each request once, what is about another patient left out. */
function readerOf(client: Client, patientId: string): FhirReader {
  const answers = new Map<string, Promise<ReadResult>>();
  const read = (request: string) => {
    const answer = answers.get(request) ?? fetchAll(client, request, patientId);
    answers.set(request, answer);
    return answer;
  };
  return { read, readOn: async () => unavailable('there are no further pages') };
}

async function fetchAll(client: Client, request: string, patientId: string): Promise<ReadResult> {
  try {
    const resources: Resource[] = [];
    let isCut = false;
    const onPage = (data: object) => {
      const page = data as Bundle;
      resources.push(...(page.entry ?? []).flatMap(({ resource }) => resource ?? []));
      isCut = page.link?.some(({ relation }) => relation === 'next') === true;
    };
    const answer: Resource | null = await client.request(request, { pageLimit: mostPages, onPage });
    if (answer !== null && answer.resourceType !== 'Bundle') resources.push(answer);
    const read = resources.filter((one) => one.resourceType !== 'OperationOutcome' && isForPatient(one, patientId));
    return found(read, !isCut);
  } catch {
    return unavailable('the server did not give it');
  }
}
