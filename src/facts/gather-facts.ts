import { unitsOf } from '../definitions/checks/units.ts';
import type { Definitions, FactSource } from '../definitions/definitions.ts';
import { exactly } from '../kernel/estimate.ts';
import type { Fact } from '../kernel/fact.ts';
import type { Threshold } from '../rules/situation.ts';
import type { PatientRecord, ReducerContext } from './patient-record.ts';
import { activeMedication } from './reducers/active-medication.ts';
import { imagedSince, responseRecordedSince } from './reducers/assessed-since.ts';
import { agreedPlan } from './reducers/care-plan.ts';
import { nonResponses, responseSince, sessionCount } from './reducers/course.ts';
import { dailyDose } from './reducers/daily-dose.ts';
import { describedProblem } from './reducers/described-problem.ts';
import { lastExposure, lastOrder, runningExposure } from './reducers/exposure.ts';
import { gradedProblem } from './reducers/graded-problem.ts';
import { gradedProblemBefore } from './reducers/graded-problem-before.ts';
import { largestQuantity } from './reducers/largest-quantity.ts';
import { lastEpisode } from './reducers/last-episode.ts';
import { lastPerformed } from './reducers/last-performed.ts';
import { latestGrade } from './reducers/latest-grade.ts';
import { latestQuantity, quantityAfter, quantityBefore } from './reducers/latest-quantity.ts';
import { age, deceased, draftReason, study } from './reducers/patient.ts';
import { problem, problemEver } from './reducers/problem.ts';
import { problemExtent, ungradedProblem } from './reducers/problem-extent.ts';
import { lastProcedure, plannedProcedure, procedureEver } from './reducers/procedures.ts';
import type { Reducer, Source } from './reducers/reducer.ts';
import { everTested, resultSign } from './reducers/result-sign.ts';

type Kind = FactSource['definition']['reducer'];

const reducers: { readonly [K in Kind]: Reducer<K> } = {
  age,
  deceased,
  problem,
  study,
  'active-medication': activeMedication,
  'daily-dose': dailyDose,
  'described-problem': describedProblem,
  'agreed-plan': agreedPlan,
  'draft-reason': draftReason,
  'ever-tested': everTested,
  'graded-problem': gradedProblem,
  'graded-problem-before': gradedProblemBefore,
  'imaged-since': imagedSince,
  'largest-quantity': largestQuantity,
  'last-episode': lastEpisode,
  'last-exposure': lastExposure,
  'last-order': lastOrder,
  'last-performed': lastPerformed,
  'last-procedure': lastProcedure,
  'latest-grade': latestGrade,
  'latest-quantity': latestQuantity,
  'non-responses': nonResponses,
  'planned-procedure': plannedProcedure,
  'problem-ever': problemEver,
  'problem-extent': problemExtent,
  'procedure-ever': procedureEver,
  'quantity-after': quantityAfter,
  'quantity-before': quantityBefore,
  'response-recorded-since': responseRecordedSince,
  'response-since': responseSince,
  'result-sign': resultSign,
  'running-exposure': runningExposure,
  'ungraded-problem': ungradedProblem,
  'session-count': sessionCount,
};

/** Facts that count days: read as "never" where absence is read as no. */
const countsDays: ReadonlySet<Kind> = new Set([
  'last-episode',
  'last-exposure',
  'last-order',
  'last-performed',
  'last-procedure',
]);

/** What of the knowledge facts are made by. */
export type FactDefinitions = Pick<Definitions, 'facts' | 'orders' | 'groups' | 'valueSets'>;

/**
 * Makes the declared facts of what was read. Pure.
 *
 * @param ids the facts wanted; all of them unless given
 */
export function gatherFacts(
  definitions: FactDefinitions,
  record: PatientRecord,
  thresholds: ReadonlyMap<string, Threshold>,
  ids?: ReadonlySet<string>,
): ReadonlyMap<string, Fact> {
  const facts = new Map<string, Fact>();
  const context = reducerContext(definitions, record, thresholds, facts);
  for (const source of definitions.facts.values()) {
    if (ids === undefined || ids.has(source.id)) facts.set(source.id, reduce(source, context));
  }
  return facts;
}

/** What reducers see while facts are gathered into this map. */
export function reducerContext(
  { facts: sources, orders, groups, valueSets }: FactDefinitions,
  record: PatientRecord,
  thresholds: ReadonlyMap<string, Threshold>,
  facts: ReadonlyMap<string, Fact>,
): ReducerContext {
  return {
    ...{ record, facts, thresholds, valueSets },
    drugs: [...orders.values()].filter(({ definition }) => definition.kind === 'drug'),
    source: (id) => sources.get(id),
    orders: (group) => [...(groups.get(group) ?? [])].flatMap((name) => orders.get(name) ?? []),
  };
}

function reduce(source: FactSource, context: ReducerContext): Fact {
  const reducer = reducers[source.definition.reducer] as Reducer<Kind>;
  const fact = reducer(source as Source<Kind>, context);
  if (fact.state !== 'absent' || source.definition.whenAbsent === 'unknown') return fact;
  return countsDays.has(source.definition.reducer)
    ? { ...fact, readsAs: exactly(Number.POSITIVE_INFINITY), unit: 'd' }
    : { ...fact, readsAs: exactly(0), unit: unitsOf(source.definition)[0] ?? '1' };
}
