import { ConfigError, readConfig } from '../../src/config.ts';

function faultsOf(environment: Readonly<Record<string, string>>): string {
  try {
    readConfig(environment);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    expect((error as ConfigError).code).toBe('ERR_CONFIG');
    return (error as ConfigError).message;
  }
  return '';
}

const defaults = {
  host: '127.0.0.1',
  port: 3000,
  sandbox: true,
  logLevel: 'info',
  hookBudgetMs: 3000,
  fhirAllowedOrigins: [],
  fhirAllowedNetworks: [],
  smart: { clientId: 'hcc-cds-timeline', origins: [] },
  timelineLink: true,
  warnings: [],
};

const variables = [
  ...['HOST', 'PORT', 'SANDBOX', 'AUTH', 'ALLOW_OPEN_BIND', 'LOG_LEVEL', 'HOOK_BUDGET_MS', 'PUBLIC_BASE_URL'],
  ...['FHIR_ALLOWED_ORIGINS', 'SITE_POLICY_DIR', 'DATA_DIR', 'DATABASE_URL', 'CLIENTS_FILE'],
  ...['SMART_CLIENT_ID', 'SMART_ORIGINS', 'TIMELINE_LINK'],
];

describe('the configuration', () => {
  it('is on loopback, open to nobody, when nothing is set', () => {
    expect(readConfig({})).toEqual(defaults);
  });

  it('takes empty variables as not set, as a compose file leaves them', () => {
    expect(readConfig(Object.fromEntries(variables.map((name) => [name, ''])))).toEqual(defaults);
    expect(readConfig(Object.fromEntries(variables.map((name) => [name, undefined])))).toEqual(defaults);
  });

  it('leaves the rest of the environment alone', () => {
    expect(readConfig({ PATH: '/bin', NODE_ENV: 'test', TZ: 'UTC' })).toEqual(defaults);
  });

  it('links cards to the timeline with the sandbox, else when it is asked to and knows the address', () => {
    expect(readConfig({ SANDBOX: 'off' }).timelineLink).toBe(false);
    const published = { SANDBOX: 'off', TIMELINE_LINK: 'on', PUBLIC_BASE_URL: 'https://cds.example.org' };
    expect(readConfig({ ...published, SMART_ORIGINS: 'https://fhir.example' }).timelineLink).toBe(true);
    expect(faultsOf(published)).toContain('SMART_ORIGINS: TIMELINE_LINK=on');
    expect(faultsOf({ SANDBOX: 'off', TIMELINE_LINK: 'on' })).toContain('PUBLIC_BASE_URL: TIMELINE_LINK=on');
    expect(faultsOf({ SMART_ORIGINS: 'http://fhir.example' })).toContain('SMART_ORIGINS');
  });

  it.each<[string, string, object]>([
    ['HOST', 'localhost', { host: 'localhost' }],
    ['HOST', '::1', { host: '::1' }],
    ['PORT', '8080', { port: 8080 }],
    ['PORT', '0', { port: 0 }],
    ['PORT', '65535', { port: 65_535 }],
    ['SANDBOX', 'on', { sandbox: true }],
    ['AUTH', 'off', {}],
    ['ALLOW_OPEN_BIND', 'true', {}],
    ['ALLOW_OPEN_BIND', 'false', {}],
    ['LOG_LEVEL', 'debug', { logLevel: 'debug' }],
    ['LOG_LEVEL', 'silent', { logLevel: 'silent' }],
    ['HOOK_BUDGET_MS', '50', { hookBudgetMs: 50 }],
    ['HOOK_BUDGET_MS', '60000', { hookBudgetMs: 60_000 }],
    ['PUBLIC_BASE_URL', 'https://cds.example.org/base/', { publicBaseUrl: 'https://cds.example.org/base' }],
    ['FHIR_ALLOWED_ORIGINS', 'https://a.example', { fhirAllowedOrigins: ['https://a.example'] }],
    [
      'FHIR_ALLOWED_ORIGINS',
      ' https://A.example/fhir/r4, https://b.example:8443  https://c.example:443,',
      { fhirAllowedOrigins: ['https://a.example', 'https://b.example:8443', 'https://c.example'] },
    ],
    [
      'FHIR_ALLOWED_ORIGINS',
      'https://fhir.internal 10.20.0.0/16,fd12::/16',
      { fhirAllowedOrigins: ['https://fhir.internal'], fhirAllowedNetworks: ['10.20.0.0/16', 'fd12::/16'] },
    ],
    ['SMART_CLIENT_ID', 'our-app', { smart: { clientId: 'our-app', origins: [] } }],
    [
      'SMART_ORIGINS',
      'https://fhir.example/r4 http://127.0.0.1:9',
      { smart: { clientId: 'hcc-cds-timeline', origins: ['https://fhir.example', 'http://127.0.0.1:9'] } },
    ],
    ['TIMELINE_LINK', 'off', { timelineLink: false }],
    ['SITE_POLICY_DIR', '/site', { sitePolicyDir: '/site' }],
    ['DATA_DIR', '/data', { dataDir: '/data' }],
  ])('reads %s=%s', (name, value, expected) => {
    expect(readConfig({ [name]: value })).toEqual({ ...defaults, ...expected });
  });

  it.each([
    ['PORT', 'abc'],
    ['PORT', '-1'],
    ['PORT', '65536'],
    ['PORT', '80.5'],
    ['PORT', ' '],
    ['SANDBOX', 'yes'],
    ['SANDBOX', 'ON'],
    ['AUTH', 'none'],
    ['AUTH', 'ON'],
    ['ALLOW_OPEN_BIND', 'perhaps'],
    ['LOG_LEVEL', 'verbose'],
    ['HOOK_BUDGET_MS', '49'],
    ['HOOK_BUDGET_MS', '60001'],
    ['HOOK_BUDGET_MS', '3s'],
    ['PUBLIC_BASE_URL', 'cds.example.org'],
    ['PUBLIC_BASE_URL', 'ftp://cds.example.org'],
    ['FHIR_ALLOWED_ORIGINS', '*'],
    ['FHIR_ALLOWED_ORIGINS', 'a.example'],
    ['FHIR_ALLOWED_ORIGINS', 'https://a.example, nonsense'],
    ['FHIR_ALLOWED_ORIGINS', 'file:///etc'],
    ['FHIR_ALLOWED_ORIGINS', '10.20.0.0/33'],
    ['FHIR_ALLOWED_ORIGINS', '10.20.0.1'],
    ['DATABASE_URL', 'db.example.org'],
    ['DATABASE_URL', 'mysql://u@db/x'],
    ['DATABASE_URL', 'https://db.example.org/x'],
  ])('refuses %s=%p, naming the variable', (name, value) => {
    expect(faultsOf({ [name]: value })).toContain(name);
  });

  it.each([
    'postgresql://u:p@db.example.org:5432/x?sslmode=verify-full',
    'postgres://db/x',
    'postgresql:///x?host=/run/postgresql',
  ])('reads DATABASE_URL=%s, and warns that hashes need a key that lasts', (DATABASE_URL) => {
    const { databaseUrl, warnings } = readConfig({ DATABASE_URL });
    expect([databaseUrl, warnings]).toEqual([DATABASE_URL, [expect.stringMatching(/DATA_DIR/)]]);
    expect(readConfig({ DATABASE_URL, DATA_DIR: '/data' }).warnings).toEqual([]);
  });

  it('warns, where it is not a sandbox, that nothing is recorded for longer than the process lives', () => {
    const { sandbox, warnings } = readConfig({ SANDBOX: 'off' });
    expect([sandbox, warnings]).toEqual([false, [expect.stringMatching(/Neither DATA_DIR nor DATABASE_URL/)]]);
    expect(readConfig({ SANDBOX: 'off', DATA_DIR: '/data' }).warnings).toEqual([]);
  });

  it.each(['0.0.0.0', '::', '192.168.0.10', 'cds.internal'])(
    'T5: refuses HOST=%s unless an open bind was asked for, and then warns',
    (HOST) => {
      expect(faultsOf({ HOST })).toMatch(/HOST.*ALLOW_OPEN_BIND/);
      expect(faultsOf({ HOST, ALLOW_OPEN_BIND: 'false' })).toMatch(/HOST.*ALLOW_OPEN_BIND/);
      const { host, warnings } = readConfig({ HOST, ALLOW_OPEN_BIND: 'true', SANDBOX: 'off', DATA_DIR: '/data' });
      expect([host, warnings.length]).toEqual([HOST, 1]);
      expect(warnings[0]).toMatch(/not authenticated/);
    },
  );

  it.each(['192.168.0.10', 'cds.internal'])(
    'refuses HOST=%s with the sandbox, which reads its own FHIR server by loopback, and says what to set',
    (HOST) => {
      expect(faultsOf({ HOST, ALLOW_OPEN_BIND: 'true' })).toMatch(/HOST: at .* the sandbox cannot .*HOST=0\.0\.0\.0/);
    },
  );

  it.each(['127.0.0.1', '127.0.0.2', '::1', 'localhost'])('takes HOST=%s, with the sandbox', (HOST) => {
    expect(readConfig({ HOST }).host).toBe(HOST);
  });

  it.each(['0.0.0.0', '0', '::', '::0', '0:0:0:0:0:0:0:0'])(
    'takes HOST=%s for every address of the machine',
    (HOST) => {
      expect(readConfig({ HOST, ALLOW_OPEN_BIND: 'true' }).host).toBe(HOST);
    },
  );

  it('warns of the embedded FHIR server when others than this machine reach it', () => {
    const { warnings } = readConfig({ HOST: '0.0.0.0', ALLOW_OPEN_BIND: 'true' });
    expect(warnings.join()).toMatch(/SANDBOX is on/);
  });

  it('says every fault at once, so that one restart mends them all', () => {
    const said = faultsOf({ PORT: 'x', LOG_LEVEL: 'x', FHIR_ALLOWED_ORIGINS: 'x', AUTH: 'x', SANDBOX: 'x' });
    for (const name of ['PORT', 'LOG_LEVEL', 'FHIR_ALLOWED_ORIGINS', 'AUTH', 'SANDBOX']) expect(said).toContain(name);
  });

  it('says the open bind among the other faults', () => {
    const said = faultsOf({ PORT: 'x', HOST: '0.0.0.0' });
    expect(said).toContain('PORT');
    expect(said).toContain('ALLOW_OPEN_BIND');
  });

  it('does not repeat a value that may be a secret', () => {
    expect(faultsOf({ DATABASE_URL: 'postgres://u:zq-secret@db/x', PORT: 'x' })).not.toContain('zq-secret');
    expect(faultsOf({ DATABASE_URL: 'mysql://u:zq-secret@db/x' })).not.toContain('zq-secret');
    expect(faultsOf({ FHIR_ALLOWED_ORIGINS: 'u:zq-secret@x' })).not.toContain('zq-secret');
  });
});

describe('AUTH=on', () => {
  const on = { AUTH: 'on', CLIENTS_FILE: '/etc/clients.yaml', PUBLIC_BASE_URL: 'https://cds.example.org/hcc/' };

  it('names the registered clients and the address that tokens are meant for', () => {
    const authentication = { clientsFile: '/etc/clients.yaml', publicBaseUrl: 'https://cds.example.org/hcc' };
    expect(readConfig(on)).toEqual({ ...defaults, publicBaseUrl: authentication.publicBaseUrl, authentication });
  });

  it('may listen on any address', () => {
    expect(readConfig({ ...on, HOST: '0.0.0.0', SANDBOX: 'off', DATA_DIR: '/d' })).toMatchObject({
      host: '0.0.0.0',
      warnings: [],
    });
  });

  it('needs both, and says so at once', () => {
    const said = faultsOf({ AUTH: 'on' });
    expect(said).toContain('CLIENTS_FILE');
    expect(said).toContain('PUBLIC_BASE_URL');
  });

  it.each([
    'http://cds.example.org',
    'https://cds.example.org?x=1',
    'https://cds.example.org#x',
    'https://u:p@cds.example.org',
  ])('T5: is published on https, without anything behind its path: not at %s', (PUBLIC_BASE_URL) => {
    expect(faultsOf({ ...on, PUBLIC_BASE_URL })).toMatch(/PUBLIC_BASE_URL: AUTH=on needs https/);
  });

  it('may be tried on loopback by http', () => {
    expect(readConfig({ ...on, PUBLIC_BASE_URL: 'http://localhost:3000' }).publicBaseUrl).toBe('http://localhost:3000');
  });

  it('warns of settings that have no effect', () => {
    expect(readConfig({ ...on, FHIR_ALLOWED_ORIGINS: 'https://a.example' }).warnings.join()).toMatch(/FHIR_ALLOWED/);
    expect(readConfig({ CLIENTS_FILE: '/etc/clients.yaml' }).warnings.join()).toMatch(/CLIENTS_FILE/);
  });
});
