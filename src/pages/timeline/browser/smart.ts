import FHIR from 'fhirclient';
import { timelineAddress } from '../../timeline-address.ts';
import type { TimelineStart } from '../start.ts';

/** A server that the app may read, and the patient it was opened for. */
export interface Connection {
  readonly client: ReturnType<typeof FHIR.client>;
  readonly patientId: string;
  /** What is drafted today, where the card that led here has said so. */
  readonly drafts: readonly string[];
}

/** Why there is no connection, in words for the reader. */
export class ConnectionError extends Error {
  /** Whether the same may go well another time. */
  readonly mayPass: boolean;

  constructor(message: string, mayPass = false) {
    super(message);
    this.mayPass = mayPass;
  }
}

/** An EHR that launches the app has chosen the patient; else the authorization server is asked to let one be chosen. */
const scopesOf = (isFromEhr: boolean) => [
  ...[isFromEhr ? 'launch' : 'launch/patient', 'openid', 'fhirUser'],
  ...['Patient', 'Condition', 'Observation', 'Procedure', 'ServiceRequest', 'Medication', 'MedicationRequest'].map(
    read,
  ),
  ...['MedicationAdministration', 'MedicationStatement', 'MedicationDispense'].map(read),
];

function read(type: string): string {
  return `patient/${type}.read`;
}

/** Asks the EHR that launches the app for access, and leaves this page. */
export async function launch({ clientId, origins }: TimelineStart): Promise<never> {
  const query = new URLSearchParams(location.search);
  const iss = query.get('iss');
  if (iss === null)
    throw new ConnectionError('This address is for an EHR: it has to say which FHIR server it means (iss).');
  requireAllowed(iss, origins);
  const redirectUri = `${location.origin}/timeline`;
  const patientId = query.get('patient');
  const isFromEhr = query.has('launch');
  const scope = scopesOf(isFromEhr).join(' ');
  if (patientId !== null && !isFromEhr)
    location.replace(timelineAddress(location.origin, { server: iss, patientId, drafts: [] }));
  else await FHIR.oauth2.authorize({ clientId, scope, iss, redirectUri });
  return new Promise<never>(() => {});
}

/** What the address, or an authorization before it, leads to; undefined when nobody is named. */
export async function connect({ origins }: TimelineStart): Promise<Connection | undefined> {
  const named = new URLSearchParams(location.hash.slice(1));
  const query = new URLSearchParams(location.search);
  const [iss, patient] = [named.get('iss'), named.get('patient')];
  if ((iss === null) !== (patient === null))
    throw new ConnectionError('This address has to name a FHIR server (iss) and a patient (patient).');
  if (iss !== null && patient !== null) {
    requireAllowed(iss, origins);
    const client = FHIR.client({ serverUrl: iss, tokenResponse: { patient } });
    return { client, patientId: patient, drafts: named.getAll('draft') };
  }
  const isAuthorized = query.has('code') || query.has('state') || sessionStorage.getItem('SMART_KEY') !== null;
  if (query.has('error')) throw new ConnectionError('The EHR has not given access to the record.');
  if (!isAuthorized) return undefined;
  const client = await FHIR.oauth2.ready();
  if (client.patient.id === null) throw new ConnectionError('The EHR has not said which patient is meant.');
  const context: unknown = client.getState('tokenResponse.appContext');
  return { client, patientId: client.patient.id, drafts: draftsOf(context) };
}

/** The context of a card's link: a text that was JSON. */
function draftsOf(context: unknown): readonly string[] {
  if (typeof context !== 'string') return [];
  try {
    const { drafts } = JSON.parse(context) as { drafts?: unknown };
    return Array.isArray(drafts) ? drafts.filter((one) => typeof one === 'string') : [];
  } catch {
    return [];
  }
}

function requireAllowed(server: string, origins: readonly string[]): void {
  const origin = URL.canParse(server) ? new URL(server).origin : '';
  if (origin === location.origin || origins.includes(origin)) return;
  throw new ConnectionError(
    `The server ${origin || server} is not registered with this app. Who runs the service can allow it.`,
  );
}
