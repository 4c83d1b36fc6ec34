import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createDice, type Dice } from './dice.ts';
import { mutated } from './mutate.ts';
import { goldenBodies } from './requests.ts';
import { written } from './values.ts';

/** A FHIR server that answers with mutated records: under /{number}/ always the same. */
export async function serverOfAnything(seed: number) {
  const records = goldenBodies.flatMap(({ prefetch }) => Object.values(prefetch ?? {}));
  const server = createServer(({ url = '' }, response) => {
    const [, number = '0', type = ''] = url.split(/[/?]/);
    const dice = createDice(seed, Number(number), type.length, url.length);
    dice.pick(ways)(response, () => written(mutated(dice.pick(records), dice, 4)), dice);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    base: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type Way = (response: ServerResponse, record: () => string, dice: Dice) => void;

const usual: Way = (response, record) => void response.setHeader('Content-Type', 'application/fhir+json').end(record());

const ways: readonly Way[] = [
  ...Array.from({ length: 12 }, () => usual),
  (response, record, dice) => response.writeHead(dice.pick([201, 301, 401, 404, 410, 429, 500, 503])).end(record()),
  (response, record) => response.end(record().slice(0, -1)),
  (response) => response.writeHead(200, { 'Content-Length': '9' }).destroy(),
  (response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end('no gzip'),
  () => undefined, // Never answers.
];
