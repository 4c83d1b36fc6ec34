import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type ClientRequest, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { StorePlace } from '../../src/store/open-database.ts';
import { buildService } from './built.ts';

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: IncomingHttpHeaders;
}

export interface RunningService {
  readonly child: ChildProcess;
  /** Where it listens. */
  readonly base: string;
  /** What a probed service holds after all that is unreachable has been collected. */
  measure(): Promise<Measured>;
  /** Sends a body; `onAnswer` runs the moment the head of the answer is there. */
  post(path: string, body: unknown, onAnswer?: () => void, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  get(path: string): Promise<Answer>;
  end(signal: NodeJS.Signals): Promise<void>;
}

/** As test/support/probe.mjs says it; sizes in bytes. */
export interface Measured {
  readonly heapUsed: number;
  readonly external: number;
  readonly rss: number;
  readonly cpuMs: number;
  /** Connections that are open, incoming and outgoing. */
  readonly sockets: number;
  readonly warnings: readonly string[];
}

/** The environment that names a store. */
export function storeEnvironment({ dataDir, databaseUrl }: StorePlace): Record<string, string> {
  return { ...(dataDir && { DATA_DIR: dataDir }), ...(databaseUrl && { DATABASE_URL: databaseUrl }) };
}

export interface StartOptions {
  /** The project that is started; this one unless given. */
  readonly folder?: string;
  /** More of the environment. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Loads the probe, so that `measure` can be asked. */
  readonly probed?: boolean;
  /** Told every line that the service writes. */
  onLine?(line: string): void;
}

/** The service as it is started in production, in a process of its own, on a free port. */
export async function startService(place: StorePlace, options: StartOptions = {}): Promise<RunningService> {
  const { folder, environment, probed = false, onLine } = options;
  if (folder === undefined) buildService();
  const probe = probed ? ['--expose-gc', '--import', './test/support/probe.mjs'] : [];
  const settings = { PORT: '0', SANDBOX: 'off', LOG_LEVEL: 'warn', ...storeEnvironment(place), ...environment };
  const child = spawn(process.execPath, [...probe, join(folder ?? '.', 'dist/main.js')], {
    env: { PATH: process.env.PATH, ...settings },
    stdio: ['ignore', 'pipe', onLine ? 'pipe' : 'inherit', ...(probed ? ['ipc' as const] : [])],
  });
  if (onLine && child.stderr) createInterface({ input: child.stderr }).on('line', onLine);
  const port = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the service ended with ${code}`)));
    createInterface({ input: child.stdout as Readable }).on('line', (line) => {
      onLine?.(line);
      const [, found] = /^CDS Services +http:\/\/127\.0\.0\.1:(\d+)/.exec(line) ?? [];
      if (found !== undefined) resolve(found);
    });
  });
  const base = `http://127.0.0.1:${port}`;
  return {
    child,
    base,
    async measure() {
      child.send('measure');
      const [measured] = await once(child, 'message');
      return measured as Measured;
    },
    post(path, body, onAnswer, headers = {}) {
      const sent = request(`${base}${path}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
      });
      sent.end(JSON.stringify(body));
      return answerTo(sent, onAnswer);
    },
    get(path) {
      return answerTo(request(`${base}${path}`).end());
    },
    async end(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exit = once(child, 'exit');
      child.kill(signal);
      await exit;
    },
  };
}

function answerTo(sent: ClientRequest, onAnswer = () => {}) {
  return new Promise<Answer>((resolve, reject) => {
    sent.on('error', reject);
    sent.on('response', (response: IncomingMessage) => {
      onAnswer();
      let text = '';
      const done = () => resolve({ status: response.statusCode ?? 0, text, headers: response.headers });
      response.setEncoding('utf8').on('data', (some: string) => {
        text += some;
      });
      // A killed server may break off the body; the head has said everything.
      response.on('end', done).on('error', done).on('close', done);
    });
  });
}
