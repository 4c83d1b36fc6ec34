import { addressPolicy, isLoopback, isNetwork, isPublic } from '../../src/outbound/addresses.ts';

describe('an address that anybody could have', () => {
  it.each([
    '8.8.8.8',
    '1.1.1.1',
    '172.15.255.255',
    '172.32.0.0',
    '192.167.0.1',
    '100.63.255.255',
    '2001:4860:4860::8888',
    '2a00:1450::1',
  ])('is %s', (address) => {
    expect(isPublic(address)).toBe(true);
  });

  it.each([
    ['this host', '0.0.0.0'],
    ['this host, IPv6', '::'],
    ['loopback', '127.0.0.1'],
    ['loopback, IPv6', '::1'],
    ['private', '10.255.255.255'],
    ['private', '172.16.0.1'],
    ['private', '172.31.255.255'],
    ['private', '192.168.1.1'],
    ['shared by carriers', '100.64.0.1'],
    ['link-local, where clouds keep their metadata', '169.254.169.254'],
    ['link-local, IPv6', 'fe80::1'],
    ['link-local with a zone', 'fe80::1%eth0'],
    ['unique local', 'fd00:ec2::254'],
    ['IPv4 in IPv6', '::ffff:10.0.0.5'],
    ['IPv4 in IPv6, in hexadecimal', '::ffff:a00:5'],
    ['public IPv4 in IPv6, which no name resolves to', '::ffff:8.8.8.8'],
    ['IPv4 in IPv6, as it once was', '::10.0.0.5'],
    ['IPv4 behind a translator', '64:ff9b::a00:5'],
    ['6to4, which holds an IPv4 address', '2002:a00:5::1'],
    ['Teredo, likewise', '2001:0:a00:5::1'],
    ['documentation', '192.0.2.1'],
    ['documentation, IPv6', '2001:db8::1'],
    ['benchmarks', '198.18.0.1'],
    ['multicast', '224.0.0.1'],
    ['multicast, IPv6', 'ff02::1'],
    ['broadcast', '255.255.255.255'],
    ['no address', 'fhir.example.org'],
    ['nothing', ''],
  ])('is not %s: %s', (_, address) => {
    expect(isPublic(address)).toBe(false);
  });
});

describe('where a name may lead', () => {
  const policy = addressPolicy(['10.20.0.0/16', 'fd12::/16']);

  it.each([
    ['fhir.example.org', '8.8.8.8'],
    ['fhir.example.org', '10.20.255.1'],
    ['fhir.example.org', '::ffff:10.20.0.1'],
    ['fhir.example.org', 'fd12::1'],
    ['localhost', '127.0.0.1'],
    ['localhost', '::1'],
  ])('%s to %s', (name, address) => {
    expect(policy(name, address)).toBe(true);
  });

  it.each([
    ['fhir.example.org', '10.21.0.1'],
    ['fhir.example.org', '127.0.0.1'],
    ['fhir.example.org', '::1'],
    ['fhir.example.org', '169.254.169.254'],
    ['localhost.example.org', '127.0.0.1'],
    ['localhost', '8.8.8.8'],
    ['localhost', '10.20.0.1'],
  ])('%s not to %s', (name, address) => {
    expect(policy(name, address)).toBe(false);
  });

  it('nowhere private unless networks were named', () => {
    expect(addressPolicy()('fhir.example.org', '10.20.0.1')).toBe(false);
    expect(addressPolicy()('fhir.example.org', '8.8.8.8')).toBe(true);
  });
});

describe('a network', () => {
  it.each(['10.0.0.0/8', '192.168.1.7/32', 'fd00::/8', '127.0.0.0/8'])('is %s', (text) => {
    expect(isNetwork(text)).toBe(true);
  });

  it.each([
    '',
    '10.0.0.0',
    '10.0.0.0/33',
    '10.0.0/8',
    '10.0.0.0/-1',
    '10.0.0.0/8/8',
    'fd00::/129',
    'x/8',
    'https://a.example/8',
  ])('is not %p', (text) => {
    expect(isNetwork(text)).toBe(false);
  });
});

describe('loopback', () => {
  it.each(['localhost', 'LocalHost', '127.0.0.1', '127.255.255.254', '::1', '[::1]'])('is %s', (host) => {
    expect(isLoopback(host)).toBe(true);
  });

  it.each(['', '0.0.0.0', '::', '10.0.0.1', '128.0.0.1', '127.0.0', '127.0.0.1.example', 'localhost.example', 'host'])(
    'is not %p',
    (host) => {
      expect(isLoopback(host)).toBe(false);
    },
  );
});
