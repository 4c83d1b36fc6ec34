import type { Fact } from '../../kernel/fact.ts';

/** What a change is when the time it is measured from is not in the record. */
export const noComparison = { state: 'absent', reason: 'nothing to compare with' } as const satisfies Fact;

export function isNoComparison(fact: Fact | undefined): boolean {
  return fact?.state === 'absent' && fact.reason === noComparison.reason;
}
