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
import { type Authentication, authenticate } from './http/authenticate.ts';
import { answerCall, type CallDependencies } from './http/call.ts';
import { discovery } from './http/discovery.ts';
import { answerFeedback } from './http/feedback.ts';
import { limitRate } from './http/limit-rate.ts';
import { HttpProblem, operationOutcome } from './http/operation-outcome.ts';
import { problemOf } from './http/problem-of.ts';
import { answerReadiness, type ReadinessDependencies } from './http/readiness.ts';
import { noteArrival } from './http/reading-time.ts';
import { refuseUnwieldy } from './http/refuse-unwieldy.ts';
import type { Transport } from './outbound/transport.ts';
import { explainCall } from './pages/workbench/explain-call.ts';
import type { FhirAccess } from './security/fhir-access.ts';

export interface AppDependencies extends Omit<CallDependencies, 'anyonesAccess'>, ReadinessDependencies {
  /** Who may call. Without it calls are not authenticated. */
  readonly authentication?: Authentication;
  /** The FHIR servers that may be read, besides loopback, when calls are not authenticated; and by which connections. */
  readonly fhirAllowedOrigins: readonly string[];
  readonly transport: Transport;
  /** The embedded FHIR server, mounted at /fhir. */
  readonly fhirRouter?: Router;
  /** What people look at, mounted at the root. */
  readonly pages?: Router;
}

/** Below these addresses every call needs a token, where calls are authenticated. */
const authenticated = ['/cds-services', '/workbench/explain'] as const;

/** The service as an Express application. Never listens. */
export function createApp(dependencies: AppDependencies): Express {
  const { authentication, definitions, fhirRouter, logger, newId, pages } = dependencies;
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
  if (authentication) app.use([...authenticated], authenticate(authentication, dependencies), limitRate());
  app.get('/cds-services', (_request, response) => {
    response.json(discovery(definitionsAt(definitions, dependencies.now())));
  });
  const calls = { ...dependencies, anyonesAccess: anyonesAccess(dependencies) };
  const json = [
    jsonOnly,
    express.json({
      limit: '10mb',
      type: isJson,
      verify: (_request, response, body) => {
        noteArrival(response);
        refuseUnwieldy(body);
      },
    }),
  ];
  app.post('/cds-services/:id', json, (request: Request, response: Response) => answerCall(request, response, calls));
  app.post('/cds-services/:id/feedback', json, (request: Request, response: Response) =>
    answerFeedback(request, response, dependencies),
  );
  if (dependencies.sandbox) {
    app.post('/workbench/explain/:id', json, (request: Request, response: Response) =>
      explainCall(request, response, calls),
    );
  }
  if (pages) app.use(pages);
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

/** Nothing at all, once it has to be known who calls. */
function anyonesAccess({ authentication, fhirAllowedOrigins, transport }: AppDependencies): FhirAccess {
  const servers = {
    allowedOrigins: authentication ? [] : fhirAllowedOrigins,
    anyLoopback: authentication === undefined,
  };
  return { servers, transport };
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
