import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** How a server answers one request. */
export type Manner = (request: IncomingMessage, response: ServerResponse) => void;

/** A FHIR server of this machine that can be made to behave in any way, and counts what reaches it. */
export async function hostileFhirServer() {
  let manner: Manner = () => undefined;
  let requests = 0;
  const unanswered = new Set<ServerResponse>();
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    requests += 1;
    unanswered.add(response);
    response.on('close', () => unanswered.delete(response));
    manner(request, response);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    base: `http://127.0.0.1:${port}/fhir`,
    behave(next: Manner) {
      manner = next;
    },
    /** Requests that have come so far. */
    requests: () => requests,
    /** Requests for whose answer somebody still waits. */
    waiting: () => unanswered.size,
    connections: () => sockets.size,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const fhir = { 'Content-Type': 'application/fhir+json' };

export function searchsetText(resources: readonly object[], next?: string): string {
  const link = next === undefined ? {} : { link: [{ relation: 'next', url: next }] };
  return JSON.stringify({
    resourceType: 'Bundle',
    type: 'searchset',
    ...link,
    entry: resources.map((resource) => ({ resource })),
  });
}

export const manners = {
  empty: (_, response) => void response.writeHead(200, fhir).end(searchsetText([])),
  silent: () => undefined,
  headOnly: (_, response) => void response.writeHead(200, fhir).flushHeaders(),
  late: (_, response) => void setTimeout(() => response.writeHead(200, fhir).end(searchsetText([])), 1500),
  dripping(_, response) {
    response.writeHead(200, fhir);
    const text = `${searchsetText([]).slice(0, -1)}${' '.repeat(10_000)}}`;
    let at = 0;
    const drip = setInterval(() => void response.write(text.charAt(at++)), 10);
    response.on('close', () => clearInterval(drip));
  },
  /** Each page says that there is another one. */
  endless({ headers, url = '' }, response) {
    const page = Number(/page=(\d+)/.exec(url)?.[1] ?? 0) + 1;
    const next = `http://${headers.host}/fhir/Observation?page=${page}`;
    setTimeout(() => response.writeHead(200, fhir).end(searchsetText([], next)), 40);
  },
} satisfies Readonly<Record<string, Manner>>;

/** As much as is accepted, and all of it at this moment after the request [ms]. */
export function largeAnswersAfter(ms: number): Manner {
  const resource = {
    resourceType: 'Observation',
    status: 'final',
    code: { text: 'x'.repeat(200) },
    subject: { reference: 'Patient/zq-patient-4711' },
  };
  const text = searchsetText(Array.from({ length: 14_000 }, (_, id) => ({ ...resource, id: `o${id}` })));
  return (_, response) => void setTimeout(() => response.writeHead(200, fhir).end(text), ms);
}
