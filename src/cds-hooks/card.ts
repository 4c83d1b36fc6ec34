import type { Resource } from 'fhir/r4.js';

/** CDS Hooks 3.0 (valid in 2.0 as well): what a service answers. */

export interface Coding {
  readonly system: string;
  readonly code: string;
  readonly display?: string;
}

export interface Action {
  readonly type: 'create' | 'update' | 'delete';
  readonly description: string;
  readonly resource?: Resource;
  readonly resourceId?: string;
}

export interface Suggestion {
  readonly label: string;
  readonly uuid: string;
  readonly actions: readonly Action[];
}

/** Where a card leads. A client adds `iss` and `launch` to the address of a SMART app. */
export interface Link {
  readonly label: string;
  readonly url: string;
  readonly type: 'absolute' | 'smart';
  /** Handed to the app by the client. */
  readonly appContext?: string;
}

/** A summary has fewer than 140 characters. */
export const longestSummary = 139;

export interface Card {
  readonly uuid: string;
  /** One sentence, at most `longestSummary` characters. */
  readonly summary: string;
  /** GitHub-flavoured Markdown without HTML. */
  readonly detail: string;
  readonly indicator: 'info' | 'warning' | 'critical';
  readonly source: { readonly label: string; readonly topic: Coding };
  readonly suggestions?: readonly Suggestion[];
  /** Present exactly when there are suggestions. */
  readonly selectionBehavior?: 'any';
  readonly overrideReasons?: readonly Required<Coding>[];
  readonly links?: readonly Link[];
}

export interface CdsResponse {
  readonly cards: readonly Card[];
}
