import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Names a state of the knowledge: another one as soon as a rule, a limit, a text or a code is another.
 *
 * @param folders the module's folder, and the hospital's overlay if there is one
 */
export function knowledgeHash(folders: readonly string[]): string {
  const hash = createHash('sha256');
  for (const folder of folders) {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(isKnowledge).sort();
    for (const file of files)
      hash
        .update(`${file}\0`)
        .update(readFileSync(join(folder, file)))
        .update('\0');
    hash.update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}

/** Cases test the knowledge and are none. */
function isKnowledge(file: string): boolean {
  return /\.(?:yaml|json)$/.test(file) && file !== 'cases.yaml';
}
