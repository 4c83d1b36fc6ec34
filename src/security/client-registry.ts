import { basename, dirname } from 'node:path';
import { type Fault, listed } from '../definitions/definition-error.ts';
import { DefinitionFiles } from '../definitions/files.ts';
import type { Transport } from '../outbound/transport.ts';
import { type ClientRegistration, type ClientsFile, clientsFile } from './clients-file.ts';
import type { FhirAccess } from './fhir-access.ts';
import { inlineKeys, type KeySet, remoteKeys } from './key-set.ts';

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
  const clients = files.yaml(basename(path), clientsFile(services));
  if (clients === undefined) throw new ClientsFileError(files.faults);
  return clients;
}

export interface RegistryDependencies {
  /** Connections that lead to public addresses and into these networks. Each client has its own. */
  openTransport(networks: readonly string[]): Transport;
  now(): Date;
  /** Told when the keys of a client cannot be fetched: its name, and static words. */
  warn(client: string, problem: string): void;
}

export function createRegistry(
  { clients }: ClientsFile,
  { openTransport, now, warn }: RegistryDependencies,
): ClientRegistry {
  const withState = clients.map((registration): [string, Client] => {
    const { name, issuer, jwksUrl, keys, fhirServers, networks } = registration;
    const transport = openTransport(networks);
    const options = { transport, now, warn: (problem: string) => warn(name, problem) };
    const servers = { allowedOrigins: fhirServers.map(({ origin }) => origin), anyLoopback: false };
    const keySet = keys ? inlineKeys(keys) : remoteKeys(jwksUrl ?? '', options);
    return [issuer, { registration, keys: keySet, access: { servers, transport } }];
  });
  return new Map(withState);
}
