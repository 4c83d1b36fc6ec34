import { albi } from './albi/albi.ts';
import { childPughLaboratoryPoints, childPughScore } from './child-pugh/child-pugh.ts';
import { ecog, ecogChange } from './ecog/ecog.ts';
import type { Measure } from './measure.ts';

/** Every measure the service can compute. A rule may name no other. */
export const measures: readonly Measure[] = [childPughScore, childPughLaboratoryPoints, albi, ecog, ecogChange];
