import { refusalOf as refusalBy } from '../../src/security/fhir-servers.ts';

const allowedOrigins = ['https://fhir.example.org', 'https://fhir.example.org:8443', 'http://plain.example.org'];

/** As it is when calls are not authenticated. */
const refusalOf = (fhirServer: string, policy: { readonly allowedOrigins: readonly string[] }) =>
  refusalBy(fhirServer, { ...policy, anyLoopback: true });

describe('which FHIR servers may be read', () => {
  it.each([
    'http://localhost',
    'http://localhost:8080/fhir',
    'https://LOCALHOST/fhir',
    'http://127.0.0.1:9090/r4/',
    'http://127.8.8.8/fhir',
    'http://[::1]/fhir',
    'http://[::1]:8080/fhir',
    'http://2130706433/fhir',
    'http://0x7f.1/fhir',
  ])('any on loopback, by http as well: %s', (fhirServer) => {
    expect(refusalOf(fhirServer, { allowedOrigins: [] })).toBeUndefined();
  });

  it.each([
    'https://fhir.example.org',
    'https://fhir.example.org/r4/',
    'https://FHIR.example.org:443/r4',
    'https://fhir.example.org:8443/r4',
  ])('one whose origin was allowed, under any path: %s', (fhirServer) => {
    expect(refusalOf(fhirServer, { allowedOrigins })).toBeUndefined();
  });

  it.each([
    ['another name', 'https://other.example.org/r4'],
    ['a name below the allowed one', 'https://a.fhir.example.org/r4'],
    ['a name that begins like it', 'https://fhir.example.org.evil.example/r4'],
    ['a name that ends like it', 'https://evilfhir.example.org/r4'],
    ['another port', 'https://fhir.example.org:9443/r4'],
    ['http where https was allowed', 'http://fhir.example.org/r4'],
    ['http although http was allowed, since only loopback goes without TLS', 'http://plain.example.org/r4'],
    ['the allowed name as a path', 'https://evil.example/https://fhir.example.org'],
    ['the allowed name as a fragment', 'https://evil.example#fhir.example.org'],
    ['a name that begins like loopback', 'http://localhost.evil.example/fhir'],
    ['a name that begins like the address', 'http://127.0.0.1.evil.example/fhir'],
    ['the address of every interface', 'http://0.0.0.0/fhir'],
    ['the address of every interface, IPv6', 'http://[::]/fhir'],
    ['a private network', 'http://10.0.0.5/fhir'],
    ['a private network, shortened', 'http://192.168.1/fhir'],
    ['the metadata address of clouds', 'http://169.254.169.254/latest/meta-data'],
    ['an IPv4 address as IPv6', 'http://[::ffff:10.0.0.5]/fhir'],
  ])('not %s', (_, fhirServer) => {
    expect(refusalOf(fhirServer, { allowedOrigins })).toMatch(/not allowed|not on https/);
  });

  it.each([
    'http://user@localhost/fhir',
    'http://user:secret@127.0.0.1/fhir',
    'https://:secret@fhir.example.org/r4',
    'https://fhir.example.org@evil.example/r4',
  ])('none with credentials in the URL, not even on loopback: %s', (fhirServer) => {
    expect(refusalOf(fhirServer, { allowedOrigins })).toBe('the FHIR server URL holds credentials');
  });

  it.each(['', 'x', 'fhir.example.org/r4', '/fhir', '//localhost/fhir', 'ftp://localhost/x', 'file:///etc/passwd'])(
    'nothing that is no http URL: %p',
    (fhirServer) => {
      expect(refusalOf(fhirServer, { allowedOrigins })).toBe('the FHIR server is no http URL');
    },
  );

  it.each(['javascript:alert(1)', 'data:text/plain,x', 'ws://localhost/', 'http://', 'https://[::1'])(
    'no other scheme, and no broken URL: %s',
    (fhirServer) => {
      expect(refusalOf(fhirServer, { allowedOrigins })).toBe('the FHIR server is no http URL');
    },
  );

  it('says why without repeating the URL, which may hold a name', () => {
    for (const url of ['https://zq.example/Patient/zq', 'http://zq@localhost', 'zq', 'http://fhir.example.org/zq'])
      expect(refusalOf(url, { allowedOrigins })).not.toMatch(/zq|example/);
  });
});

describe('which FHIR servers may be read for a registered client', () => {
  const registered = { allowedOrigins: [...allowedOrigins, 'http://127.0.0.1:8080'], anyLoopback: false };

  it.each(['https://fhir.example.org/r4', 'http://127.0.0.1:8080/fhir'])(
    'those registered for it: %s',
    (fhirServer) => {
      expect(refusalBy(fhirServer, registered)).toBeUndefined();
    },
  );

  it.each([
    'https://other.example.org/r4',
    'http://127.0.0.1:9090/fhir',
    'http://localhost:8080/fhir',
    'http://[::1]:8080/',
  ])('no other, not on this machine either: %s', (fhirServer) => {
    expect(refusalBy(fhirServer, registered)).toBe('the FHIR server is not allowed');
  });
});
