import { decide } from '../../src/decide.ts';
import type { Decision } from '../../src/decision.ts';
import { type Definitions, prefetchKeyOf } from '../../src/definitions/definitions.ts';
import { type FhirReader, noReader } from '../../src/fhir/fhir-reader.ts';
import { countingIds } from '../support/app.ts';
import { type ExpectedStory, hookRequest, prefetchFor, type StoryCall, storyTime } from '../support/stories.ts';

/** A call of a story, and the answer to it when everything can be read. */
export interface CompleteCall {
  readonly definitions: Definitions;
  /** The answer with this reader in the place of these reads; the others come by prefetch. */
  answer(reader: FhirReader, ...without: readonly string[]): Promise<Decision>;
  readonly complete: Decision;
}

export async function completeCall(
  story: ExpectedStory,
  call: StoryCall,
  definitions: Definitions,
): Promise<CompleteCall> {
  const whole = prefetchFor(story, definitions);
  const answer = (reader: FhirReader, ...without: readonly string[]) => {
    const keys = without.map((read) => prefetchKeyOf(read, definitions));
    const prefetch = Object.fromEntries(Object.entries(whole).filter(([key]) => !keys.includes(key)));
    const request = { ...hookRequest(story, call), prefetch };
    return decide(request, definitions, { reader, now: storyTime, sandbox: false, newId: countingIds() });
  };
  return { definitions, answer, complete: await answer(noReader) };
}

/**
 * What an answer gets wrong for want of one read, held against the complete answer.
 *
 * - A verdict is the same or undetermined. A rule with `unless`, and a gate with one, hold until that is certainly
 *   true, so without the read they may hold where they did not.
 * - Where an indicator is another one, the answer is 412, or a card names the read. A read that `softens` makes no card
 *   of its own; the same holds of one that nobody could be asked for and that the discovery does not offer.
 */
export function faultsForWantOf(
  read: string,
  less: Decision,
  { complete, definitions }: CompleteCall,
  wasAsked = false,
): string[] {
  if (less.kind === 'refused') return less.status === 412 ? [] : [`refused with ${less.status}`];
  if (complete.kind === 'refused') return [`answered, and refused with ${complete.status} when complete`];
  const { softens = false, prefetch = true, title = '' } = definitions.service.reads[read] ?? {};
  const faults = verdictFaults(less, complete);
  if (less.trace === undefined && complete.trace !== undefined) faults.push(`silent (${less.silence})`);
  if (said(less) === said(complete)) return faults;
  if (!(prefetch || wasAsked) || (softens && less.response.cards.length === 0)) return faults;
  const named = less.response.cards.some(({ summary, detail }) => names(`${summary}\n${detail}`, title));
  return named ? faults : [...faults, `${said(complete)} became ${said(less)}, and '${title}' is not named`];
}

type Answered = Extract<Decision, { kind: 'cards' }>;

function verdictFaults(less: Answered, complete: Answered): string[] {
  const before = new Map(complete.trace?.verdicts.map(({ rule, truth }) => [rule.id, truth]));
  return (less.trace?.verdicts ?? []).flatMap(({ rule, truth }) => {
    const was = before.get(rule.id);
    if (truth === was || truth === 'undetermined' || was === undefined) return [];
    if (rule.unless !== undefined && was === 'false' && truth === 'true') return [];
    return [`${rule.id} was ${was} and became ${truth}`];
  });
}

/** The indicators of the topics; of an opened record, where no rule speaks, what the card says. */
function said({ response, overview }: Answered): string {
  const { cards } = response;
  if (overview !== undefined) return cards.map(({ summary }) => summary).join();
  return cards.map(({ source, indicator }) => `${source.topic?.code} ${indicator}`).join();
}

/** The summary names one read, the detail all of them. */
function names(text: string, title: string): boolean {
  return /could not be (checked|read)/i.test(text) && text.toLowerCase().includes(title.toLowerCase());
}
