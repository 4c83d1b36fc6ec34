import type { Fault } from '../definition-error.ts';
import type { Source } from '../source.ts';

/** Where something stands in a file of the overlay. */
export interface Place {
  readonly source: Source;
  readonly path: readonly PropertyKey[];
}

/** One change of a hospital's policy, with the days on which it holds. */
export interface Entry<Content = unknown> {
  /** 'thresholds.some-limit': as warnings, cards and the log call it. */
  readonly name: string;
  /** What is changed. */
  readonly id: string;
  readonly content: Content;
  /** YYYY-MM-DD, inclusive. */
  readonly from: string;
  /** YYYY-MM-DD, inclusive; without it for good. */
  readonly until?: string;
  readonly reason: string;
  readonly approvedBy: string;
  readonly place: Place;
}

/** A fault on the line of an entry, or of a part of it. */
export function faultAt({ source, path }: Place, message: string, within: readonly PropertyKey[] = []): Fault {
  return { file: source.file, line: source.span([...path, ...within])[0], message };
}
