import type { Definitions } from '../definitions/definitions.ts';
import type { Foundation } from '../definitions/rests-on.ts';
import { limitText, valueText } from './amount.ts';
import { type EvidenceEntry, evidenceEntry } from './evidence-entries.ts';

/** A number of a rule, with where it comes from. */
export interface LimitRow {
  readonly id: string;
  readonly means: string;
  readonly value: string;
  /** Earlier values with the day from which they held; none when there is only one. */
  readonly earlier: readonly string[];
  readonly from: string;
  readonly source: EvidenceEntry | undefined;
  readonly locator?: string;
  readonly reviewedOn: string;
  /** The rule compares with it or prints it; otherwise a fact is read by it. */
  readonly own: boolean;
}

/** The numbers of a rule, its own first, then those by which its facts are read. */
export function limitRows({ limits, windows }: Foundation, definitions: Definitions): readonly LimitRow[] {
  const further = windows.filter((id) => !limits.includes(id));
  return [...limits, ...further].flatMap((id) => {
    const limit = definitions.thresholds[id];
    if (limit === undefined) return [];
    const dates = Object.keys(limit.values).sort();
    const from = dates.at(-1) ?? '';
    const newest = limit.values[from];
    return [
      {
        ...{ id, means: limit.description, value: limitText(id, definitions), from, reviewedOn: limit.reviewedOn },
        earlier: dates
          .slice(0, -1)
          .map((date) => `${valueText(limit.values[date]?.value ?? Number.NaN, limit.unit ?? '1')} from ${date}`),
        source: newest && evidenceEntry(newest.evidence, definitions),
        ...(newest?.locator !== undefined && { locator: newest.locator }),
        own: limits.includes(id),
      },
    ];
  });
}
