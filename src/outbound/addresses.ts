import { BlockList, isIP } from 'node:net';

/** Whether a connection to a host may lead to this address of it. */
export type AddressPolicy = (hostname: string, address: string) => boolean;

/**
 * Where names may lead: those of this machine to it, all others to public addresses and into these networks. So a name
 * that somebody else controls cannot be made to point into the hospital, whatever it resolved to before.
 *
 * @param networks private networks in CIDR notation, such as 10.20.0.0/16
 */
export function addressPolicy(networks: readonly string[] = []): AddressPolicy {
  const allowed = new BlockList();
  for (const network of networks) addNetwork(allowed, network);
  return (hostname, address) => {
    if (isLoopback(hostname)) return isLoopback(address);
    return isPublic(address) || isIn(allowed, address);
  };
}

/** True for names and addresses that never leave this machine. */
export function isLoopback(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/** True for what is listened on to be reached at every address of this machine. */
export function isEveryAddress(hostname: string): boolean {
  // A URL has one spelling for all that an address can be written as: 0, ::0.
  const url = `http://${hostname.includes(':') ? `[${hostname}]` : hostname}`;
  return URL.canParse(url) && ['0.0.0.0', '[::]'].includes(new URL(url).hostname);
}

/** Whether a text is a network in CIDR notation that `addressPolicy` understands. */
export function isNetwork(text: string): boolean {
  try {
    addNetwork(new BlockList(), text);
    return true;
  } catch {
    return false;
  }
}

/** An address that anybody on the internet could have. IANA's special-purpose registries say which are not. */
export function isPublic(address: string): boolean {
  if (isIP(address) === 4) return !isIn(special, address);
  return isIP(address) === 6 && isIn(global, address) && !isIn(special, address);
}

/** IPv6 beyond this is not in general use: loopback, link-local, unique local, IPv4 in another form, multicast. */
const global = listOf('2000::/3');
const special = listOf(
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
  ...['192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24'],
  ...['224.0.0.0/4', '240.0.0.0/4'],
  // Within 2000::/3: protocol assignments with Teredo, documentation, 6to4.
  ...['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'],
);

function listOf(...networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) addNetwork(list, network);
  return list;
}

/** @throws when the text is no network */
function addNetwork(list: BlockList, network: string): void {
  const [, address = '', prefix = ''] = /^([\da-f.:]+)\/(\d{1,3})$/i.exec(network) ?? [];
  list.addSubnet(address, Number(prefix), familyOf(address));
}

function isIn(list: BlockList, address: string): boolean {
  return list.check(address, familyOf(address));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}
