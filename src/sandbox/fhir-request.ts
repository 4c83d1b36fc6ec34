import type { Request } from 'express';
import type { FhirResource, OperationOutcome, OperationOutcomeIssue } from 'fhir/r4.js';
import type { FhirRouter } from './medplum.ts';

export interface Answer {
  readonly status: number;
  readonly resource: FhirResource;
  readonly headers?: Record<string, string>;
}

type FhirRequest = Parameters<FhirRouter['handleRequest']>[0];

const jsonTypes = ['application/fhir+json', 'application/json', 'application/json-patch+json', 'text/json'];
const jsonFormats: ReadonlySet<string> = new Set(['json', ...jsonTypes, 'application/fhir json']);
const formType = 'application/x-www-form-urlencoded';
const idPattern = /^[A-Za-z0-9\-.]{1,64}$/;

/** An answer that only carries one error. */
export function refusal(status: number, code: OperationOutcomeIssue['code'], text: string): Answer {
  const resource: OperationOutcome = {
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'error', code, details: { text } }],
  };
  return { status, resource };
}

/** What a thrown error becomes. Only faults of the request are described to the caller. */
export function failure(error: unknown): Answer {
  const status = typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : 500;
  if (status === 413) return refusal(413, 'too-long', 'The body is larger than 1 MB');
  if (status === 415) return refusal(415, 'not-supported', 'The encoding of the body is not supported');
  if (status >= 400 && status < 500) return refusal(status, 'invalid', 'The request could not be read');
  return refusal(500, 'exception', 'The server failed to answer');
}

/** The HTTP request as Medplum's router takes it, or the answer that refuses it. */
export function readRequest(req: Request, method: string, id: string | undefined): FhirRequest | Answer {
  const query = new URLSearchParams(req.url.slice(req.path.length));
  if (!jsonFormats.has(query.get('_format')?.split(';')[0] ?? 'json')) {
    return refusal(406, 'not-supported', 'This server answers in application/fhir+json only');
  }
  const body = method === 'GET' || method === 'DELETE' ? undefined : readBody(req, method, query);
  if (body && 'status' in body) return body;
  if (method === 'PUT' && !idPattern.test(id ?? '')) return refusal(400, 'value', `'${id}' is not a FHIR id`);
  return {
    method: method as FhirRequest['method'],
    // A form search carries all its parameters in the body by now.
    url: body?.form ? req.path : req.url,
    pathname: '',
    body: body?.value,
    params: {},
    query: {},
    headers: req.headers,
    config: { transactions: true },
  };
}

type Body = { readonly value: unknown; readonly form: boolean };

function readBody(req: Request, method: string, query: URLSearchParams): Body | Answer {
  const text: unknown = req.body;
  const isSearch = req.path.endsWith('/_search');
  const expected = isSearch ? [formType] : jsonTypes;
  if (req.headers['content-type'] !== undefined && !req.is(expected)) {
    return refusal(415, 'not-supported', `The body must be ${expected[0]}`);
  }
  if (isSearch) return { value: formParameters(query, typeof text === 'string' ? text : ''), form: true };
  const value = typeof text === 'string' ? parseJson(text) : undefined;
  if (typeof value !== 'object' || value === null || (Array.isArray(value) && method !== 'PATCH')) {
    return refusal(400, 'structure', 'The body is not a JSON object');
  }
  // Whoever creates by POST does not choose the id (R4, RESTful API, "create").
  if (method === 'POST' && req.path !== '/' && 'id' in value) delete value.id;
  return { value, form: false };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function formParameters(query: URLSearchParams, form: string): Record<string, string[]> {
  const all = [...query, ...new URLSearchParams(form)];
  return Object.fromEntries(all.map(([name]) => [name, all.filter(([n]) => n === name).map(([, value]) => value)]));
}
