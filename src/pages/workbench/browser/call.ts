import type { Coding, Suggestion } from '../../../cds-hooks/card.ts';
import { type Draft, referenceOf } from './drafts.ts';
import type { Session } from './session.ts';

/** The body of a CDS Hooks call. */
export interface CallBody {
  readonly hook: string;
  readonly hookInstance: string;
  readonly fhirServer?: string;
  readonly context: Readonly<Record<string, unknown>>;
  readonly prefetch?: Readonly<Record<string, unknown>>;
}

export interface CallParts {
  readonly hookInstance: string;
  /** The patient as the FHIR server and the prefetch know it. */
  readonly patientId: string;
  readonly fhirServer?: string | undefined;
  readonly prefetch?: Readonly<Record<string, unknown>> | undefined;
}

/** Writes the call of a session, as an EHR would send it. */
export function callBody(
  { hook, drafts }: Session,
  { hookInstance, patientId, fhirServer, prefetch }: CallParts,
): CallBody {
  const entry = drafts.map((draft) => ({ resource: forPatient(draft, patientId) }));
  const selections = drafts.filter(({ selected }) => selected).map(referenceOf);
  return {
    hook,
    hookInstance,
    ...(fhirServer !== undefined && { fhirServer }),
    context: {
      ...{ userId: 'Practitioner/workbench', patientId },
      ...(hook === 'order-select' && { selections }),
      ...(hook !== 'patient-view' && { draftOrders: { resourceType: 'Bundle', type: 'collection', entry } }),
    },
    ...(prefetch !== undefined && { prefetch }),
  };
}

function forPatient({ resource }: Draft, patientId: string) {
  return { ...resource, subject: { reference: `Patient/${patientId}` } };
}

/** The same call for a shell. */
export function curlOf(address: string, body: unknown, token?: string): string {
  const headers = ["-H 'Content-Type: application/json'", ...(token ? [`-H 'Authorization: Bearer ${token}'`] : [])];
  const data = JSON.stringify(body).replaceAll("'", "'\\''");
  return `curl -s ${address} ${headers.join(' ')} -d '${data}'`;
}

/** What became of a card, as the feedback endpoint takes it. */
export type Outcome =
  | { readonly accepted: Suggestion }
  | { readonly overridden: { readonly reason?: Required<Coding> | undefined; readonly comment: string } };

/** @see CDS Hooks 2.0, Feedback */
export function feedbackBody(card: string, outcome: Outcome, now: Date) {
  const outcomeTimestamp = now.toISOString();
  if ('accepted' in outcome) {
    const acceptedSuggestions = [{ id: outcome.accepted.uuid }];
    return { feedback: [{ card, outcome: 'accepted', acceptedSuggestions, outcomeTimestamp }] };
  }
  const { reason, comment } = outcome.overridden;
  const overrideReason = {
    ...(reason && { reason }),
    ...(comment !== '' && { userComment: comment }),
  };
  const given = Object.keys(overrideReason).length > 0 ? { overrideReason } : {};
  return { feedback: [{ card, outcome: 'overridden', ...given, outcomeTimestamp }] };
}
