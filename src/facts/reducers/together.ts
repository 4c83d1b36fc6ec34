import { hull } from '../../kernel/estimate.ts';
import type { Fact } from '../../kernel/fact.ts';

/** Values of the same instant: any of them may hold. One that cannot be used is said rather than passed over. */
export function together(facts: readonly Fact[]): Fact {
  const [first, ...others] = [...facts.filter(({ state }) => state !== 'found'), ...facts];
  if (first?.state !== 'found' || others.length === 0) return first ?? { state: 'absent', reason: 'no result' };
  if (facts.some((fact) => fact.state === 'found' && fact.unit !== first.unit)) {
    return {
      state: 'unusable',
      reason: 'two results of the same time are in different units',
      provenance: first.provenance,
    };
  }
  const values = facts.flatMap((fact) => (fact.state === 'found' ? [fact.value] : []));
  const steps = [...first.provenance.steps, `${values.length} results of the same time`];
  return { ...first, value: hull(values), provenance: { ...first.provenance, steps } };
}
