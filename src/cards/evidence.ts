import type { Definitions } from '../definitions/definitions.ts';

type Entry = Definitions['evidence'][string];

const headings = {
  against: '**For one therapy at a time**',
  for: '**For giving them together**',
  context: '**Evidence**',
} as const;

/** Said where the publication itself, its abstract, a registry, a label or the sponsor's release was not read. */
const verificationNotes: Readonly<Record<string, string>> = {
  secondary: 'cited by others',
  'founding-document': 'original not read',
  project: 'our own choice',
  site: 'local policy',
};

type Stance = keyof typeof headings;
type Lines = Readonly<Record<Stance, readonly (readonly Entry[])[]>>;

/**
 * The evidence, against and for the combination under headings of their own, each with how well it was verified. What
 * is about the same thing stands on one line. From whole to shortest: with every line; with supplementary sources named
 * only; in fewer words; with one line after the other cut, from the side that has most, and its sources named; with
 * names only.
 */
export function evidenceBlocks(keys: readonly string[], { evidence }: Definitions): readonly string[] {
  const known = [...new Set(keys)].flatMap((key) => evidence[key] ?? []);
  const entries = known.filter(({ verification }) => verification !== 'unverified');
  const linesBy = (told: readonly Entry[]): Lines => {
    const of = (stance: Stance) => linesOf(told.filter((entry) => entry.stance === stance));
    return { against: of('against'), for: of('for'), context: of('context') };
  };
  const main = entries.filter(({ supplementary }) => !supplementary);
  const inFewerWords = main.map((entry) => ({ ...entry, says: entry.brief ?? entry.says }));
  const cuts = [linesBy(entries), linesBy(main), linesBy(inFewerWords)];
  for (let next = cuts.at(-1); next !== undefined; next = withoutLast(next)) cuts.push(next);
  cuts.push({ against: [], for: [], context: [] });
  return [...new Set(cuts.map((lines) => blockOf(lines, entries)))];
}

/** Without the last line of the side that has most; undefined when none has more than one. */
function withoutLast(lines: Lines): Lines | undefined {
  const [longest] = stances.toSorted((a, b) => lines[b].length - lines[a].length);
  if (longest === undefined || lines[longest].length < 2) return undefined;
  return { ...lines, [longest]: lines[longest].slice(0, -1) };
}

const stances: readonly Stance[] = ['context', 'for', 'against'];

function blockOf(lines: Lines, entries: readonly Entry[]): string {
  const blocks = (['against', 'for', 'context'] as const).map((stance) => {
    const told = lines[stance].flat();
    const ofStance = entries.filter((entry) => entry.stance === stance);
    const further = ofStance.filter(({ cite }) => !told.some((one) => one.cite === cite));
    // Of two entries of one source the one with an address names it.
    const names = [...new Map(further.map(({ cite }) => [cite, further.find((one) => one.cite === cite && one.href)]))];
    const rest =
      names.length > 0
        ? [
            `- ${told.length > 0 ? 'Further: ' : ''}${names.map(([cite, linked]) => (linked ? sourceOf(linked) : cite)).join('; ')}`,
          ]
        : [];
    const all = [...lines[stance].map(textOf), ...rest];
    return all.length > 0 ? [headings[stance], ...all].join('\n') : '';
  });
  return blocks.filter((block) => block !== '').join('\n\n');
}

/** What is about the same thing, together. */
function linesOf(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  const lines = new Map<string | Entry, Entry[]>();
  for (const entry of entries) {
    const key = entry.about ?? entry;
    lines.set(key, [...(lines.get(key) ?? []), entry]);
  }
  return [...lines.values()];
}

function textOf(line: readonly Entry[]): string {
  const [first] = line;
  if (first === undefined) return '';
  if (first.about === undefined) return `- ${first.says} (${[sourceOf(first), ...noteOf(first)].join(', ')})`;
  return `- ${first.about}: ${line.map(partOf).join('; ')}.`;
}

/** One of several on a line: the source leads, what it says follows. */
function partOf(entry: Entry): string {
  return [`${sourceOf(entry)} ${entry.says}`, ...noteOf(entry)].join(', ');
}

function sourceOf({ cite, href }: Entry): string {
  return href === undefined ? cite : `[${cite}](${href})`;
}

function noteOf({ verification }: Entry): readonly string[] {
  const note = verificationNotes[verification];
  return note === undefined ? [] : [note];
}
