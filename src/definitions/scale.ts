import type { Definitions } from './definitions.ts';
import type { FactDefinition } from './schemas/facts.ts';

/** A value of another day has the scale of the fact that it is a value of; any other fact has its own. */
export function scaleOf(definition: FactDefinition, { facts }: Definitions): FactDefinition {
  const { quantity, problem } = definition as { readonly quantity?: unknown; readonly problem?: unknown };
  return facts.get(String(quantity ?? problem))?.definition ?? definition;
}
