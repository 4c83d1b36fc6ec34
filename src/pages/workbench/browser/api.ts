import type { OperationOutcome } from 'fhir/r4.js';
import type { CdsResponse } from '../../../cds-hooks/card.ts';
import type { Explanation } from '../explanation.ts';
import type { Start, StoryRecord } from '../start.ts';
import { failureText, jsonOf, reached } from './failure.ts';
import type { Templates } from './prefetch.ts';
import { answeredText, unreachableText } from './unread-server.ts';

/** A CDS Service as discovery tells it. */
export interface Service {
  readonly id: string;
  readonly hook: string;
  readonly title: string;
  readonly prefetch: Templates;
}

/** An answer of the service, whatever its status. */
export interface Answer<Body> {
  readonly status: number;
  readonly body: Body | OperationOutcome;
  readonly ms: number;
}

export const readStart = () => readJson<Start>('/workbench/start');
export const readStory = (slug: string) => readJson<StoryRecord>(`/workbench/stories/${encodeURIComponent(slug)}`);

/**
 * @returns undefined when the service tells them to registered clients only
 * @throws Error in words for the reader
 */
export async function readServices(token?: string): Promise<readonly Service[] | undefined> {
  const response = await reached('/cds-services', { headers: authorization(token) });
  if (response.status === 401) return undefined;
  if (!response.ok) throw new Error(failureText('/cds-services', response.status));
  const { services } = await jsonOf<{ readonly services: readonly Service[] }>(response, '/cds-services');
  return services;
}

/** Puts the changed record on the embedded FHIR server. @returns the id of its patient there */
export async function copyRecord(record: StoryRecord): Promise<string> {
  const { body, status } = await post<{ readonly patientId: string }>('/workbench/records', record);
  if ('patientId' in body) return body.patientId;
  throw new Error(`The record could not be put on the FHIR server (${status}): ${problemsOf(body).join('; ')}`);
}

/** Whether the copied record is still on the embedded server. */
export async function isOnServer(patientId: string): Promise<boolean> {
  const { ok } = await reached(`/fhir/Patient/${patientId}`, { method: 'HEAD' });
  return ok;
}

/**
 * Reads relative to a FHIR server.
 *
 * @throws Error in words for the reader
 */
export async function readFhir(server: string, request: string): Promise<unknown> {
  const allowed = new URLSearchParams(location.search).get('fhir');
  const response = await fetch(`${server}/${request}`, { headers: accepted }).catch((cause: unknown) => {
    throw new Error(unreachableText(server, { origin: location.origin, allowed }), { cause });
  });
  if (!response.ok) throw new Error(answeredText({ server, request, status: response.status }));
  return jsonOf(response, server);
}

export const addressOf = (serviceId: string) => `/cds-services/${serviceId}`;

export const callService = (id: string, body: unknown, token?: string) => post<CdsResponse>(addressOf(id), body, token);

export const explainCall = (id: string, body: unknown, token?: string) =>
  post<Explanation>(`/workbench/explain/${id}`, body, token);

export const sendFeedback = (id: string, body: unknown, token?: string) =>
  post<Record<string, never>>(`${addressOf(id)}/feedback`, body, token);

/** What an OperationOutcome says. */
export function problemsOf(body: unknown): readonly string[] {
  const { issue = [] } = (body ?? {}) as Partial<OperationOutcome>;
  return issue.map(({ details, diagnostics, code }) => details?.text ?? diagnostics ?? code);
}

function authorization(token: string | undefined): Record<string, string> {
  return token === undefined ? {} : { Authorization: `Bearer ${token}` };
}

const accepted = { Accept: 'application/fhir+json, application/json' };

async function readJson<Body>(address: string): Promise<Body> {
  const response = await reached(address, { headers: accepted });
  if (!response.ok) throw new Error(failureText(address, response.status));
  return jsonOf<Body>(response, address);
}

async function post<Body>(address: string, sent: unknown, token?: string): Promise<Answer<Body>> {
  const started = performance.now();
  const response = await reached(address, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...authorization(token) },
    body: JSON.stringify(sent),
  });
  const body = await jsonOf<Body | OperationOutcome>(response, address);
  return { status: response.status, body, ms: performance.now() - started };
}
