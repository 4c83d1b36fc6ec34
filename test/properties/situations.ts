import fc from 'fast-check';
import { unitsOf } from '../../src/definitions/checks/units.ts';
import type { Definitions } from '../../src/definitions/definitions.ts';
import type { FactDefinition } from '../../src/definitions/schemas/facts.ts';
import { between, type Estimate, exactly, isWithin } from '../../src/kernel/estimate.ts';
import { dayOf, estimateOf, type Fact, mayBeNewer } from '../../src/kernel/fact.ts';
import { childPughScore } from '../../src/measures/child-pugh/child-pugh.ts';
import { inrPoints, prothrombinTimePoints } from '../../src/measures/child-pugh/points.ts';
import { ecogFromKarnofsky } from '../../src/measures/ecog/ecog.ts';
import type { OrderInSession } from '../../src/rules/situation.ts';

/** Situations of a real patient, and the same seen through a record that knows less. */

const provenance = { source: 'generated', asRecorded: '', steps: [] };

export function found(value: Estimate, unit: string): Fact {
  return { state: 'found', value, unit, provenance };
}

/** Orders of a session: any of ours, advised on or not, for our disease or another. */
export function orders(definitions: Definitions): fc.Arbitrary<readonly OrderInSession[]> {
  const one = fc.record({
    name: fc.constantFrom(...definitions.orders.keys()),
    label: fc.constant('order'),
    advised: fc.boolean(),
    otherIndication: fc.boolean(),
  });
  return fc.array(one, { minLength: 1, maxLength: 4 });
}

/** Facts as they are in truth, agreeing with themselves: what is recorded beside its parts fits them. */
export function facts(definitions: Definitions): fc.Arbitrary<ReadonlyMap<string, Fact>> {
  const each = [...definitions.facts.values()].map(({ id, definition }) =>
    factOf(definition, definitions).map((fact) => [id, fact] as const),
  );
  return fc
    .tuple(fc.tuple(...each), fc.array(days, { minLength: each.length, maxLength: each.length }), recordedScore)
    .map(([entries, dates, score]) => {
      const dated = entries.map(([id, fact], index) => [id, recordedOn(fact, dates[index])] as const);
      return consistent(new Map(dated), score);
    });
}

/** The days on which facts were recorded, so that some are newer than a score, and some may be. */
const someDays = fc.constantFrom('2026-11-01', '2026-11-03', '2026-11-05', '2026-11');
const days = fc.option(someDays, { nil: undefined, freq: 4 });

const recordedScore = fc.record({
  known: fc.boolean(),
  spread: fc.integer({ min: 0, max: 4 }),
  day: someDays,
  /** What a score says of a time when the parts were others. */
  earlier: fc.integer({ min: 5, max: 15 }),
});

function recordedOn(fact: Fact, day: string | undefined): Fact {
  return fact.state === 'found' && day !== undefined
    ? { ...fact, provenance: { ...fact.provenance, recorded: day } }
    : fact;
}

/** An exposure or a study says of which drugs it speaks; a study perhaps of none. */
function speakingOf(definition: FactDefinition, { groups }: Definitions, fact: fc.Arbitrary<Fact>): fc.Arbitrary<Fact> {
  const group = 'drugs' in definition ? definition.drugs : 'order' in definition ? definition.order : undefined;
  const names = [...(groups.get(group ?? '') ?? [])];
  if (names.length === 0) return fact;
  const minLength = 'drugs' in definition ? 0 : 1;
  return fc
    .tuple(fact, fc.subarray(names, { minLength, maxLength: Math.min(3, names.length) }))
    .map(([one, of]) => (one.state === 'found' ? { ...one, orders: of.map((name) => ({ name, label: name })) } : one));
}

function factOf(definition: FactDefinition, definitions: Definitions): fc.Arbitrary<Fact> {
  const [unit = '1'] = unitsOf(definition);
  const no: Fact = {
    state: 'absent',
    reason: 'generated',
    readsAs: exactly(unit === 'd' ? Number.POSITIVE_INFINITY : 0),
    unit,
  };
  const value = speakingOf(definition, definitions, exactFact(definition, definitions));
  if (definition.whenAbsent === 'unknown') return value;
  return fc.oneof(fc.constant(no), value);
}

function exactFact(definition: FactDefinition, definitions: Definitions): fc.Arbitrary<Fact> {
  switch (definition.reducer) {
    case 'quantity-before':
    case 'quantity-after':
      return exactFact(declared(definition.quantity, definitions), definitions);
    case 'graded-problem-before':
      return exactFact(declared(definition.problem, definitions), definitions);
    case 'session-count':
    case 'non-responses':
      return fc.nat(4).map((count) => found(exactly(count), '1'));
    case 'response-since':
      return fc.integer({ min: 1, max: 4 }).map((response) => found(exactly(response), '1'));
    case 'latest-quantity':
    case 'largest-quantity':
      return fc.constantFrom(...definition.units).chain((unit) => {
        const [low = 0, high = 1] = definition.plausible[unit] ?? [];
        const steps = Math.round(((high - low) / low) * 2);
        return fc
          .oneof(
            fc.double({ min: low, max: Math.min(high, low * 400), noNaN: true }),
            fc
              .constantFrom(1.7, 2, 2.3, 2.8, 3, 3.5, 7, 28, 30, 34, 35, 50, 70, 177)
              .filter((limit) => limit >= low && limit <= high),
            fc
              .integer({ min: 0, max: Math.max(1, Math.min(steps, 100)) })
              .map((step) => low + (step * (high - low)) / 100),
          )
          .map((one) => found(exactly(one), unit));
      });
    case 'latest-grade':
    case 'graded-problem': {
      const [low, high] = definition.reducer === 'latest-grade' ? definition.range : [0, definition.grades.ungraded[1]];
      return fc.integer({ min: low, max: high }).map((grade) => found(exactly(grade), '1'));
    }
    case 'result-sign':
      return fc.nat(1).map((sign) => found(exactly(sign), '1'));
    case 'daily-dose':
      return fc.integer({ min: 0, max: 40 }).map((dose) => found(exactly(dose), 'mg/d'));
    case 'problem-extent':
      return fc.integer({ min: 0, max: definition.anywhere[1] }).map((grade) => found(exactly(grade), '1'));
    case 'last-procedure':
    case 'last-performed':
    case 'last-episode':
      return fc.oneof(fc.nat(120), fc.nat(500)).map((days) => found(exactly(days), 'd'));
    case 'last-exposure':
      return fc.nat(120).map((days) => found(exactly(days), 'd'));
    case 'age':
      return fc.integer({ min: 10, max: 95 }).map((years) => found(exactly(years), 'a'));
    default:
      return fc.constant(found(exactly(1), '1'));
  }
}

function declared(id: string, { facts }: Definitions): FactDefinition {
  const source = facts.get(id);
  if (source === undefined) throw new Error(`${id} is not declared`);
  return source.definition;
}

/** A recorded Child-Pugh, Karnofsky or prothrombin time that contradicts its parts is a conflict, not a record that can be completed. */
function consistent(
  all: Map<string, Fact>,
  { spread, known, day, earlier }: typeof recordedScore extends fc.Arbitrary<infer Score> ? Score : never,
): ReadonlyMap<string, Fact> {
  const without: Fact = { state: 'absent', reason: 'generated' };
  const ecog = all.get('ecog');
  const karnofsky = all.get('karnofsky');
  if (
    ecog &&
    karnofsky &&
    !mayBeNewer(ecog, dayOf(karnofsky)) &&
    !isWithin(estimateOf(ecog), ecogFromKarnofsky(estimateOf(karnofsky)))
  )
    all.set('karnofsky', without);
  all.set('recorded-child-pugh', without);
  if (!prothrombinTimeAgrees(all)) all.set('prothrombin-time', without);
  const { value } = childPughScore.compute((id) => all.get(id) ?? without);
  // Beside an INR the prothrombin time is no part of the score.
  const unused = all.get('inr')?.state === 'found' ? ['prothrombin-time', 'prothrombin-time-control'] : [];
  const parts = partsOfScores['recorded-child-pugh']?.filter((id) => !unused.includes(id));
  const outdated = parts?.some((id) => mayBeNewer(all.get(id) ?? without, day));
  const score = outdated ? earlier : Math.min(15, value.low + (spread % (value.high - value.low + 1)));
  if (known) {
    const recorded = spread > 2 ? exactly(score) : between(Math.max(5, score - spread), Math.min(15, score + 1));
    all.set('recorded-child-pugh', recordedOn(found(recorded, '1'), day));
  }
  return all;
}

/** What replaces a recorded score when it is recorded later. */
const partsOfScores: Readonly<Record<string, readonly string[]>> = {
  'recorded-child-pugh': [
    'bilirubin',
    'albumin',
    'inr',
    'prothrombin-time',
    'prothrombin-time-control',
    'ascites',
    'encephalopathy',
  ],
  karnofsky: ['ecog'],
};

/** A part newer than its score: a record without it is an older one, not one that knows less (exempt). */
function replacesScore(id: string, all: ReadonlyMap<string, Fact>): boolean {
  return Object.entries(partsOfScores).some(([score, parts]) => {
    const [part, recorded] = [all.get(id), all.get(score)];
    return parts.includes(id) && part && recorded?.state === 'found' && mayBeNewer(part, dayOf(recorded));
  });
}

/** The same facts, some of them less known: a wider range, not found, or not to be asked for. */
export function lessKnown(
  all: ReadonlyMap<string, Fact>,
  definitions: Definitions,
): fc.Arbitrary<ReadonlyMap<string, Fact>> {
  const each = [...all].map(([id, fact]) =>
    weakened(fact, definitions.facts.get(id)?.definition.whenAbsent === 'unknown', replacesScore(id, all)).map(
      (weaker) => [id, weaker] as const,
    ),
  );
  return fc.tuple(...each).map((entries) => new Map(entries));
}

function weakened(fact: Fact, absenceIsUnknown: boolean, replaces: boolean): fc.Arbitrary<Fact> {
  const unavailable: Fact = { state: 'unavailable', reason: 'generated' };
  const states: Fact[] = [unavailable];
  if (absenceIsUnknown) {
    const its = fact.state === 'found' ? fact.provenance : provenance;
    states.push(
      { state: 'stale', reason: 'generated', provenance: its },
      { state: 'unusable', reason: 'generated', provenance: its },
    );
    if (!replaces) states.push({ state: 'absent', reason: 'generated' });
  }
  const wider = fc
    .tuple(fc.nat(5), fc.nat(5), fc.boolean(), fc.boolean())
    .map(([down, up, lowOpen, highOpen]): Fact => {
      if (fact.state !== 'found') return fact;
      const { low, high } = fact.value;
      const value = { low: low - down, high: high + up, lowOpen: lowOpen && down > 0, highOpen: highOpen && up > 0 };
      return { ...fact, value };
    });
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant(fact) },
    { weight: 2, arbitrary: wider },
    { weight: 1, arbitrary: fc.constantFrom(...states) },
  );
}

/** Gives as many points as the INR. */
function prothrombinTimeAgrees(all: ReadonlyMap<string, Fact>): boolean {
  const value = (id: string) => estimateOf(all.get(id) ?? { state: 'unavailable', reason: 'generated' }).low;
  const points = prothrombinTimePoints(exactly(value('prothrombin-time') - value('prothrombin-time-control')));
  return points.low === inrPoints(exactly(value('inr'))).low;
}
