import { addressPolicy } from '../../src/outbound/addresses.ts';
import { createTransport, type Transport } from '../../src/outbound/transport.ts';

/** The transport of the service, in which every name resolves to one address: no test asks a name server. */
export function openTestTransport(networks: readonly string[] = [], address = '8.8.8.8'): Transport {
  return createTransport(addressPolicy(networks), {
    lookup: (hostname, _, callback) => {
      callback(null, [{ address: hostname === 'localhost' ? '127.0.0.1' : address, family: 4 }]);
    },
  });
}
