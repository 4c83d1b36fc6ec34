import { albi } from './albi/albi.ts';
import { albiGradeRise } from './albi/change.ts';
import { childPughClassRise, childPughLaboratoryRise, childPughRise } from './child-pugh/change.ts';
import { childPughScore } from './child-pugh/child-pugh.ts';
import { childPughLaboratoryPoints } from './child-pugh/laboratory-points.ts';
import { ecog, ecogChange } from './ecog/ecog.ts';
import type { Measure } from './measure.ts';
import { upToSeven } from './up-to-seven/up-to-seven.ts';

/** Every measure the service can compute. A rule may name no other. */
export const measures: readonly Measure[] = [
  childPughScore,
  childPughLaboratoryPoints,
  albi,
  ecog,
  ecogChange,
  childPughRise,
  childPughClassRise,
  childPughLaboratoryRise,
  albiGradeRise,
  upToSeven,
];
