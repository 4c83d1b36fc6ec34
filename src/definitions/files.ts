import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { Fault } from './definition-error.ts';

/** Reads the files of one folder and keeps what is wrong with them. */
export class DefinitionFiles {
  readonly folder: string;
  readonly faults: Fault[] = [];

  constructor(folder: string) {
    this.folder = folder;
  }

  /** The names of the files in a subfolder that end so, sorted; none if the folder does not exist. */
  list(subfolder: string, ending: string): string[] {
    const path = join(this.folder, subfolder);
    if (!existsSync(path)) return [];
    return readdirSync(path)
      .filter((name) => name.endsWith(ending))
      .sort()
      .map((name) => join(subfolder, name));
  }

  /** Reads one YAML file; undefined, with the faults noted, when it does not fit the schema. */
  yaml<T>(file: string, schema: z.ZodType<T>): T | undefined {
    const text = this.text(file);
    if (text === undefined) return undefined;
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines });
    for (const error of document.errors) this.fault(file, error.message, error.linePos?.[0].line);
    if (document.errors.length > 0) return undefined;
    const result = schema.safeParse(document.toJS());
    if (result.success) return result.data;
    for (const { path, message } of result.error.issues) {
      const place = path.length > 0 ? `${path.map(String).join('.')}: ` : '';
      this.fault(file, `${place}${message}`, lineOf(document, path, lines));
    }
    return undefined;
  }

  json(file: string): unknown {
    const text = this.text(file);
    if (text === undefined) return undefined;
    try {
      return JSON.parse(text);
    } catch (error) {
      this.fault(file, error instanceof Error ? error.message : 'is not JSON');
      return undefined;
    }
  }

  fault(file: string, message: string, line?: number): void {
    this.faults.push({ file: join(basename(this.folder), file), message, ...(line === undefined ? {} : { line }) });
  }

  private text(file: string): string | undefined {
    try {
      return readFileSync(join(this.folder, file), 'utf8');
    } catch {
      this.fault(file, 'cannot be read');
      return undefined;
    }
  }
}

/** The line of the nearest node on the path that exists. */
function lineOf(document: Document, path: readonly PropertyKey[], lines: LineCounter): number | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
