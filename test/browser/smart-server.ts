import { createHash, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Router } from 'express';

/** What the authorization server has seen, for the test to look at. */
export interface SmartServer {
  readonly origin: string;
  /** The FHIR server behind it. */
  readonly iss: string;
  readonly authorized: Record<string, string>[];
  readonly tokens: Record<string, string>[];
  /** From now on it refuses. */
  refuse(): void;
  close(): Promise<void>;
}

export interface SmartServerOptions {
  readonly fhir: Router;
  readonly patient: string;
  readonly appContext?: string;
}

/** An EHR's servers for a SMART App Launch: authorization code with PKCE, and FHIR that asks for the token. */
export async function startSmartServer({ fhir, patient, appContext }: SmartServerOptions): Promise<SmartServer> {
  const app = express();
  const server: Server = createServer(app);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const challenges = new Map<string, string>();
  const chosen = new Set<string>();
  const issued = new Set<string>();
  const [authorized, tokens]: Record<string, string>[][] = [[], []];
  let isRefusing = false;
  app.use((request, response, next) => {
    response.set({ 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': '*' });
    if (request.method === 'OPTIONS') return void response.sendStatus(204);
    next();
  });
  app.get('/fhir/.well-known/smart-configuration', (_request, response) => {
    response.json({
      authorization_endpoint: `${origin}/authorize`,
      token_endpoint: `${origin}/token`,
      code_challenge_methods_supported: ['S256'],
      capabilities: ['launch-ehr', 'client-public', 'permission-v1'],
    });
  });
  app.get('/authorize', (request, response) => {
    const query = request.query as Record<string, string>;
    authorized?.push(query);
    const back = new URL(query.redirect_uri ?? '');
    const code = randomUUID();
    challenges.set(code, query.code_challenge ?? '');
    const scopes = (query.scope ?? '').split(' ');
    if (scopes.includes('launch/patient') || (scopes.includes('launch') && query.launch)) chosen.add(code);
    const answer = isRefusing ? { error: 'access_denied' } : { code };
    back.search = new URLSearchParams({ ...answer, state: query.state ?? '' }).toString();
    response.redirect(back.href);
  });
  app.post('/token', express.urlencoded({ extended: false }), (request, response) => {
    const body = request.body as Record<string, string>;
    tokens?.push(body);
    const verified = createHash('sha256')
      .update(body.code_verifier ?? '')
      .digest('base64url');
    if (challenges.get(body.code ?? '') !== verified) return void response.status(400).json({ error: 'invalid_grant' });
    challenges.delete(body.code ?? '');
    const token = randomUUID();
    issued.add(`Bearer ${token}`);
    response.json({
      access_token: token,
      token_type: 'Bearer',
      expires_in: 300,
      scope: 'patient/*.read',
      ...(chosen.has(body.code ?? '') && { patient }),
      appContext,
    });
  });
  app.use('/fhir', (request, response, next) => {
    if (issued.has(request.headers.authorization ?? '')) return next();
    response.status(401).json({ resourceType: 'OperationOutcome', issue: [] });
  });
  app.use('/fhir', fhir);
  return {
    ...{ origin, iss: `${origin}/fhir`, authorized: authorized ?? [], tokens: tokens ?? [] },
    refuse: () => {
      isRefusing = true;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
