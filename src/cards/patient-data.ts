import { dayOf } from '../kernel/fact.ts';
import type { Measurement } from '../measures/measure.ts';
import { factOf } from '../rules/situation.ts';
import { factText, measureText, titleOf } from './fact-text.ts';
import { withinSentence } from './format.ts';
import type { Subject } from './subject.ts';

/** The names of facts and measures; or all that the module lists. */
export type Told = ReadonlySet<string> | 'all';

/**
 * The patient's data on a card: the scores, then the values they were made of, by the day on which they were recorded.
 * What is not known is said elsewhere.
 */
export function patientDataBlock(told: Told, subject: Subject): string {
  const { definitions, situation } = subject;
  const { measures, facts } = definitions.service.summary;
  const isTold = (id: string) => told === 'all' || told.has(id);
  const scores = measures.filter(isTold).flatMap((id) => {
    const measurement = situation.measures.get(id);
    if (measurement === undefined || !isKnown(measurement, subject)) return [];
    return [`${definitions.measureTitles.get(id) ?? id} ${measureText(measurement, subject)}`];
  });
  const values = [...valuesByDay(facts.filter(isTold), subject)].map(([day, texts]) => `${day}: ${texts.join(', ')}`);
  const lines = [...(scores.length > 0 ? [scores.join(', ')] : []), ...values].map((line) => `- ${line}`);
  return lines.length > 0 ? ['**Patient data**', ...lines].join('\n') : '';
}

/** Something of it is known; else it would only be the widest range there is. */
export function isKnown({ inputs, value }: Measurement, { situation }: Subject): boolean {
  const bounded = value.low > Number.NEGATIVE_INFINITY || value.high < Number.POSITIVE_INFINITY;
  return bounded && inputs.some((input) => factOf(situation.facts, input).state === 'found');
}

/** What a score was made of: the values by day, then what is missing of them, by why. */
export function inputsText(measure: string, subject: Subject): string {
  const { definitions, situation } = subject;
  const inputs = situation.measures.get(measure)?.inputs ?? [];
  const told = definitions.service.summary.facts.filter((id) => inputs.includes(id));
  const known = [...valuesByDay(told, subject)].map(([day, texts]) => `${texts.join(', ')} (${day})`);
  const unknown = Object.entries(whyUnknown).flatMap(([state, why]) => {
    const titles = told.filter((id) => factOf(situation.facts, id).state === state).map((id) => titleOf(id, subject));
    return titles.length > 0 ? [`${why}: ${titles.map(withinSentence).join(', ')}`] : [];
  });
  return [...known, ...unknown].join('; ');
}

const whyUnknown = {
  stale: 'out of date',
  unusable: 'cannot be used',
  absent: 'not recorded',
  unavailable: 'could not be read',
} as const;

/** The values that were found, with their names, by day. Days stand in the order of the facts. */
export function valuesByDay(facts: readonly string[], subject: Subject): ReadonlyMap<string, readonly string[]> {
  const days = new Map<string, string[]>();
  for (const id of facts) {
    const fact = factOf(subject.situation.facts, id);
    if (fact.state !== 'found') continue;
    const day = dayOf(fact) ?? 'date not known';
    days.set(day, [...(days.get(day) ?? []), `${withinSentence(titleOf(id, subject))} ${factText(id, subject)}`]);
  }
  return days;
}
