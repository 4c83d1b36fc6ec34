import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import request from 'supertest';
import { shippedDefinitions, testApp } from './app.ts';
import { expectValid } from './validate-response.ts';

/** A request and the whole answer to it, kept as files that a reviewer reads. */
export interface Transcript {
  readonly slug: string;
  /** One line: what is special. */
  readonly about: string;
  readonly request: { readonly hook: string; readonly context?: unknown };
  readonly response: string | undefined;
}

const folder = 'test/golden';

/** True when the answers are to be written instead of compared: `npm run golden:update`. */
export const updating = process.env.GOLDEN === 'update';

export function transcripts(): readonly Transcript[] {
  const slugs = readdirSync(folder, { withFileTypes: true }).flatMap((one) => (one.isDirectory() ? [one.name] : []));
  return slugs.sort().map((slug) => {
    const response = join(folder, slug, 'response.json');
    return {
      slug,
      about: readFileSync(join(folder, slug, 'about.md'), 'utf8'),
      request: JSON.parse(readFileSync(join(folder, slug, 'request.json'), 'utf8')),
      response: existsSync(response) ? readFileSync(response, 'utf8') : undefined,
    };
  });
}

/** Asks the service that answers the hook; fixed clock, counted uuids. Status and body, as they are kept. */
export async function answerTo({ request: body }: Transcript, definitions = shippedDefinitions()): Promise<string> {
  const service = shippedDefinitions().service.services.find(({ hook }) => hook === body.hook);
  const response = await request(testApp({ definitions })).post(`/cds-services/${service?.id}`).send(body);
  expectValid(response, body);
  return `${JSON.stringify({ status: response.status, body: response.body }, null, 2)}\n`;
}

export function keep({ slug }: Transcript, response: string): void {
  writeFileSync(join(folder, slug, 'response.json'), response);
}
