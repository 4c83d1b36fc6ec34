import express, { type ErrorRequestHandler, type Request, type Response, type Router } from 'express';
import type { CapabilityStatement, FhirResource, OperationOutcome } from 'fhir/r4.js';
import { isKnownType } from './definitions.ts';
import { type Answer, failure, readRequest, refusal } from './fhir-request.ts';
import type { IndexedRepository } from './indexed-repository.ts';
import { FhirRouter, getStatus } from './medplum.ts';

export interface Backend {
  readonly repository: IndexedRepository;
  readonly baseUrl: string;
  readonly capabilities: CapabilityStatement;
}

const largestBody = '1mb';
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
const readable = ['application/fhir+json', 'application/json', 'text/json'];

/**
 * The RESTful API as an Express router. Mount it ahead of any body parser. Every answer is FHIR JSON, errors included.
 */
export function createFhirRouter(backend: Backend): Router {
  const fhir = supportedRoutes(new FhirRouter());
  const router = express.Router();
  router.use(express.text({ type: () => true, limit: largestBody }));
  router.use(async (req, res) => send(res, await answer(req, fhir, backend)));
  router.use(((error, _req, res, _next) => send(res, failure(error))) satisfies ErrorRequestHandler);
  return router;
}

/** Leaves out what Medplum offers and we do not: GraphQL, history, system search, conditional update and delete. */
function supportedRoutes(fhir: FhirRouter): FhirRouter {
  const kept = fhir.router.routes.filter(({ method, path, data }) => {
    const interaction = data?.interaction ?? 'operation';
    if (['operation', 'history-instance', 'vread', 'search-system'].includes(interaction)) return false;
    return path.length !== 1 || method === 'GET' || method === 'POST';
  });
  fhir.router.routes.splice(0, fhir.router.routes.length, ...kept);
  return fhir;
}

async function answer(req: Request, fhir: FhirRouter, { repository, baseUrl, capabilities }: Backend): Promise<Answer> {
  const method = req.method === 'HEAD' ? 'GET' : req.method;
  const [type = '', id] = req.path.split('/').filter(Boolean);
  if (!req.accepts(readable)) return refusal(406, 'not-supported', 'This server answers in application/fhir+json only');
  if (req.path === '/metadata' && method === 'GET') return { status: 200, resource: capabilities };
  if (type !== '' && !isKnownType(type)) return refusal(404, 'not-found', `Unknown resource type '${type}'`);
  const allowed = methods.filter((candidate) => fhir.find(candidate, req.path));
  if (allowed.length === 0) return refusal(404, 'not-found', 'There is nothing at this address');
  if (!allowed.some((candidate) => candidate === method)) {
    return {
      ...refusal(405, 'not-supported', `${method} is not supported here`),
      headers: { Allow: allowed.join(', ') },
    };
  }
  const request = readRequest(req, method, id);
  if ('status' in request) return request;
  const existed = id !== undefined && repository.find(type, id) !== undefined;
  const [outcome, resource] = await fhir.handleRequest(request, repository);
  const status = method === 'PUT' && getStatus(outcome) === 200 && !existed ? 201 : getStatus(outcome);
  const answered = (resource ?? outcome) as FhirResource | OperationOutcome;
  return { status, resource: answered, headers: status < 300 ? versionHeaders(answered, status, baseUrl) : {} };
}

function versionHeaders({ resourceType, id, meta }: FhirResource, status: number, baseUrl: string) {
  return {
    ...(meta?.versionId !== undefined && { ETag: `W/"${meta.versionId}"` }),
    ...(meta?.lastUpdated !== undefined && { 'Last-Modified': new Date(meta.lastUpdated).toUTCString() }),
    ...(status === 201 && { Location: `${baseUrl}/${resourceType}/${id}` }),
  };
}

function send(res: Response, { status, resource, headers = {} }: Answer): void {
  res.status(status).set(headers).type('application/fhir+json').send(JSON.stringify(resource));
}
