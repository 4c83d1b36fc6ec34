import { readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { type Fault, listed } from '../definitions/definition-error.ts';
import { DefinitionFiles } from '../definitions/files.ts';
import type { Transport } from '../outbound/transport.ts';
import { createTokenSource, type TokenSource } from './backend-services.ts';
import { type ClientRegistration, type ClientsFile, clientsFile } from './clients-file.ts';
import type { FhirAccess } from './fhir-access.ts';
import { inlineKeys, type KeySet, remoteKeys } from './key-set.ts';
import { type PrivateKey, parsePrivateKey } from './private-key.ts';

/** A CDS client that may call, with what is kept for it between calls. */
export interface Client {
  readonly registration: ClientRegistration;
  readonly keys: KeySet;
  /** Which FHIR servers its calls may read. */
  readonly access: FhirAccess;
}

/** By issuer. */
export type ClientRegistry = ReadonlyMap<string, Client>;

/** The clients file cannot be used. Lists every fault at once. */
export class ClientsFileError extends Error {
  readonly code = 'ERR_CLIENTS_FILE';
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(listed(faults, 'the clients file'));
    this.name = 'ClientsFileError';
    this.faults = faults;
  }
}

/**
 * Reads the file of registered clients, YAML or JSON.
 *
 * @param services the ids of the services that there are
 * @throws ClientsFileError listing every fault with its line
 */
export function loadClients(path: string, services: readonly string[]): ClientsFile {
  const files = new DefinitionFiles(dirname(path));
  const clients = files.yaml(
    basename(path),
    clientsFile(services, (name) => readKey(resolve(dirname(path), name))),
  );
  if (clients === undefined) throw new ClientsFileError(files.faults);
  return clients;
}

function readKey(path: string): PrivateKey {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new Error('cannot be read');
  }
  return parsePrivateKey(text);
}

export interface RegistryDependencies {
  /** Connections that lead to public addresses and into these networks. Each client has its own. */
  openTransport(networks: readonly string[]): Transport;
  now(): Date;
  newId(): string;
  /** Told when keys or tokens of a client cannot be had: its name, and static words. */
  warn(client: string, problem: string): void;
}

export function createRegistry({ clients }: ClientsFile, dependencies: RegistryDependencies): ClientRegistry {
  return new Map(clients.map((registration) => [registration.issuer, createClient(registration, dependencies)]));
}

function createClient(registration: ClientRegistration, dependencies: RegistryDependencies): Client {
  const { name, jwksUrl, keys, fhirServers, networks } = registration;
  const { openTransport, now, newId } = dependencies;
  const transport = openTransport(networks);
  const warn = (problem: string) => dependencies.warn(name, problem);
  const tokens = fhirServers.flatMap(({ origin, backendServices }): [string, TokenSource][] =>
    backendServices ? [[origin, createTokenSource(backendServices, { transport, now, newId })]] : [],
  );
  return {
    registration,
    keys: keys ? inlineKeys(keys) : remoteKeys(jwksUrl ?? '', { transport, now, warn }),
    access: {
      servers: { allowedOrigins: fhirServers.map(({ origin }) => origin), anyLoopback: false },
      transport,
      tokens: new Map(tokens),
      warn,
    },
  };
}
