import type { Socket } from 'node:net';
import { ownAddress } from '../../src/http/own-address.ts';

it.each([
  ['127.0.0.1', 'http://127.0.0.1:3000'],
  ['127.0.0.2', 'http://127.0.0.2:3000'],
  ['::1', 'http://[::1]:3000'],
  ['::ffff:127.0.0.1', 'http://127.0.0.1:3000'],
  ['192.0.2.2', 'http://127.0.0.1:3000'],
  [undefined, 'http://127.0.0.1:3000'],
])('called at %s, the service reaches itself at %s', (localAddress, expected) => {
  expect(ownAddress({ socket: { localAddress, localPort: 3000 } as Socket })).toBe(expected);
});
