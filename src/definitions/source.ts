import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { Fault } from './definition-error.ts';

/** The lines from and to which something stands in a file. */
export type Span = readonly [first: number, last: number];

/** A file as it was written: its data, and on which line what of it stands. */
export interface Source {
  /** As it is called in a fault. */
  readonly file: string;
  readonly data: unknown;
  /** The lines of the nearest part on the path that exists; all of them for an empty path. */
  span(path: readonly PropertyKey[]): Span;
  /** The first line within the span on which this name stands. */
  find(name: string, within: Span): number | undefined;
}

/** Reads YAML, or JSON where the name of the file ends so. Data that cannot be read are faults with their lines. */
export function parseSource(file: string, text: string): Source | readonly Fault[] {
  return file.endsWith('.json') ? parseJson(file, text) : parseYaml(file, text);
}

function parseJson(file: string, text: string): Source | readonly Fault[] {
  try {
    const data: unknown = JSON.parse(text);
    // JSON is YAML. Its lines are looked for only when something is wrong: that takes much longer than reading it.
    return sourceOf(file, text, data, () => readDocument(text));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const position = /position (\d+)/.exec(message)?.[1];
    const before = position === undefined ? '' : text.slice(0, Number(position));
    return [{ file, message: `is not JSON: ${message}`, line: before.split('\n').length }];
  }
}

function parseYaml(file: string, text: string): Source | readonly Fault[] {
  const read = readDocument(text);
  const { errors } = read.document;
  if (errors.length === 0) return sourceOf(file, text, read.document.toJS(), () => read);
  return errors.map(({ message, linePos }) => ({ file, message, ...(linePos && { line: linePos[0].line }) }));
}

interface ReadDocument {
  readonly document: Document;
  readonly counter: LineCounter;
}

function readDocument(text: string): ReadDocument {
  const counter = new LineCounter();
  return { document: parseDocument(text, { lineCounter: counter }), counter };
}

function sourceOf(file: string, text: string, data: unknown, read: () => ReadDocument): Source {
  const lines = text.split('\n');
  return {
    file,
    data,
    span: (path) => spanOf(read(), path) ?? [1, lines.length],
    find: (name, [first, last]) => {
      const index = lines.slice(first - 1, last).findIndex((line) => holdsName(line, name));
      return index < 0 ? undefined : first + index;
    },
  };
}

function holdsName(line: string, name: string): boolean {
  const parts = line.split(name);
  return parts.slice(1).some((after, index) => !/[\w-]$/.test(parts[index] ?? '') && !/^[\w-]/.test(after));
}

function spanOf({ document, counter }: ReadDocument, path: readonly PropertyKey[]): Span | undefined {
  let place: Node | undefined;
  let value: unknown = document.contents;
  for (const step of path) {
    if (isAlias(value)) value = value.resolve(document);
    const pair = isMap(value)
      ? value.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))
      : undefined;
    const item = isSeq(value) && typeof step === 'number' ? value.items[step] : undefined;
    const next = (pair?.key ?? item) as Node | undefined;
    if (next === undefined) break;
    place = next;
    value = pair ? pair.value : item;
  }
  if (!place?.range) return undefined;
  const end = (value as Node | null)?.range ?? place.range;
  // A block ends before the line break that closes it.
  return [counter.linePos(place.range[0]).line, counter.linePos(Math.max(end[1] - 1, place.range[0])).line];
}
