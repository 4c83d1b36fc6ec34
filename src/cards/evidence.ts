import type { Definitions } from '../definitions/definitions.ts';

type Entry = Definitions['evidence'][string];

const headings = {
  against: '**For one therapy at a time**',
  for: '**For giving them together**',
  context: '**Evidence**',
} as const;

/** Said where the publication itself, its abstract, a registry, a label or the sponsor's release was not read. */
const verificationNotes: Readonly<Record<string, string>> = {
  secondary: 'second-hand',
  'founding-document': 'original not read',
  project: 'our own choice',
  site: 'local policy',
};

/**
 * The evidence, against and for the combination under headings of their own, each with how well it was verified. What
 * is about the same thing stands on one line.
 *
 * @param isBrief supplementary sources are named only, on both sides alike
 */
export function evidenceBlock(keys: readonly string[], { evidence }: Definitions, isBrief = false): string {
  const known = [...new Set(keys)].flatMap((key) => evidence[key] ?? []);
  const entries = known.filter(({ verification }) => verification !== 'unverified');
  const blocks = (['against', 'for', 'context'] as const).map((stance) => {
    const ofStance = entries.filter((entry) => entry.stance === stance);
    const lines = isBrief ? briefLinesOf(ofStance) : linesOf(ofStance);
    return lines.length > 0 ? [headings[stance], ...lines].join('\n') : '';
  });
  return blocks.filter((block) => block !== '').join('\n\n');
}

function briefLinesOf(entries: readonly Entry[]): readonly string[] {
  const further = entries.filter(({ supplementary }) => supplementary);
  const lines = linesOf(entries.filter(({ supplementary }) => !supplementary));
  return further.length > 0 ? [...lines, `- Further: ${further.map(sourceOf).join('; ')}`] : lines;
}

function linesOf(entries: readonly Entry[]): readonly string[] {
  const lines = entries.map((entry) => {
    const { about } = entry;
    if (about === undefined) return `- ${entry.says} (${[sourceOf(entry), ...noteOf(entry)].join(', ')})`;
    return `- ${about}: ${entries
      .filter((other) => other.about === about)
      .map(partOf)
      .join('; ')}.`;
  });
  return [...new Set(lines)];
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
