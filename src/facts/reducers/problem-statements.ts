import type { Condition } from 'fhir/r4.js';
import { codingsOf, textsOf } from '../../fhir/codeable-concept.ts';
import type { Estimate } from '../../kernel/estimate.ts';
import type { Fact } from '../../kernel/fact.ts';
import type { ConceptMatcher } from '../../terminology/match-concept.ts';
import { matchConcept } from '../../terminology/match-concept.ts';
import type { PatientRecord, Resources } from '../patient-record.ts';
import { resourcesOf } from '../patient-record.ts';
import { provenanceOf } from '../provenance.ts';
import { type Dated, dated, daysAgo, newestFirst, periodDates } from './dated.ts';

/** What a Condition says of a problem. `perhaps` is a diagnosis that nobody has confirmed. */
export type Says = 'present' | 'perhaps' | 'resolved' | 'refuted';

export interface Statement extends Dated<Condition> {
  readonly says: Says;
}

/**
 * The statements about a problem. `entered-in-error` says nothing; `refuted`, a clinical status of `resolved`,
 * `inactive` or `remission`, and an abatement without any status are statements of absence, dated by abatement, else by
 * when they were recorded.
 */
export function statementsOf(
  record: PatientRecord,
  keys: readonly string[],
  concept: ConceptMatcher,
): Resources<Condition> & { readonly statements: readonly Statement[] } {
  const found = resourcesOf<Condition>(record, keys, 'Condition');
  const statements = found.resources.flatMap((condition): Statement[] => {
    if (matchConcept(condition.code, concept, { negation: 'statement' }) === undefined) return [];
    const says = sayingOf(condition, record.now);
    return says === undefined ? [] : [{ ...dateOf(condition, says), says }];
  });
  return { ...found, statements };
}

export function sayingOf(condition: Condition, now: Date): Says | undefined {
  const { verificationStatus, clinicalStatus } = condition;
  if (hasCode(verificationStatus, ['entered-in-error'])) return undefined;
  if (hasCode(verificationStatus, ['refuted'])) return 'refuted';
  if (hasCode(clinicalStatus, ['resolved', 'inactive', 'remission'])) return 'resolved';
  if (!hasCode(clinicalStatus, ['active', 'recurrence', 'relapse']) && hasEnded(condition, now)) return 'resolved';
  return hasCode(verificationStatus, ['unconfirmed', 'provisional', 'differential']) ? 'perhaps' : 'present';
}

/** An end that is recorded in any form, and does not lie ahead. */
function hasEnded(condition: Condition, now: Date): boolean {
  const { abatementDateTime, abatementPeriod, abatementAge, abatementRange, abatementString } = condition;
  const { date } = dated(condition, [abatementDateTime, ...periodDates(abatementPeriod)]);
  if (date !== undefined) return date.from <= now.getTime();
  return [abatementAge, abatementRange, abatementString].some((end) => end !== undefined);
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

/** The statements that stand, newest first: presence, unless a later absence took it back. Undated presence is now. */
export function standing(statements: readonly Statement[]): readonly Statement[] {
  const absences = newestFirst(statements.filter((one) => !isPresence(one))) as readonly Statement[];
  const presences = statements.filter((one) => isPresence(one) && !isBefore(one.date, absences[0]?.date));
  if (presences.length === 0) return absences;
  const dated = presences.filter(({ date }) => date !== undefined);
  return [...presences.filter(({ date }) => date === undefined), ...(newestFirst(dated) as readonly Statement[])];
}

/**
 * The statements that stand where they may be of several things, as metastases are: a presence is taken back by a later
 * refutation of the same. Where the same is said to be over later, one of two may still be there.
 */
export function standingEach(statements: readonly Statement[]): readonly Statement[] {
  const absences = statements.filter((one) => !isPresence(one));
  const presences = statements.filter(isPresence).flatMap((presence): readonly Statement[] => {
    const later = absences.filter((absence) => isBefore(presence.date, absence.date) && isSame(presence, absence));
    if (later.some(({ says }) => says === 'refuted')) return [];
    return [later.length === 0 ? presence : { ...presence, says: 'perhaps' }];
  });
  return [...presences, ...absences];
}

/** They share a code, or a text. */
function isSame({ resource: { code: one } }: Statement, { resource: { code: other } }: Statement): boolean {
  const names = (code: unknown) => [
    ...codingsOf(code).map(({ system, code: its }) => `${system}|${its}`),
    ...textsOf(code).map((text) => text.trim().toLowerCase()),
  ];
  const said = new Set(names(one));
  return names(other).some((name) => said.has(name));
}

/** Certainly before: neither on the same date nor in a month or year that holds it. */
function isBefore(presence: Statement['date'], absence: Statement['date']): boolean {
  if (presence === undefined || absence === undefined) return false;
  return presence.to <= absence.from && presence.from < absence.from;
}

export function isPresence({ says }: Statement): boolean {
  return says === 'present' || says === 'perhaps';
}

/** What a statement of absence is worth: its value while it is fresh, nothing when it is old, undated or not the whole record. */
export function statedAbsence(
  { resource, recorded, date, says }: Statement,
  missing: string | undefined,
  validDays: number,
  now: Date,
  value: Estimate,
): Fact {
  const provenance = provenanceOf(resource, says, recorded);
  if (missing !== undefined) return { state: 'unavailable', reason: missing };
  if (date === undefined) return { state: 'stale', reason: 'its absence is stated without a date', provenance };
  if (daysAgo(date, now).max > validDays)
    return { state: 'stale', reason: 'its absence was stated too long ago', provenance };
  return { state: 'found', value, unit: '1', provenance };
}
