import type { Fault } from './definition-error.ts';
import type { Definitions } from './definitions.ts';
export function checkDefinitions(_definitions: Definitions): readonly Fault[] {
  return [];
}
