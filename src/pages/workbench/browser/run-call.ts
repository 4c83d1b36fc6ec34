import type { FhirResource } from 'fhir/r4.js';
import type { CdsResponse } from '../../../cds-hooks/card.ts';
import type { Explanation } from '../explanation.ts';
import type { Start, StoryRecord } from '../start.ts';
import { type Answer, callService, copyRecord, explainCall, isOnServer, readFhir, type Service } from './api.ts';
import { type CallBody, callBody } from './call.ts';
import { editRecord, isEdited } from './edit-record.ts';
import { answerFromRecord, fillPrefetch } from './prefetch.ts';
import type { Session } from './session.ts';

/** A call with everything that came back. */
export interface Exchange {
  readonly service: Service;
  readonly body: CallBody;
  readonly answer: Answer<CdsResponse>;
  readonly explanation: Answer<Explanation>;
}

/** Signs the calls of one address; undefined where calls are not authenticated. */
export type Signer = (path: string) => Promise<string | undefined>;

export interface Surroundings {
  readonly start: Start;
  readonly services: readonly Service[];
  /** The record of the story, unchanged; undefined for a patient of another server. */
  readonly record: readonly FhirResource[] | undefined;
  readonly sign: Signer;
  /** The ids of the changed records on the embedded server, by story and changes. */
  readonly copies: Map<string, string>;
  newId(): string;
}

/** Calls the service as an EHR does, and asks why. */
export async function runCall(session: Session, surroundings: Surroundings): Promise<Exchange> {
  const { services, sign, newId } = surroundings;
  const service = services.find(({ hook }) => hook === session.hook);
  if (service === undefined) throw new Error(`The service does not know the hook ${session.hook}`);
  const { patientId, fhirServer, answer: ask } = await patientOf(session, surroundings);
  const prefetch = session.prefetch ? await fillPrefetch(service.prefetch, patientId, ask) : undefined;
  const body = callBody(session, {
    ...{ hookInstance: newId(), patientId, prefetch },
    fhirServer: session.access ? fhirServer : undefined,
  });
  const path = `/cds-services/${service.id}`;
  const answer = await callService(service.id, body, await sign(path));
  const explanation = await explainCall(service.id, body, await sign(path));
  return { service, body, answer, explanation };
}

interface PatientOnServer {
  readonly patientId: string;
  readonly fhirServer: string;
  /** Reads and searches for the prefetch. */
  answer(request: string): Promise<unknown>;
}

async function patientOf(session: Session, { start, record, copies }: Surroundings): Promise<PatientOnServer> {
  const { patient, edits, access } = session;
  if ('server' in patient) {
    const { server, id } = patient;
    return { patientId: id, fhirServer: server, answer: (request) => readFhir(server, request) };
  }
  const { codes, fhirServer } = start;
  const now = new Date(start.now);
  const resources = editRecord(record ?? [], edits, { codes, now, patientId: patient.story });
  if (!isEdited(edits) || !access) {
    return { patientId: patient.story, fhirServer, answer: async (request) => answerFromRecord(request, resources) };
  }
  const key = JSON.stringify([patient.story, edits]);
  const known = copies.get(key);
  // Newer copies, of other windows too, push older ones off the server.
  const patientId = known && (await isOnServer(known)) ? known : await copyRecord(bundleOf(resources));
  copies.set(key, patientId);
  return { patientId, fhirServer, answer: (request) => readFhir('/fhir', request) };
}

function bundleOf(resources: readonly FhirResource[]): StoryRecord {
  return { resourceType: 'Bundle', type: 'collection', entry: resources.map((resource) => ({ resource })) };
}
