import { type Estimate, exactly } from '../../src/kernel/estimate.ts';
import type { Fact } from '../../src/kernel/fact.ts';

const provenance = { source: 'Observation/1', asRecorded: 'as received', steps: [] };

export function found(value: number | Estimate, unit = '1'): Extract<Fact, { state: 'found' }> {
  return { state: 'found', value: typeof value === 'number' ? exactly(value) : value, unit, provenance };
}

/** The same, recorded on a day. */
export function on<T extends Fact>(day: string, fact: T): T {
  return 'provenance' in fact ? { ...fact, provenance: { ...fact.provenance, recorded: day } } : fact;
}

export const nothingRecorded: Fact = { state: 'absent', reason: 'nothing recorded' };
/** Absent from a closed world: read as "no". */
export const none: Fact = { state: 'absent', reason: 'none recorded', readsAs: exactly(0), unit: '1' };
export const unavailable: Fact = { state: 'unavailable', reason: 'the server did not answer' };
export const stale: Fact = { state: 'stale', reason: 'older than 30 days', provenance };
export const unusable: Fact = { state: 'unusable', reason: 'not plausible in this unit', provenance };

/** The facts of a patient, as a measure asks for them; nothing is recorded of the others. */
export function patient(facts: Readonly<Record<string, Fact>>): (id: string) => Fact {
  return (id) => facts[id] ?? nothingRecorded;
}
