import type { Definitions } from '../definitions/definitions.ts';
import { ruleRestsOn } from '../definitions/rests-on.ts';
import type { Rule } from '../rules/rule.ts';
import { type EvidenceEntry, evidenceEntry, type Stance } from './evidence-entries.ts';
import { linkTo, type RuleLink } from './rule-page.ts';

/** A source, and which rules rest on it. */
export interface CatalogueEvidence extends EvidenceEntry {
  readonly stance: Stance;
  readonly year?: number;
  /** The rules that print it, and those whose limits or scores come from it. */
  readonly usedBy: readonly RuleLink[];
}

/** Every source of the module, in the order in which they are declared. */
export function evidenceCatalogue(definitions: Definitions): readonly CatalogueEvidence[] {
  const keysOf = new Map(definitions.rules.map((rule) => [rule, evidenceBehind(rule, definitions)]));
  return Object.entries(definitions.evidence).flatMap(([key, { stance, year }]) => {
    const entry = evidenceEntry(key, definitions);
    const usedBy = definitions.rules.filter((rule) => keysOf.get(rule)?.has(key)).map(linkTo);
    return entry ? [{ ...entry, stance, ...(year !== undefined && { year }), usedBy }] : [];
  });
}

function evidenceBehind(rule: Rule, definitions: Definitions): ReadonlySet<string> {
  const { limits, windows, measures } = ruleRestsOn(rule, definitions);
  const ofLimits = [...limits, ...windows].flatMap((id) =>
    Object.values(definitions.thresholds[id]?.values ?? {}).map(({ evidence }) => evidence),
  );
  return new Set([...rule.evidence, ...ofLimits, ...measures.flatMap(({ evidence }) => evidence)]);
}
