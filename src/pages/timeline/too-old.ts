import { capitalised, formatList, formatQuantity, withinSentence } from '../../cards/format.ts';
import { exactly } from '../../kernel/estimate.ts';
import type { Fact } from '../../kernel/fact.ts';
import { childPughScore } from '../../measures/child-pugh/child-pugh.ts';
import { factOf } from '../../rules/situation.ts';
import { type CourseReading, resultsWindow, validDaysOf } from './course-knowledge.ts';

/**
 * Which parts of Child-Pugh are too old for ordering, and what the service makes of the score until they are known: in
 * the words in which its card asks for them (gaps.yaml).
 *
 * @param today what is known now
 * @returns undefined where every recorded result counts
 * @example 'INR: no valid result within 30 days; Child-Pugh A5 to B7 until known'
 */
export function tooOldText(today: ReadonlyMap<string, Fact>, reading: CourseReading): string | undefined {
  const { inputs, label } = childPughScore.compute((id) => factOf(today, id));
  const titles = inputs.flatMap((id) => {
    const definition = reading.definitions.facts.get(id)?.definition;
    const isWindowed = definition !== undefined && 'maxAge' in definition && definition.maxAge === resultsWindow;
    return isWindowed && factOf(today, id).state === 'stale' ? [withinSentence(definition.title)] : [];
  });
  if (titles.length === 0) return undefined;
  const window = formatQuantity(exactly(validDaysOf(reading)), 'd');
  const tests = capitalised(formatList(titles));
  return `${tests}: no valid result within ${window}; ${childPughScore.title} ${label} until known`;
}
