import type { FhirResource } from 'fhir/r4.js';
import type { CdsResponse } from '../../../cds-hooks/card.ts';
import type { Explanation } from '../explanation.ts';
import type { Start, StoryRecord } from '../start.ts';
import {
  type Answer,
  addressOf,
  callService,
  copyRecord,
  explainCall,
  isOnServer,
  readFhir,
  type Service,
} from './api.ts';
import { type CallBody, callBody } from './call.ts';
import type { LaunchContext } from './card-link.ts';
import { editRecord, isEdited } from './edit-record.ts';
import { NotCalledError } from './failure.ts';
import { answerFromRecord, fillPrefetch } from './prefetch.ts';
import type { Session } from './session.ts';

/** A call with everything that came back. */
export interface Exchange {
  readonly service: Service;
  readonly body: CallBody;
  readonly answer: Answer<CdsResponse>;
  readonly explanation: Answer<Explanation>;
  /** What the apps of its cards are launched with; undefined for a changed record that is on no server. */
  readonly launch: LaunchContext | undefined;
  readonly serviceOrigin: string;
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

/**
 * Calls the service as an EHR does, and asks why.
 *
 * @throws NotCalledError when what the call needs cannot be had; Error when the service does not answer
 */
export async function runCall(session: Session, surroundings: Surroundings): Promise<Exchange> {
  const { start, sign } = surroundings;
  const { service, body, launch } = await prepareCall(session, surroundings).catch((cause: Error) => {
    throw new NotCalledError(cause.message, { cause });
  });
  const path = addressOf(service.id);
  const answer = await callService(service.id, body, await sign(path));
  const explanation = await explainCall(service.id, body, await sign(path));
  return { service, body, answer, explanation, launch, serviceOrigin: new URL(start.fhirServer).origin };
}

type PreparedCall = Pick<Exchange, 'service' | 'body' | 'launch'>;

async function prepareCall(session: Session, surroundings: Surroundings): Promise<PreparedCall> {
  const service = surroundings.services.find(({ hook }) => hook === session.hook);
  if (service === undefined) throw new Error(`The service does not know the hook ${session.hook}`);
  const { patientId, fhirServer, server, answer: ask } = await patientOf(session, surroundings);
  const prefetch = session.prefetch ? await fillPrefetch(service.prefetch, patientId, ask) : undefined;
  const body = callBody(session, {
    ...{ hookInstance: surroundings.newId(), patientId, prefetch },
    fhirServer: session.access ? fhirServer : undefined,
  });
  return { service, body, launch: server === undefined ? undefined : { server, patientId } };
}

interface PatientOnServer {
  readonly patientId: string;
  readonly fhirServer: string;
  /** The same as this browser reaches it, where the record is on it. */
  readonly server: string | undefined;
  /** Reads and searches for the prefetch. */
  answer(request: string): Promise<unknown>;
}

async function patientOf(session: Session, { start, record, copies }: Surroundings): Promise<PatientOnServer> {
  const { patient, edits, access } = session;
  if ('server' in patient) {
    const { server, id } = patient;
    return { patientId: id, fhirServer: server, server, answer: (request) => readFhir(server, request) };
  }
  const { codes, fhirServer } = start;
  const now = new Date(start.now);
  const resources = editRecord(record ?? [], edits, { codes, now, patientId: patient.story });
  const embedded = `${location.origin}/fhir`;
  if (!isEdited(edits) || !access) {
    const server = isEdited(edits) ? undefined : embedded;
    const ask = async (request: string) => answerFromRecord(request, resources);
    return { patientId: patient.story, fhirServer, server, answer: ask };
  }
  const key = JSON.stringify([patient.story, edits]);
  const known = copies.get(key);
  // Newer copies, of other windows too, push older ones off the server.
  const patientId = known && (await isOnServer(known)) ? known : await copyRecord(bundleOf(resources));
  copies.set(key, patientId);
  return { patientId, fhirServer, server: embedded, answer: (request) => readFhir(embedded, request) };
}

function bundleOf(resources: readonly FhirResource[]): StoryRecord {
  return { resourceType: 'Bundle', type: 'collection', entry: resources.map((resource) => ({ resource })) };
}
