import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A connection to a server that can be cut, or fall silent as a lost network does. */
export async function tcpProxy(target: { readonly host: string; readonly port: number }) {
  const sockets = new Set<Socket>();
  let silent = false;
  const server = createServer((client) => {
    const upstream = connect(target.port, target.host);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
      from.on('data', (data) => to.write(data));
      if (silent) from.pause();
    }
  });
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;

  const stop = async () => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return {
    port,
    /** Connections break, new ones are refused. */
    stop,
    start: () => listen(port),
    /** Connections that are open never bring anything again; new ones work. */
    loseConnections() {
      for (const socket of sockets) socket.pause();
    },
    /** Connections stay, and nothing comes through. */
    fallSilent() {
      silent = true;
      for (const socket of sockets) socket.pause();
    },
    speakAgain() {
      silent = false;
      for (const socket of sockets) socket.resume();
    },
  };
}
