import cors from 'cors';
import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type RequestHandler,
  type Response,
  type Router,
} from 'express';
import helmet from 'helmet';
import { definitionsAt } from './definitions/definitions.ts';
import { answerCall, type CallDependencies } from './http/call.ts';
import { discovery } from './http/discovery.ts';
import { answerFeedback } from './http/feedback.ts';
import { HttpProblem, operationOutcome } from './http/operation-outcome.ts';
import { problemOf } from './http/problem-of.ts';
import { answerReadiness, type ReadinessDependencies } from './http/readiness.ts';

export interface AppDependencies extends CallDependencies, ReadinessDependencies {
  /** The embedded FHIR server, mounted at /fhir. */
  readonly fhirRouter?: Router;
}

/** The service as an Express application. Never listens. */
export function createApp(dependencies: AppDependencies): Express {
  const { definitions, fhirRouter, logger, newId } = dependencies;
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.use(helmet({ crossOriginResourcePolicy: { policy: 'cross-origin' } }));
  app.use(
    privateNetwork,
    cors({ methods: ['GET', 'POST', 'OPTIONS'], allowedHeaders: ['Authorization', 'Content-Type'] }),
  );
  if (fhirRouter) app.use('/fhir', fhirRouter);
  app.use(tolerateSlashes);

  app.get('/health', (_request, response) => void response.json({ status: 'ok' }));
  app.get('/ready', (_request, response) => answerReadiness(response, definitions.module, dependencies));
  app.get('/cds-services', (_request, response) => {
    response.json(discovery(definitionsAt(definitions, dependencies.now())));
  });
  const json = [jsonOnly, express.json({ limit: '10mb', type: isJson })];
  app.post('/cds-services/:id', json, (request: Request, response: Response) =>
    answerCall(request, response, dependencies),
  );
  app.post('/cds-services/:id/feedback', json, (request: Request, response: Response) =>
    answerFeedback(request, response, dependencies),
  );
  app.all('/cds-services', notAllowed('GET'));
  app.all(['/cds-services/:id', '/cds-services/:id/feedback'], notAllowed('POST'));
  app.use(() => {
    throw new HttpProblem(404, [{ code: 'not-found', text: 'There is nothing at this address' }]);
  });

  const onError: ErrorRequestHandler = (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const problem = problemOf(error, logger, newId);
    if (problem.status < 500 && response.locals.logged !== true) {
      logger.info({ status: problem.status, method: request.method }, 'request refused');
    }
    response.status(problem.status).set(problem.headers).json(operationOutcome(problem.problems));
  };
  app.use(onError);
  return app;
}

/** Clients write `//cds-services/x/` after a base URL with a trailing slash. */
const tolerateSlashes: RequestHandler = (request, _response, next) => {
  const [path = '/', query] = request.url.split('?', 2);
  const tolerated = path.replace(/\/{2,}/g, '/').replace(/(?<=.)\/$/, '');
  request.url = query === undefined ? tolerated : `${tolerated}?${query}`;
  next();
};

/** Lets a page on https call a service on this machine. */
const privateNetwork: RequestHandler = (request, response, next) => {
  if (request.headers['access-control-request-private-network'] === 'true') {
    response.setHeader('Access-Control-Allow-Private-Network', 'true');
  }
  next();
};

function isJson(request: { headers: { 'content-type'?: string | undefined } }): boolean {
  return /^application\/(?:[\w.-]+\+)?json\b/i.test(request.headers['content-type'] ?? '');
}

const jsonOnly: RequestHandler = (request, _response, next) => {
  if (isJson(request)) return next();
  throw new HttpProblem(415, [{ code: 'not-supported', text: 'The body must be sent as application/json' }]);
};

function notAllowed(method: string): RequestHandler {
  return () => {
    const text = `Only ${method} is possible here`;
    throw new HttpProblem(405, [{ code: 'not-supported', text }], { Allow: `${method}, OPTIONS` });
  };
}
