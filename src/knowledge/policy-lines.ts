import type { Definitions, PolicyEntry } from '../definitions/definitions.ts';
import type { LocalChange } from '../rules/rule.ts';
import { valueText } from './amount.ts';

/** An entry of the hospital's policy as a reviewer reads it. */
export interface PolicyLine extends PolicyEntry {
  readonly state: 'in force' | 'not yet in force' | 'ended';
  /** What it makes of what is shipped: '3 mg/dL (51 µmol/L) instead of 2 mg/dL (34 µmol/L)'. Only while it holds. */
  readonly says: readonly string[];
}

/** Every entry of the hospital's policy that had not expired at start, on a day, YYYY-MM-DD. */
export function policyLines(definitions: Definitions, day: string): readonly PolicyLine[] {
  const { entries = [], changes = [] } = definitions.site ?? {};
  return entries.map((entry) => ({
    ...entry,
    state: stateOn(day, entry),
    says: changes.filter((change) => isOf(change, entry)).map(({ what }) => sayingOf(what, definitions)),
  }));
}

/** The entries on which something rests. */
export function policyBehind(
  changes: readonly LocalChange[] = [],
  definitions: Definitions,
  day: string,
): readonly PolicyLine[] {
  return policyLines(definitions, day).filter((line) => changes.some((change) => isOf(change, line)));
}

function isOf(change: LocalChange, { name, from }: PolicyEntry): boolean {
  return change.entry === name && change.from === from;
}

function stateOn(day: string, { from, until }: PolicyEntry): PolicyLine['state'] {
  if (day < from) return 'not yet in force';
  return until !== undefined && day > until ? 'ended' : 'in force';
}

function sayingOf(what: LocalChange['what'], { thresholds }: Definitions): string {
  switch (what.kind) {
    case 'own-rule':
      return 'a rule of this hospital';
    case 'hidden':
      return what.how === 'disabled' ? 'disabled: not evaluated' : 'silent: evaluated and logged, not shown';
    case 'indicator':
      return `indicator ${what.now} instead of ${what.shipped}`;
    case 'texts':
      return `${what.texts.join(', ')}: in the words of this hospital`;
    case 'threshold': {
      const unit = thresholds[what.id]?.unit ?? '1';
      const [now, shipped] = [what.now, what.shipped].map((values) => valueText(Object.fromEntries(values), unit));
      return `${now} instead of ${shipped}`;
    }
    case 'ask-bedside':
      return what.now;
    case 'order-template':
      return 'the suggested order is that of this hospital';
  }
}
