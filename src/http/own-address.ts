import type { Request } from 'express';
import { isLoopback } from '../outbound/addresses.ts';

/** Where the service is reached from its own machine, whatever stands in front of it. */
export function ownAddress({ socket }: Pick<Request, 'socket'>): string {
  const called = socket.localAddress?.replace(/^::ffff:/, '') ?? '';
  const host = isLoopback(called) ? called : '127.0.0.1';
  return `http://${host.includes(':') ? `[${host}]` : host}:${socket.localPort}`;
}
