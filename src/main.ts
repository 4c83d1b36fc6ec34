import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { type Logger, pino } from 'pino';
import { createApp } from './app.ts';
import { type Config, readConfig } from './config.ts';
import { DefinitionError } from './definitions/definition-error.ts';
import type { Definitions } from './definitions/definitions.ts';
import { knowledgeHash } from './definitions/knowledge-hash.ts';
import { loadDefinitions, moduleFolder } from './definitions/load.ts';
import type { Authentication } from './http/authenticate.ts';
import { createHttpServer } from './http/create-server.ts';
import { addressPolicy, isEveryAddress } from './outbound/addresses.ts';
import { createTransport, type Transport } from './outbound/transport.ts';
import { servicePages } from './pages/service-pages.ts';
import { createSandbox } from './sandbox/create-sandbox.ts';
import { loadStories } from './sandbox/stories.ts';
import { createRegistry, loadClients } from './security/client-registry.ts';
import { guardWithFallback, memoryReplayGuard, type ReplayGuard } from './security/replay-guard.ts';
import { openDatabase } from './store/open-database.ts';
import { createPatientHash } from './store/patient-hash.ts';
import { createReplayGuard } from './store/replay-guard.ts';
import { startRetention } from './store/retention.ts';
import { createSqlStore } from './store/sql-store.ts';
import { type ExampleCall, type LocalPolicy, welcome } from './welcome.ts';

const root = resolve(import.meta.dirname, '..');
const fixtures = resolve(root, 'fhir-fixtures');

try {
  await start();
} catch (error) {
  const expected = error instanceof DefinitionError || (error as { code?: string }).code?.startsWith('ERR_') === true;
  process.stderr.write(`${expected ? (error as Error).message : String((error as Error).stack)}\n`);
  process.exitCode = 1;
}

async function start(): Promise<void> {
  const config = readConfig(process.env);
  const logger = pino({ level: config.logLevel, base: null });
  const now = () => new Date();
  const folder = moduleFolder(resolve(root, 'hooks'));
  const { sitePolicyDir } = config;
  const site = sitePolicyDir === undefined ? undefined : { folder: sitePolicyDir, now: now() };
  const definitions = loadDefinitions(folder, site);
  for (const warning of [...config.warnings, ...(definitions.site?.warnings ?? [])]) logger.warn(warning);
  const reachable = isEveryAddress(config.host) ? '127.0.0.1' : config.host;
  const host = reachable.includes(':') ? `[${reachable}]` : reachable;
  const baseUrl = config.publicBaseUrl ?? `http://${host}:${config.port}`;
  const stories = config.sandbox ? await loadStories(resolve(fixtures, 'patients')) : [];
  const bundles = stories.map(({ bundle }) => bundle);
  const sandbox = config.sandbox
    ? await createSandbox({ bundles, baseUrl: `${baseUrl}/fhir`, now: new Date() })
    : undefined;
  const patientHash = createPatientHash(config.dataDir);
  const database = openDatabase(config);
  const store = createSqlStore(database, logger, now);
  startRetention(database, logger, now);
  const openTransport = openTransportWith(logger);
  const unasked = () => logger.warn('the store could not be asked whether a token was used before');
  const replayGuard = guardWithFallback(createReplayGuard(database, now), memoryReplayGuard(now), unasked);
  const services = definitions.service.services.map(({ id }) => id);
  const authentication =
    config.authentication &&
    authenticationOf(config.authentication, services, { openTransport, logger, now, replayGuard });
  const hash = knowledgeHash([folder, ...(sitePolicyDir === undefined ? [] : [sitePolicyDir])]);
  const isDiscoveryOpen = authentication?.discovery !== 'authenticated';
  const pages = servicePages({
    ...{ root, definitions, module: folder, knowledgeHash: hash, now },
    ...(sitePolicyDir !== undefined && { sitePolicyDir }),
    ...(authentication && { authenticatedAt: authentication.publicBaseUrl }),
    smart: config.smart,
    isDiscoveryOpen,
    ...(sandbox && { workbench: { stories, copies: sandbox.copies, movedTo: sandbox.movedTo } }),
  });
  let stopping = false;
  const app = createApp({
    definitions,
    logger,
    hookBudgetMs: config.hookBudgetMs,
    fhirAllowedOrigins: config.fhirAllowedOrigins,
    transport: openTransport(config.fhirAllowedNetworks),
    sandbox: config.sandbox,
    ...(config.timelineLink && { timelineBase: config.publicBaseUrl ?? '' }),
    store,
    knowledgeHash: hash,
    pages,
    patientHash,
    now,
    newId: randomUUID,
    isStopping: () => stopping,
    ...(sandbox && { fhirRouter: sandbox.router }),
    ...(authentication && { authentication }),
  });
  const server = createHttpServer(app).listen(config.port, config.host);
  server.on('error', (error) => {
    process.stderr.write(`Cannot listen on ${config.host}:${config.port}: ${error.message}\n`);
    process.exit(1);
  });
  server.on('listening', () => {
    const { port } = server.address() as AddressInfo;
    process.stdout.write(
      welcome(
        `http://${host}:${port}`,
        { isAuthenticated: authentication !== undefined, isDiscoveryOpen },
        sandbox && { patients: stories.length, ...(!authentication && { example: exampleCall() }) },
        policyOf(definitions),
      ),
    );
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      stopping = true;
      logger.info({ signal }, 'stopping');
      const end = () => void store.close(1000).finally(() => process.exit(0));
      server.close(end);
      setTimeout(end, config.hookBudgetMs + 500).unref();
    });
  }
}

/** Opens the connections of those who may read in these networks. */
type OpenTransport = (networks: readonly string[]) => Transport;

function openTransportWith(logger: Logger): OpenTransport {
  const onRefused = (host: string) => logger.warn({ host }, 'a name leads to an address that is not allowed');
  return (networks) => createTransport(addressPolicy(networks), { onRefused });
}

interface AuthenticationParts {
  readonly openTransport: OpenTransport;
  readonly logger: Logger;
  readonly replayGuard: ReplayGuard;
  now(): Date;
}

function authenticationOf(
  { clientsFile, publicBaseUrl }: NonNullable<Config['authentication']>,
  services: readonly string[],
  { openTransport, logger, replayGuard, now }: AuthenticationParts,
): Authentication {
  const file = loadClients(clientsFile, services);
  const warn = (client: string, problem: string) => logger.warn({ client, problem }, 'keys or tokens could not be had');
  const clients = createRegistry(file, { openTransport, now, newId: randomUUID, warn });
  return { clients, publicBaseUrl, discovery: file.discovery, replayGuard };
}

function policyOf({ site, next }: Definitions): LocalPolicy | undefined {
  if (site === undefined) return undefined;
  const entries = new Set(site.changes.map(({ entry }) => entry)).size;
  return { site: site.site, entries, ...(next && { nextChange: next.from }) };
}

function exampleCall(): ExampleCall {
  return JSON.parse(readFileSync(resolve(fixtures, 'example-call.json'), 'utf8')) as ExampleCall;
}
