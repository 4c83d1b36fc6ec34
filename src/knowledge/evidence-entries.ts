import type { Definitions } from '../definitions/definitions.ts';

/** A source as a page names it: what it says, and how far that was checked. */
export interface EvidenceEntry {
  readonly key: string;
  readonly says: string;
  readonly title: string;
  readonly locator?: string;
  readonly href?: string;
  readonly verification: string;
  readonly lastChecked: string;
}

/** What a source speaks for, seen from giving the therapies of the module together. */
export type Stance = 'against' | 'for' | 'context';

export interface EvidenceGroup {
  readonly stance: Stance;
  readonly heading: string;
  readonly entries: readonly EvidenceEntry[];
}

export const headings = {
  against: 'For one therapy at a time',
  for: 'For giving them together',
  context: 'Background',
} as const;

const verifications = {
  primary: 'the original was read',
  secondary: 'known through another text',
  'founding-document': 'known from the founding document only',
  project: 'choice of this project',
  site: 'choice of a hospital',
  unverified: 'not verified',
} as const;

/** The evidence of a rule, by what it speaks for; a side without any is not left out when there is another. */
export function evidenceOf(keys: readonly string[], definitions: Definitions): readonly EvidenceGroup[] {
  const all = keys.flatMap((key) => {
    const entry = definitions.evidence[key];
    return entry ? [{ stance: entry.stance, entry: evidenceEntry(key, definitions) }] : [];
  });
  const hasSides = all.some(({ stance }) => stance !== 'context');
  return (['against', 'for', 'context'] as const).flatMap((stance) => {
    const entries = all.filter((one) => one.stance === stance).flatMap(({ entry }) => entry ?? []);
    const isSide = stance !== 'context' && hasSides;
    return entries.length > 0 || isSide ? [{ stance, heading: headings[stance], entries }] : [];
  });
}

export function evidenceEntry(key: string, { evidence }: Definitions): EvidenceEntry | undefined {
  const entry = evidence[key];
  if (entry === undefined) return undefined;
  const { says, title, locator, href, verification, lastChecked } = entry;
  // What is said of one thing by several sources may leave the thing itself to the line it stands on.
  const about = 'about' in entry && typeof entry.about === 'string' ? `${entry.about}: ` : '';
  return {
    ...{ key, says: ended(`${about}${says}`), title, lastChecked, verification: verifications[verification] },
    ...(locator !== undefined && { locator }),
    ...(href !== undefined && { href }),
  };
}

function ended(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
