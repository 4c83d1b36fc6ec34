import type { FactDefinition } from '../../definitions/schemas/facts.ts';
import type { Fact } from '../../kernel/fact.ts';
import type { ConceptMatcher } from '../../terminology/match-concept.ts';
import type { ReducerContext } from '../patient-record.ts';

/** A declared fact of one kind, ready to be read. */
export interface Source<Kind extends FactDefinition['reducer']> {
  readonly id: string;
  readonly definition: Extract<FactDefinition, { reducer: Kind }>;
  readonly concept: ConceptMatcher;
}

/** Makes one fact of the record. Pure. */
export type Reducer<Kind extends FactDefinition['reducer']> = (source: Source<Kind>, context: ReducerContext) => Fact;

/** Nothing was found: absent when everything was read, else not to be told. */
export function notFound(missing: string | undefined, reason = 'not recorded'): Fact {
  return missing === undefined ? { state: 'absent', reason } : { state: 'unavailable', reason: missing };
}
