import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { ClientsFileError, loadClients } from '../../src/security/client-registry.ts';
import { services, testKey } from '../support/tokens.ts';

let folder: string;
let key: Readonly<Record<string, unknown>>;
let privateKey: object;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'clients-'));
  const made = await testKey();
  key = made.publicJwk;
  privateKey = { ...key, d: 'c2VjcmV0' };
});
afterAll(() => rmSync(folder, { recursive: true }));

function load(text: string) {
  const path = join(folder, 'clients.yaml');
  writeFileSync(path, text);
  return loadClients(path, services);
}

/** The faults as they are printed, without the name of the folder. */
function faultsOf(text: string): readonly string[] {
  try {
    load(text);
    return [];
  } catch (error) {
    if (!(error instanceof ClientsFileError)) throw error;
    expect(error.code).toBe('ERR_CLIENTS_FILE');
    return error.message.split('\n').map((line) => line.replace(/^.*clients\.yaml/, 'clients.yaml'));
  }
}

const client = { name: 'ehr', issuer: 'https://ehr.example.org', jwksUrl: 'https://ehr.example.org/jwks' };
const withClient = (more: object) => stringify({ clients: [{ ...client, ...more }] });

describe('the clients file', () => {
  it('needs little of a client', () => {
    const algorithms = ['ES384', 'RS384', 'ES256', 'RS256'];
    expect(load(stringify({ clients: [client] }))).toEqual({
      discovery: 'open',
      clients: [{ ...client, algorithms, callsPerMinute: 1200, links: true, fhirServers: [], networks: [] }],
    });
  });

  it('holds all that restricts one', () => {
    const full = {
      ...client,
      keys: [key],
      algorithms: ['ES384'],
      tenants: ['north'],
      services: ['hcc-order-sign'],
      callsPerMinute: 60,
      links: false,
      fhirServers: [{ origin: 'https://fhir.example.org:8443/' }, { origin: 'http://localhost:8080' }],
      networks: ['10.20.0.0/16'],
    };
    const [read] = load(stringify({ discovery: 'authenticated', clients: [full] })).clients;
    const origins = [{ origin: 'https://fhir.example.org:8443' }, { origin: 'http://localhost:8080' }];
    expect(read).toEqual({ ...full, fhirServers: origins });
  });

  it('may be JSON', () => {
    expect(load(JSON.stringify({ clients: [client] })).clients).toHaveLength(1);
  });

  it('is told all its faults at once, each with its line', () => {
    const text = [
      'discovery: perhaps',
      'clients:',
      '  - name: EHR 1',
      '    issuer: https://ehr.example.org',
      '    jwksUrl: http://ehr.example.org/jwks',
      '    jwkUrl: https://ehr.example.org/jwks',
      '  - name: second',
      '    issuer: no URI',
      '    fhirServers:',
      '      - origin: https://fhir.example.org/r4',
    ].join('\n');
    expect(faultsOf(text)).toEqual([
      '7 faults in the clients file:',
      'clients.yaml:1: discovery: Invalid option: expected one of "open"|"authenticated"',
      'clients.yaml:3: clients.0.name: must be a kebab-case name',
      'clients.yaml:5: clients.0.jwksUrl: must be https, without credentials and fragment; http only on loopback',
      'clients.yaml:6: clients.0: Unrecognized key: "jwkUrl"',
      'clients.yaml:8: clients.1.issuer: must be a URI',
      'clients.yaml:10: clients.1.fhirServers.0.origin: must be an origin: scheme, host and port, no path',
      'clients.yaml:7: clients.1: needs jwksUrl or keys',
    ]);
  });

  it.each<[string, () => object, string]>([
    ['neither keys nor an address of them', () => ({ jwksUrl: undefined }), 'needs jwksUrl or keys'],
    ['an empty list of keys', () => ({ keys: [] }), 'keys'],
    ['a private key', () => ({ keys: [privateKey] }), 'holds a private key'],
    ['a secret', () => ({ keys: [{ kty: 'oct', kid: 'x', k: 'c2VjcmV0' }] }), 'must be EC or RSA'],
    ['a key without kid', () => ({ keys: [{ ...key, kid: undefined }] }), 'keys.0.kid'],
    ['a key that is none', () => ({ keys: [{ ...key, x: 'eA' }] }), 'is no key that can be used'],
    [
      'a short RSA key',
      () => ({ keys: [{ kty: 'RSA', kid: 'short', n: Buffer.alloc(64, 7).toString('base64url'), e: 'AQAB' }] }),
      'RSA of 2048 bits',
    ],
    ['two keys of a name', () => ({ keys: [key, key] }), 'is the kid of another key'],
    ['an algorithm that is symmetric', () => ({ algorithms: ['HS256'] }), 'algorithms.0'],
    ['no algorithm', () => ({ algorithms: [] }), 'algorithms'],
    ['no tenant in the list', () => ({ tenants: [] }), 'tenants'],
    ['a service that is none', () => ({ services: ['hcc-order-sing'] }), 'services.0: is no service'],
    ['a FHIR server by http', () => ({ fhirServers: [{ origin: 'http://fhir.example.org' }] }), 'must be https'],
    [
      'a FHIR server with credentials',
      () => ({ fhirServers: [{ origin: 'https://u:p@fhir.example.org' }] }),
      'without credentials',
    ],
    ['a limit of no calls', () => ({ callsPerMinute: 0 }), 'callsPerMinute'],
    ['a network that is none', () => ({ networks: ['10.20.0.0'] }), 'networks.0: must be a network'],
    ['a key set by file', () => ({ jwksUrl: 'file:///etc/passwd' }), 'jwksUrl: must be a URL'],
  ])('cannot hold %s', (_, more, message) => {
    expect(faultsOf(withClient(more())).join('\n')).toContain(message);
  });

  describe('with credentials of ours', () => {
    const withKey = (keyFile: string) => {
      const backendServices = {
        clientId: 'us',
        tokenUrl: 'https://auth.example.org/token',
        scope: 'system/*.rs',
        keyFile,
      };
      return withClient({ fhirServers: [{ origin: 'https://fhir.example.org', backendServices }] });
    };

    it('reads the private key from the file beside it', () => {
      const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
      writeFileSync(
        join(folder, 'ours.json'),
        JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid: 'ours' }),
      );
      const [client] = load(withKey('ours.json')).clients;
      expect(client?.fhirServers[0]?.backendServices).toMatchObject({
        clientId: 'us',
        key: { kid: 'ours', alg: 'ES384' },
      });
    });

    it('says with its line that the key cannot be used', () => {
      writeFileSync(join(folder, 'wrong.json'), '{"kid":"x","secret":"zq"}');
      expect(faultsOf(withKey('missing.json'))[1]).toMatch(/^clients.yaml:\d+: .*keyFile: cannot be read$/);
      expect(faultsOf(withKey('wrong.json'))[1]).toMatch(/keyFile: is no private key$/);
      expect(faultsOf(withKey('wrong.json')).join()).not.toContain('zq');
    });
  });

  it('is as the documents show it, with a key made as they say', () => {
    const documented = readFileSync('docs/integration.md', 'utf8');
    const [, command = ''] = /```sh\n(node -e .*?)```/s.exec(documented) ?? [];
    expect(spawnSync('sh', ['-c', command], { cwd: folder }).status).toBe(0);
    const [, example = ''] = /<!-- clients -->\n```yaml\n(.*?)```/s.exec(documented) ?? [];
    const [client] = load(example).clients;
    expect(client?.fhirServers[0]?.backendServices).toMatchObject({ clientId: 'hcc-cds', key: { alg: 'ES384' } });
    const published = readFileSync(join(folder, 'hcc-cds.public.json'), 'utf8');
    const jwksUrl = undefined;
    expect(load(withClient({ jwksUrl, keys: [JSON.parse(published)] })).clients).toHaveLength(1);
    expect(statSync(join(folder, 'hcc-cds.private.json')).mode & 0o077).toBe(0);
  });

  it('cannot register an issuer or a name twice', () => {
    const faults = faultsOf(stringify({ clients: [client, client] })).join('\n');
    expect(faults).toContain('clients.1.name: is used twice');
    expect(faults).toContain('clients.1.issuer: is registered twice');
  });

  it('must register somebody', () => {
    expect(faultsOf('clients: []')).toHaveLength(2);
    expect(faultsOf('')).toHaveLength(2);
  });

  it('that is not there is a fault that names it', () => {
    expect(() => loadClients(join(folder, 'missing.yaml'), services)).toThrow(/missing\.yaml: cannot be read/);
  });
});
