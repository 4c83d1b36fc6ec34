import { convert } from '../../units/convert.ts';
import { unusedNames } from '../checks/names.ts';
import { differingUnits } from '../checks/units.ts';
import type { Definitions } from '../definitions.ts';
import type { Overlay } from './read-overlay.ts';

/** What is worth a look in what a site declares, and no fault: what nothing refers to, and units that differ. */
export function doubtfulDeclarations(overlay: Overlay, stages: readonly Definitions[]): readonly string[] {
  const declared = [overlay.ownThresholds, overlay.ownConditions, overlay.ownEvidence].flatMap(({ names, source }) =>
    source ? Object.keys(names).map((name) => ({ name, source })) : [],
  );
  if (declared.length === 0) return [];
  const unused = stages.map((definitions) => new Set(unusedNames(definitions).map(({ about }) => about)));
  const differing = differingUnits({ thresholds: overlay.ownThresholds.names }, convert);
  const file = overlay.ownThresholds.source?.file;
  const neverUsed = declared
    .filter(({ name }) => unused.every((names) => names.has(name)))
    .map(({ name, source }) => `${source.file}:${source.span([name])[0]}: ${name} is never used`);
  return [...neverUsed, ...differing.map((sentence) => `${file}: ${sentence}`)];
}
