import { capitalised, formatList, formatQuantity, withinSentence } from '../../cards/format.ts';
import { exactly } from '../../kernel/estimate.ts';
import type { Fact } from '../../kernel/fact.ts';
import { childPughScore } from '../../measures/child-pugh/child-pugh.ts';
import { factOf } from '../../rules/situation.ts';
import { type CourseReading, drawnResults, validDaysOf } from './course-knowledge.ts';

/**
 * Which parts of Child-Pugh have no result that counts for ordering, some of them because it is too old, and what the
 * service makes of the score until they are known: in the words in which its card asks for them (gaps.yaml).
 *
 * @param today what is known now
 * @returns undefined where no result is too old
 * @example 'INR: no valid result within 30 days; Child-Pugh A5 to B7 until known'
 */
export function tooOldText(today: ReadonlyMap<string, Fact>, reading: CourseReading): string | undefined {
  const { inputs, label } = childPughScore.compute((id) => factOf(today, id));
  const stateOf = (id: string) => factOf(today, id).state;
  const tested = inputs.filter((id) => drawnResults.some((one) => one === id));
  if (!tested.some((id) => stateOf(id) === 'stale')) return undefined;
  const missing = tested.filter((id) => !['found', 'unavailable'].includes(stateOf(id)));
  const titles = missing.map((id) => withinSentence(reading.definitions.facts.get(id)?.definition.title ?? id));
  const window = formatQuantity(exactly(validDaysOf(reading)), 'd');
  const tests = capitalised(formatList(titles));
  return `${tests}: no valid result within ${window}; ${childPughScore.title} ${label} until known`;
}
