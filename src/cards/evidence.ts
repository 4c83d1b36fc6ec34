import type { Definitions } from '../definitions/definitions.ts';

const headings = {
  against: '**For one therapy at a time**',
  for: '**For giving them together**',
  context: '**Evidence**',
} as const;

const verificationNotes: Readonly<Record<string, string>> = {
  secondary: ' *(known from a secondary source)*',
  'founding-document': ' *(known from the founding document only; primary text not read)*',
  project: ' *(choice of this project)*',
};

/** The evidence, against and for the combination under headings of their own, each with how well it was verified. */
export function evidenceBlock(keys: readonly string[], { evidence }: Definitions): string {
  const entries = [...new Set(keys)].flatMap((key) => evidence[key] ?? []);
  const blocks = (['against', 'for', 'context'] as const).map((stance) => {
    const lines = entries
      .filter((entry) => entry.stance === stance)
      .map(({ says, title, href, verification }) => {
        const source = href === undefined ? title : `[${title}](${href})`;
        return `- ${says} ${source}${verificationNotes[verification] ?? ''}`;
      });
    return lines.length > 0 ? [headings[stance], ...lines].join('\n') : '';
  });
  return blocks.filter((block) => block !== '').join('\n\n');
}
