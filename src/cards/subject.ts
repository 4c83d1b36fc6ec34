import type { Definitions } from '../definitions/definitions.ts';
import type { Situation, Vocabulary } from '../rules/situation.ts';

/** What the texts of cards can speak of. */
export interface Subject {
  readonly definitions: Definitions;
  readonly situation: Situation;
  readonly vocabulary: Vocabulary;
  /** How many orders are named before the rest is counted; all of them unless given. */
  readonly mostNames?: number;
  /** What stands behind a limit that the hospital has set. */
  readonly localMark?: LocalMark;
}

/** In a summary there may be room for less. */
export type LocalMark = ' (local policy)' | ' (local)' | '';
