import { type Agent, type IncomingMessage, request } from 'node:http';
import type { FuzzedAnswer } from './judge.ts';
import type { FuzzedRequest } from './requests.ts';

/**
 * Sends one request over the wire.
 *
 * @param withinMs after which there is no answer
 * @returns the answer, timed from the last byte sent; the status 0 with the error when the connection broke
 */
export async function send(base: string, agent: Agent, withinMs: number, one: FuzzedRequest): Promise<FuzzedAnswer> {
  const { method, path, headers, payload } = one;
  return new Promise((resolve) => {
    const fail = ({ message }: Error) => resolve({ status: 0, headers: {}, text: JSON.stringify(message), ms: 0 });
    const sent = request(`${base}${path}`, {
      ...{ agent, method, timeout: withinMs },
      headers: { ...headers, 'Content-Length': payload.length },
    });
    let started = performance.now();
    sent.on('finish', () => {
      started = performance.now();
    });
    sent.on('error', fail);
    sent.on('timeout', () => sent.destroy(new Error('there is no answer')));
    sent.on('response', (response: IncomingMessage) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => void chunks.push(chunk)).on('error', fail);
      response.on('end', () => {
        const { statusCode = 0, headers: received } = response;
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: statusCode, headers: received, text, ms: performance.now() - started });
      });
    });
    sent.end(payload);
  });
}

/** Does something with each number, so many at once, in the order of the numbers. */
export async function forEachNumber<T>(
  from: number,
  to: number,
  atOnce: number,
  doWith: (number: number) => Promise<T>,
): Promise<readonly T[]> {
  const done: T[] = [];
  let next = from;
  const worker = async () => {
    while (next < to) {
      next += 1;
      done.push(await doWith(next - 1));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return done;
}
