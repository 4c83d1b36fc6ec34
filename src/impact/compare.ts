import type { Answer, AnsweredCard, Answers } from './answers.ts';

/** What becomes of the same calls on two revisions. */
export interface Impact {
  readonly calls: number;
  readonly patients: number;
  readonly sessions: number;
  /** Calls that are answered on one revision and refused on the other. */
  readonly outcomes: readonly Change[];
  readonly verdicts: readonly VerdictChange[];
  readonly cards: readonly CardChange[];
  readonly totals: Totals;
}

export interface Change {
  readonly patient: string;
  readonly session: string;
  readonly before: string;
  readonly after: string;
}

export interface VerdictChange extends Change {
  readonly rule: string;
  readonly ref: string;
}

/** The weightiest way in which a card changed: what is only worded otherwise in the detail comes last. */
export type CardKind = 'new' | 'gone' | 'indicator' | 'summary' | 'offers' | 'detail';

export interface CardChange extends Change {
  readonly topic: string;
  readonly kind: CardKind;
}

export interface Totals {
  /** Calls that differ at all, and patients with such a call. */
  readonly changedCalls: number;
  readonly changedPatients: number;
  /** Calls without a card, before and after. */
  readonly silent: readonly [before: number, after: number];
  /** 'R11 some-rule: fires → open', with the number of calls. */
  readonly verdicts: Readonly<Record<string, number>>;
  readonly cards: Readonly<Record<string, number>>;
}

export function compareAnswers(before: Answers, after: Answers): Impact {
  const earlier = new Map(before.answers.map((answer) => [keyOf(answer), answer]));
  const pairs = after.answers.flatMap((now): [Answer, Answer][] => {
    const then = earlier.get(keyOf(now));
    return then ? [[then, now]] : [];
  });
  const ref = (rule: string) => (after.rules[rule] ?? before.rules[rule])?.ref ?? '';
  const outcomes = pairs.flatMap(([then, now]) =>
    then.outcome === now.outcome ? [] : [{ ...placeOf(now), before: then.outcome, after: now.outcome }],
  );
  const verdicts = pairs.flatMap(([then, now]) => verdictChanges(then, now, ref));
  const cards = pairs.flatMap(([then, now]) => cardChanges(then, now));
  const changed = [...outcomes, ...verdicts, ...cards];
  const silent = (side: 0 | 1) => pairs.filter((pair) => pair[side].cards.length === 0).length;
  return {
    calls: pairs.length,
    patients: new Set(pairs.map(([{ patient }]) => patient)).size,
    sessions: new Set(pairs.map(([{ session }]) => session)).size,
    outcomes,
    verdicts,
    cards,
    totals: {
      changedCalls: new Set(changed.map(keyOf)).size,
      changedPatients: new Set(changed.map(({ patient }) => patient)).size,
      silent: [silent(0), silent(1)],
      verdicts: tally(verdicts.map((one) => `${one.ref} ${one.rule}: ${one.before} → ${one.after}`)),
      cards: tally(cards.map(cardTotal)),
    },
  };
}

const words = { true: 'fires', false: 'does not fire', undetermined: 'open' } as const;
const notThere = 'not there';

/** A rule that is on one revision only is told where it does something; a call that ends early has no verdicts. */
function verdictChanges(then: Answer, now: Answer, ref: (rule: string) => string): readonly VerdictChange[] {
  const rules = new Set([...Object.keys(then.verdicts), ...Object.keys(now.verdicts)]);
  return [...rules].sort().flatMap((rule) => {
    const [before, after] = [then, now].map(({ verdicts }) => {
      const truth = verdicts[rule];
      return truth === undefined ? notThere : words[truth];
    });
    if (before === undefined || after === undefined || before === after) return [];
    const isIdle = [before, after].includes(notThere) && [before, after].includes(words.false);
    return isIdle ? [] : [{ ...placeOf(now), rule, ref: ref(rule), before, after }];
  });
}

function cardChanges(then: Answer, now: Answer): readonly CardChange[] {
  const topics = new Set([...then.cards, ...now.cards].map(({ topic }) => topic));
  return [...topics].flatMap((topic): readonly CardChange[] => {
    const [before, after] = [then, now].map(({ cards }) => cards.find((card) => card.topic === topic));
    const place = { ...placeOf(now), topic };
    if (before === undefined) return after ? [{ ...place, kind: 'new', before: '', after: headline(after) }] : [];
    if (after === undefined) return [{ ...place, kind: 'gone', before: headline(before), after: '' }];
    const kind = kindOf(before, after);
    if (kind === undefined) return [];
    const told = kind === 'detail' ? differingSentences : kind === 'offers' ? differingOffers : headlines;
    const [was, is] = told(before, after);
    return [{ ...place, kind, before: was, after: is }];
  });
}

function kindOf(before: AnsweredCard, after: AnsweredCard): CardKind | undefined {
  if (before.indicator !== after.indicator) return 'indicator';
  if (before.summary !== after.summary) return 'summary';
  if (offersOf(before).join() !== offersOf(after).join()) return 'offers';
  return before.detail === after.detail ? undefined : 'detail';
}

type Sides = readonly [before: string, after: string];

function headline({ indicator, summary }: AnsweredCard): string {
  return `${indicator}: ${summary}`;
}

function headlines(before: AnsweredCard, after: AnsweredCard): Sides {
  return [headline(before), headline(after)];
}

function offersOf({ suggestions, overrideReasons }: AnsweredCard): readonly string[] {
  return [...suggestions, ...overrideReasons];
}

function differingOffers(before: AnsweredCard, after: AnsweredCard): Sides {
  return onlyIn(offersOf(before), offersOf(after));
}

/** Of a long text, the sentences that are on one side only. */
function differingSentences(before: AnsweredCard, after: AnsweredCard): Sides {
  return onlyIn(sentencesOf(before), sentencesOf(after));
}

function sentencesOf({ detail }: AnsweredCard): readonly string[] {
  return detail.split(/\n|(?<=[.?]) +/);
}

function onlyIn(before: readonly string[], after: readonly string[]): Sides {
  const without = (some: readonly string[], others: readonly string[]) =>
    some.filter((line) => line !== '' && !others.includes(line)).join(' / ');
  return [without(before, after), without(after, before)];
}

function cardTotal({ topic, kind, before, after }: CardChange): string {
  const [was, is] = [before, after].map((side) => side.split(':')[0]);
  if (kind === 'new') return `${topic}: new ${is}`;
  if (kind === 'gone') return `${topic}: gone ${was}`;
  return kind === 'indicator' ? `${topic}: ${was} → ${is}` : `${topic}: other ${kind}`;
}

function placeOf({ patient, session }: Answer) {
  return { patient, session };
}

function keyOf({ patient, session }: { readonly patient: string; readonly session: string }): string {
  return `${patient} | ${session}`;
}

function tally(values: readonly string[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
