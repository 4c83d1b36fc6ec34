import { type LookupAddress, lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { AddressPolicy } from './addresses.ts';

const REFUSED = 'ERR_ADDRESS_REFUSED';

export function isRefusedAddress({ code }: NodeJS.ErrnoException): boolean {
  return code === REFUSED;
}

export interface GuardOptions {
  /** Resolves names; the system does unless told otherwise. */
  readonly lookup?: LookupFunction;
  /** Told of a name that leads where it may not. */
  readonly onRefused?: (hostname: string) => void;
}

/**
 * Resolves names for connections that are about to be opened, and fails if the name leads where it may not: what is
 * checked is what is connected to, so a name cannot change in between. One address that may not be is enough.
 */
export function guardedLookup(
  mayConnect: AddressPolicy,
  { lookup = systemLookup, onRefused }: GuardOptions,
): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      const addresses = asList(found);
      if (error) return callback(error, '');
      if (!addresses.every(({ address }) => mayConnect(hostname, address))) {
        onRefused?.(hostname);
        return callback(Object.assign(new Error('the address is not allowed'), { code: REFUSED }), '');
      }
      const [first] = addresses;
      if (options.all === true) callback(null, [...addresses]);
      else callback(null, first?.address ?? '', first?.family);
    });
  };
}

function asList(found: string | readonly LookupAddress[] | undefined): readonly LookupAddress[] {
  return Array.isArray(found) ? found : [];
}
