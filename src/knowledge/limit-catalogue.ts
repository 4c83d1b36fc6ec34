import { type Definitions, valuesOn } from '../definitions/definitions.ts';
import { ruleRestsOn } from '../definitions/rests-on.ts';
import type { ThresholdsFile } from '../definitions/schemas/evidence.ts';
import { valueText } from './amount.ts';
import { type EvidenceEntry, evidenceEntry } from './evidence-entries.ts';
import { type PolicyLine, policyLines } from './policy-lines.ts';
import { linkTo, type RuleLink } from './rule-page.ts';

/** A number that is in force, beside the one that is shipped. */
export interface CatalogueLimit {
  readonly id: string;
  readonly means: string;
  /** None for a limit that the hospital has declared. */
  readonly shipped?: string;
  /** Where the hospital has set or declared it. */
  readonly local?: { readonly value: string; readonly entry?: PolicyLine };
  /** Of the value in force. */
  readonly from: string;
  readonly source?: EvidenceEntry;
  readonly locator?: string;
  readonly reviewedOn: string;
  /** Why a hospital cannot set it. */
  readonly fixed?: string;
  readonly usedBy: readonly RuleLink[];
}

/**
 * Every threshold on a day, in the order in which they are declared.
 *
 * @param definitions what is in force
 * @param shipped the module without the hospital's policy
 * @param day YYYY-MM-DD
 */
export function limitCatalogue(definitions: Definitions, shipped: Definitions, day: string): readonly CatalogueLimit[] {
  const users = usersOf(definitions);
  const lines = policyLines(definitions, day);
  return Object.entries(definitions.thresholds).map(([id, limit]) => {
    const base = shipped.thresholds[id];
    const change = definitions.site?.changes.find(({ what }) => what.kind === 'threshold' && what.id === id);
    const entry = change && lines.find(({ name, from }) => name === change.entry && from === change.from);
    const [from, newest] = newestOn(limit, day);
    const source = newest && evidenceEntry(newest.evidence, definitions);
    const isLocal = base === undefined || change !== undefined;
    return {
      ...{ id, means: limit.description, from, reviewedOn: limit.reviewedOn, usedBy: users.get(id) ?? [] },
      ...(base && { shipped: textOn(base, day) }),
      ...(isLocal && { local: { value: textOn(limit, day), ...(entry && { entry }) } }),
      ...(source && { source }),
      ...(newest?.locator !== undefined && { locator: newest.locator }),
      ...(limit.fixed !== undefined && { fixed: limit.fixed }),
    };
  });
}

type Threshold = ThresholdsFile[string];

function textOn(limit: Threshold, day: string): string {
  return valueText(Object.fromEntries(valuesOn(limit, day)), limit.unit ?? '1');
}

function newestOn({ values }: Threshold, day: string): readonly [string, Threshold['values'][string] | undefined] {
  const dates = Object.keys(values).sort();
  const from = dates.filter((date) => date <= day).at(-1) ?? dates[0] ?? '';
  return [from, values[from]];
}

function usersOf(definitions: Definitions): ReadonlyMap<string, readonly RuleLink[]> {
  const users = new Map<string, RuleLink[]>();
  for (const rule of definitions.rules) {
    const { limits, windows } = ruleRestsOn(rule, definitions);
    for (const id of new Set([...limits, ...windows])) users.set(id, [...(users.get(id) ?? []), linkTo(rule)]);
  }
  return users;
}
