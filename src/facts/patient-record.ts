import type { Resource } from 'fhir/r4.js';
import type { Definitions, FactSource, OrderMatcher } from '../definitions/definitions.ts';
import type { ReadResult } from '../fhir/read-result.ts';
import type { Fact } from '../kernel/fact.ts';
import type { Indication } from '../orders/indication.ts';
import type { Threshold } from '../rules/situation.ts';
import type { ValueSetDefinition } from '../terminology/value-set.ts';

/** Everything that was read for one call. Facts are made of nothing else. */
export interface PatientRecord {
  readonly now: Date;
  /** By the keys of `reads` in service.yaml. A key that is missing was not read. */
  readonly reads: ReadonlyMap<string, ReadResult>;
  /** Resources that others refer to: medications, studies. */
  readonly referenced: readonly Resource[];
  /** What the drafts that concern us are for. */
  readonly indications: readonly (Indication | undefined)[];
  /** 'MedicationRequest/1': the orders of the session, which are no history even where the server has them already. */
  readonly session: ReadonlySet<string>;
  /** Resources about another patient that were left out. */
  readonly dropped: number;
}

/** What reducers refer to by name. */
export interface ReducerContext {
  readonly record: PatientRecord;
  /** The facts gathered so far. */
  readonly facts: ReadonlyMap<string, Fact>;
  readonly thresholds: ReadonlyMap<string, Threshold>;
  readonly valueSets: ReadonlyMap<string, ValueSetDefinition>;
  /** Every drug that is ordered for the disease. */
  readonly drugs: readonly OrderMatcher[];
  /** The orders of a group. */
  orders(group: string): readonly OrderMatcher[];
  /** Another fact, as it is declared. */
  source(id: string): FactSource | undefined;
}

/** The resources of one type under these keys, and what is missing of them. */
export interface Resources<T> {
  readonly resources: readonly T[];
  /** Why the absence of something proves nothing; undefined when everything was read. */
  readonly missing?: string;
}

/** A record of which nothing has been read yet. */
export function unreadRecord(now: Date, session: ReadonlySet<string> = new Set()): PatientRecord {
  return { now, reads: new Map(), referenced: [], indications: [], session, dropped: 0 };
}

const collected = new WeakMap<PatientRecord, Map<string, Resources<Resource>>>();

/**
 * Collects the resources of one type, once for each record. Absence rests on the first key, and on every other that was
 * asked for: one that failed may hold what the first does not. What a client without a server does not send was never
 * asked for.
 */
export function resourcesOf<T extends Resource>(
  record: PatientRecord,
  keys: readonly string[],
  type: T['resourceType'],
): Resources<T> {
  const ofRecord = collected.get(record) ?? new Map<string, Resources<Resource>>();
  collected.set(record, ofRecord);
  const name = `${type} ${keys.join()}`;
  const found = ofRecord.get(name) ?? collect(record, keys, type);
  ofRecord.set(name, found);
  return found as Resources<T>;
}

function collect({ reads, session }: PatientRecord, keys: readonly string[], type: string): Resources<Resource> {
  const results = keys.map((key) => reads.get(key));
  const resources = results.flatMap((result) => (result?.state === 'found' ? result.resources : []));
  const [first, ...others] = results;
  const asked = others.filter(
    (result) => result !== undefined && !(result.state === 'unavailable' && result.asked === false),
  );
  const missing = missingReason(first) ?? asked.map(missingReason).find((reason) => reason !== undefined);
  return {
    resources: resources.filter(({ resourceType, id }) => resourceType === type && !session.has(`${type}/${id}`)),
    ...(missing === undefined ? {} : { missing }),
  };
}

function missingReason(result: ReadResult | undefined): string | undefined {
  if (result === undefined) return 'not sent, and no FHIR server to ask';
  if (result.state === 'unavailable') return result.reason;
  return result.complete ? undefined : (result.lacks ?? 'the answer is incomplete');
}

/** A window or limit by name, in days unless the threshold says otherwise. */
export function thresholdOf({ thresholds }: ReducerContext, id: string): number {
  return thresholds.get(id)?.values.values().next().value ?? Number.NaN;
}

/**
 * The reads that failed or gave less than everything, and why, in static words. What the discovery does not offer, and
 * nobody could be asked for, has not failed.
 */
export function failedReads({ reads }: PatientRecord, { service }: Definitions): ReadonlyMap<string, string> {
  const isExpected = (key: string, read: ReadResult) =>
    read.state === 'found' || read.asked !== false || service.reads[key]?.prefetch !== false;
  return new Map(
    [...reads].flatMap(([key, read]) => {
      const reason = missingReason(read);
      return reason !== undefined && isExpected(key, read) ? [[key, reason] as const] : [];
    }),
  );
}

/** True when none of these reads could be made. */
export function nothingRead({ reads }: PatientRecord, keys: readonly string[]): boolean {
  return keys.every((key) => reads.get(key)?.state !== 'found');
}

/** Every resource that was read. */
export function allResources({ reads }: PatientRecord): readonly Resource[] {
  return [...reads.values()].flatMap((read) => (read.state === 'found' ? read.resources : []));
}
