import type { Definitions } from '../definitions/definitions.ts';

const headings = {
  against: '**For one therapy at a time**',
  for: '**For giving them together**',
  context: '**Evidence**',
} as const;

const verificationNotes: Readonly<Record<string, string>> = {
  secondary: ', secondary source',
  'founding-document': ', known from the founding document only',
  project: ', choice of this project',
  site: ', local policy',
};

/** The evidence, against and for the combination under headings of their own, each with how well it was verified. */
export function evidenceBlock(keys: readonly string[], { evidence }: Definitions): string {
  const known = [...new Set(keys)].flatMap((key) => evidence[key] ?? []);
  const entries = known.filter(({ verification }) => verification !== 'unverified');
  const blocks = (['against', 'for', 'context'] as const).map((stance) => {
    const lines = entries
      .filter((entry) => entry.stance === stance)
      .map(({ says, cite, href, verification }) => {
        const source = href === undefined ? cite : `[${cite}](${href})`;
        return `- ${says} (${source}${verificationNotes[verification] ?? ''})`;
      });
    return lines.length > 0 ? [headings[stance], ...lines].join('\n') : '';
  });
  return blocks.filter((block) => block !== '').join('\n\n');
}
