import { type Estimate, unknown } from './estimate.ts';

/** Where a value came from and what was done to it. */
export interface Provenance {
  /** 'Observation/123', or a measure's id. */
  readonly source: string;
  /** The date as received. */
  readonly recorded?: string;
  /** The value as received: '<0.2 mg/dL', untouched. */
  readonly asRecorded: string;
  readonly steps: readonly string[];
  /** What the record calls a problem, in its own words. */
  readonly text?: string;
  /** The resource is marked restricted (`meta.security`): it counts, its value is not printed. */
  readonly restricted?: boolean;
}

/** An order's name in orders.yaml and our own words for it; never text of the record. */
export interface OrderName {
  readonly name: string;
  readonly label: string;
}

/** One thing we know, or know that we do not know, of the patient. */
export type Fact =
  | {
      readonly state: 'found';
      readonly value: Estimate;
      /** UCUM; `1` for presence, grades and counts, `d` for days ago. */
      readonly unit: string;
      /** The orders that an exposure or a procedure speaks of. */
      readonly orders?: readonly OrderName[];
      readonly provenance: Provenance;
    }
  /** There is a value, but it is too old, or cannot be used (implausible, unknown unit). */
  | { readonly state: 'stale' | 'unusable'; readonly reason: string; readonly provenance: Provenance }
  /** We asked, nothing is there. `readsAs` where the fact is declared a closed world. */
  | { readonly state: 'absent'; readonly reason: string; readonly readsAs?: Estimate; readonly unit?: string }
  /** We could not ask. */
  | { readonly state: 'unavailable'; readonly reason: string };

/** What a fact says of its number; nothing, unless it was found or is absent from a closed world. */
export function estimateOf(fact: Fact): Estimate {
  if (fact.state === 'found') return fact.value;
  return (fact.state === 'absent' && fact.readsAs) || unknown;
}

export function unitOf(fact: Fact): string | undefined {
  return fact.state === 'found' || fact.state === 'absent' ? fact.unit : undefined;
}

/**
 * Whether what is recorded of a fact may be newer than a day: on a later date, in a month or year that reaches beyond
 * it, or where nobody could look.
 */
export function mayBeNewer(fact: Fact, day: string | undefined): boolean {
  if (fact.state === 'unavailable') return true;
  const recorded = fact.state === 'absent' ? undefined : datePart(fact.provenance.recorded);
  return recorded !== undefined && lastDayOf(recorded) > (day ?? '');
}

/** Later than every day of the month or year, where only that is known. */
function lastDayOf(date: string): string {
  return date.length < 'YYYY-MM-DD'.length ? `${date}-99` : date;
}

/** The day on which a fact that was found was recorded, YYYY-MM-DD or less; undefined when it has none. */
export function dayOf(fact: Fact): string | undefined {
  return fact.state === 'found' ? datePart(fact.provenance.recorded) : undefined;
}

function datePart(recorded: string | undefined): string | undefined {
  return /^\d{4}(-\d{2}(-\d{2})?)?/.exec(recorded ?? '')?.[0];
}
