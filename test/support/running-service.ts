import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { createInterface } from 'node:readline';
import type { StorePlace } from '../../src/store/open-database.ts';
import { buildService } from './built.ts';

export interface RunningService {
  readonly child: ChildProcess;
  /** Sends a body; `onAnswer` runs the moment the head of the answer is there. */
  post(path: string, body: unknown, onAnswer?: () => void): Promise<{ readonly status: number; readonly text: string }>;
  get(path: string): Promise<{ readonly status: number; readonly text: string }>;
  end(signal: NodeJS.Signals): Promise<void>;
}

/** The environment that names a store. */
export function storeEnvironment({ dataDir, databaseUrl }: StorePlace): Record<string, string> {
  return { ...(dataDir && { DATA_DIR: dataDir }), ...(databaseUrl && { DATABASE_URL: databaseUrl }) };
}

/** The service as it is started in production, in a process of its own, on a free port. */
export async function startService(place: StorePlace): Promise<RunningService> {
  buildService();
  const child = spawn(process.execPath, ['dist/main.js'], {
    env: { PATH: process.env.PATH, PORT: '0', SANDBOX: 'off', LOG_LEVEL: 'warn', ...storeEnvironment(place) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the service ended with ${code}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [, found] = /^CDS Services +http:\/\/127\.0\.0\.1:(\d+)/.exec(line) ?? [];
      if (found !== undefined) resolve(found);
    });
  });
  const base = `http://127.0.0.1:${port}`;
  return {
    child,
    post(path, body, onAnswer) {
      const sent = request(`${base}${path}`, { method: 'POST', headers: { 'Content-Type': 'application/json' } });
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
  return new Promise<{ readonly status: number; readonly text: string }>((resolve, reject) => {
    sent.on('error', reject);
    sent.on('response', (response: IncomingMessage) => {
      onAnswer();
      let text = '';
      const done = () => resolve({ status: response.statusCode ?? 0, text });
      response.setEncoding('utf8').on('data', (some: string) => {
        text += some;
      });
      // A killed server may break off the body; the head has said everything.
      response.on('end', done).on('error', done).on('close', done);
    });
  });
}
