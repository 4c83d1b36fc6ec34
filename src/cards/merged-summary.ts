import { longestSummary } from '../cds-hooks/card.ts';
import type { Finding } from './finding.ts';

/**
 * One finding speaks for itself. Of several the worst is told whole, with what to do, and the others are named: as many
 * as there is room for, cut at a whole finding, the rest counted. What the worst already tells is not named again.
 */
export function mergedSummary([first, ...others]: readonly Finding[]): string {
  if (first === undefined) return '';
  const shorts: string[] = [];
  for (const { short } of others) if (!isTold(short, [first.summary, ...shorts])) shorts.push(short);
  if (shorts.length === 0) return first.summary;
  const attempts = first.leads.flatMap((lead) =>
    shorts.map((_, dropped) => withOthers(lead, shorts.slice(0, shorts.length - dropped), dropped)),
  );
  const counted = first.leads.map((lead) => withOthers(lead, [], shorts.length));
  return [...attempts, ...counted].find((text) => text.length <= longestSummary) ?? first.summary;
}

function withOthers(lead: string, named: readonly string[], dropped: number): string {
  if (named.length === 0) return `${lead} +${dropped} more.`;
  return `${lead} Also: ${named.join('; ')}${dropped > 0 ? ` +${dropped} more` : ''}.`;
}

/** Every word and number of it stands in one of these texts. */
function isTold(short: string, texts: readonly string[]): boolean {
  const words = wordsOf(short);
  return texts.some((text) => {
    const told = new Set(wordsOf(text));
    return words.every((word) => told.has(word));
  });
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\d.]*[\p{L}\d]/gu) ?? [];
}
