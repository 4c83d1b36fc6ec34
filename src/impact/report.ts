import type { CardChange, Change, Impact, VerdictChange } from './compare.ts';

/** The comparison as a reviewer reads it: what changed, call by call, then the totals. */
export function reportOf(impact: Impact, mostLines: number): string {
  const { calls, patients, sessions, outcomes, verdicts, cards, totals } = impact;
  const worded = cards.filter(({ kind }) => kind === 'detail');
  const weighty = cards.filter(({ kind }) => kind !== 'detail');
  return [
    `${patients} patients × ${sessions} orders = ${calls} calls`,
    ...section('Answered or refused', outcomes.map(outcomeLine), mostLines),
    ...section('Changed verdicts', verdicts.map(verdictLine), mostLines),
    ...section('Changed cards', weighty.map(cardLine), mostLines),
    ...section('Other words in the detail only', differentWords(worded), mostLines),
    '',
    'Totals',
    ...Object.entries(totals.verdicts).map(countLine),
    ...Object.entries(totals.cards).map(countLine),
    `  ${totals.silent[0]} → ${totals.silent[1]} calls without a card`,
    `  ${totals.changedCalls} of ${calls} calls and ${totals.changedPatients} of ${patients} patients are changed: ` +
      `${verdicts.length} verdicts, ${weighty.length} cards, ${worded.length} more cards in the detail only`,
  ].join('\n');
}

function section(title: string, lines: readonly string[], mostLines: number): readonly string[] {
  if (lines.length === 0) return [];
  const more = lines.length - mostLines;
  return ['', title, ...lines.slice(0, mostLines), ...(more > 0 ? [`  … and ${more} more (--all shows them)`] : [])];
}

function outcomeLine(change: Change): string {
  return `  ${placeText(change)}: ${change.before} → ${change.after}`;
}

function verdictLine(change: VerdictChange): string {
  return `  ${placeText(change)}: ${change.ref} ${change.rule}: ${change.before} → ${change.after}`;
}

function cardLine(change: CardChange): string {
  const { topic, kind, before, after } = change;
  return `  ${placeText(change)}: ${topic}, ${kind}: ${before === '' ? 'none' : before} → ${after === '' ? 'none' : after}`;
}

/** The same words change on many cards: each pair once, with the number of cards. */
function differentWords(changes: readonly CardChange[]): readonly string[] {
  const groups = new Map<string, CardChange[]>();
  for (const change of changes) {
    const pair = `${change.topic}: ${quoted(change.before)} → ${quoted(change.after)}`;
    groups.set(pair, [...(groups.get(pair) ?? []), change]);
  }
  return [...groups]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([pair, { length, 0: first }]) => `  ${length} × ${pair}${first ? ` (first: ${placeText(first)})` : ''}`);
}

function countLine([what, count]: readonly [string, number]): string {
  return `  ${String(count).padStart(5)} ${what}`;
}

function placeText({ patient, session }: Change): string {
  return `${patient}, ${session}`;
}

const longest = 200;

function quoted(text: string): string {
  const shortened = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return shortened === '' ? 'nothing' : `“${shortened}”`;
}
