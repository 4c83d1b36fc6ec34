import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { z } from 'zod';
import type { Fault } from './definition-error.ts';
import { parseSource, type Source } from './source.ts';

/** Reads the files of one folder and keeps what is wrong with them. */
export class DefinitionFiles {
  readonly folder: string;
  readonly faults: Fault[] = [];

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Everything in the folder or a subfolder, by name, sorted; nothing if it does not exist. */
  names(subfolder = ''): string[] {
    const path = join(this.folder, subfolder);
    return existsSync(path) ? readdirSync(path).sort() : [];
  }

  /** The names of the files in a subfolder that end so, sorted. */
  list(subfolder: string, ending: string): string[] {
    return this.names(subfolder).flatMap((name) => (name.endsWith(ending) ? [join(subfolder, name)] : []));
  }

  has(file: string): boolean {
    return existsSync(join(this.folder, file));
  }

  /** Reads one YAML or JSON file; undefined, with the faults noted, when it cannot be read. */
  source(file: string): Source | undefined {
    let text: string;
    try {
      text = readFileSync(join(this.folder, file), 'utf8');
    } catch {
      this.fault(file, 'cannot be read');
      return undefined;
    }
    const source = parseSource(this.nameOf(file), text);
    if ('data' in source) return source;
    this.faults.push(...source);
    return undefined;
  }

  /** Reads one YAML file; undefined, with the faults noted, when it does not fit the schema. */
  yaml<T>(file: string, schema: z.ZodType<T>): T | undefined {
    const source = this.source(file);
    return source && this.parse(source, schema);
  }

  /** What stands in a file, or in a part of it; undefined, with the faults noted, when it does not fit the schema. */
  parse<T>(source: Source, schema: z.ZodType<T>, data: unknown = source.data, at: readonly PropertyKey[] = []) {
    const result = schema.safeParse(data);
    if (result.success) return result.data;
    for (const issue of result.error.issues) {
      const path = [...at, ...issue.path];
      const place = path.length > 0 ? `${path.map(String).join('.')}: ` : '';
      const wrong = issue.code === 'unrecognized_keys' ? [...path, ...issue.keys.slice(0, 1)] : path;
      this.faults.push({ file: source.file, message: `${place}${issue.message}`, line: source.span(wrong)[0] });
    }
    return undefined;
  }

  fault(file: string, message: string, line?: number): void {
    this.faults.push({ file: this.nameOf(file), message, ...(line === undefined ? {} : { line }) });
  }

  private nameOf(file: string): string {
    return join(basename(this.folder), file);
  }
}
