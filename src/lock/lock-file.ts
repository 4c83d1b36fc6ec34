import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import { z } from 'zod';

const parts = z.record(z.string(), z.string());
const Locked = z.strictObject({
  version: z.int().min(1),
  /** The release that first has this version. */
  since: z.string().min(1),
  parts,
});

/** The versions of the rules, and of what content they are. */
export const Lock = z.strictObject({
  rules: z.record(z.string(), Locked),
  shared: z.record(z.string(), parts),
});
export type Lock = z.infer<typeof Lock>;

export const lockFile = 'rules.lock.yaml';

const head = ` Which content each version of a rule stands for. Written by \`npm run lock\`, never by hand; after a merge, write
 it anew. \`npm run check-hooks\` fails when a rule's content changed and its version did not. What counts as
 content is in the record on the lock in docs/adr.
`;

/** @returns undefined when there is none yet. @throws Error when it cannot be read */
export function readLock(file: string): Lock | undefined {
  if (!existsSync(file)) return undefined;
  const result = Lock.safeParse(parseOrUndefined(readFileSync(file, 'utf8')));
  if (result.success) return result.data;
  throw new Error(`${file} cannot be read. It is written by a program: delete it and run \`npm run lock\`.`);
}

export function writeLock(file: string, lock: Lock): void {
  writeFileSync(file, `${head.replace(/^/gm, '#').replace(/#$/, '')}${stringify(lock, { lineWidth: 0 })}`);
}

/** Half-merged files hold conflict markers. */
function parseOrUndefined(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
