import type { Condition } from 'fhir/r4.js';
import { codingsOf } from '../../fhir/codeable-concept.ts';
import type { ConceptMatcher } from '../../terminology/match-concept.ts';
import { matchConcept } from '../../terminology/match-concept.ts';
import type { PatientRecord, Resources } from '../patient-record.ts';
import { resourcesOf } from '../patient-record.ts';
import { type Dated, dated, periodDates } from './dated.ts';

/** What a Condition says of a problem. `perhaps` is a diagnosis that nobody has confirmed. */
export type Says = 'present' | 'perhaps' | 'resolved' | 'refuted';

export interface Statement extends Dated<Condition> {
  readonly says: Says;
}

/**
 * The statements about a problem. `entered-in-error` says nothing; `refuted` and a clinical status of `resolved`,
 * `inactive` or `remission` are statements of absence, dated by abatement, else by when they were recorded.
 */
export function statementsOf(
  record: PatientRecord,
  keys: readonly string[],
  concept: ConceptMatcher,
): Resources<Condition> & { readonly statements: readonly Statement[] } {
  const found = resourcesOf<Condition>(record, keys, 'Condition');
  const statements = found.resources.flatMap((condition): Statement[] => {
    if (matchConcept(condition.code, concept, { negation: 'statement' }) === undefined) return [];
    const says = sayingOf(condition);
    return says === undefined ? [] : [{ ...dateOf(condition, says), says }];
  });
  return { ...found, statements };
}

export function sayingOf({ verificationStatus, clinicalStatus }: Condition): Says | undefined {
  if (hasCode(verificationStatus, ['entered-in-error'])) return undefined;
  if (hasCode(verificationStatus, ['refuted'])) return 'refuted';
  if (hasCode(clinicalStatus, ['resolved', 'inactive', 'remission'])) return 'resolved';
  return hasCode(verificationStatus, ['unconfirmed', 'provisional', 'differential']) ? 'perhaps' : 'present';
}

/** Local codes may stand beside the standard one. */
function hasCode(status: unknown, codes: readonly string[]): boolean {
  return codingsOf(status).some(({ code }) => code !== undefined && codes.includes(code));
}

export function dateOf(condition: Condition, says: Says): Dated<Condition> {
  const { abatementDateTime, abatementPeriod, recordedDate, onsetDateTime, onsetPeriod } = condition;
  const absent = says === 'refuted' || says === 'resolved';
  const ended = absent ? [abatementDateTime, ...periodDates(abatementPeriod)] : [];
  const began = absent ? [] : [onsetDateTime, ...periodDates(onsetPeriod)];
  return dated(condition, [...ended, recordedDate, ...began]);
}
