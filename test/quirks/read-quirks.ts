import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What clients send that differs from the standard, one file each: the request as such a client writes it, and what it
 * has to be answered. All of it is made up; only the forms are those that were seen.
 */
export interface Quirk {
  /** Ends the sentence that begins with the client. */
  readonly about: string;
  readonly method?: 'GET' | 'OPTIONS' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
  readonly expected: Expected;
}

export interface Expected {
  readonly status: number;
  /** All of them, in their order. */
  readonly cards?: readonly ToldCard[];
  /** The cards are those of another file, word for word. */
  readonly cardsOf?: string;
  /** Where a refusal finds the fault, and what it says of it. */
  readonly at?: readonly string[];
  readonly says?: string;
  readonly services?: readonly string[];
  /** What is kept of feedback. */
  readonly kept?: readonly { readonly outcome: string; readonly reason: string | null }[];
}

export interface ToldCard {
  readonly indicator: string;
  readonly topic: string;
  readonly summary: string;
}

const folder = 'test/quirks';

export function readQuirk(name: string): Quirk {
  return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
}

/** Kinds of clients, by the names of the folders. */
export function clients(): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((one) => (one.isDirectory() ? [one.name] : []))
    .sort();
}

export function quirksOf(client: string): readonly Quirk[] {
  const files = readdirSync(join(folder, client)).sort();
  return files.map((file) => readQuirk(`${client}/${file.replace(/\.json$/, '')}`));
}
