/** What the changelog says of the release that is being made. */
export interface Unreleased {
  readonly release: string;
  /** The part for clinicians. */
  readonly clinical: string;
}

/**
 * Finds the section `## <release> (unreleased)` and its part `### Clinical behaviour`.
 *
 * @returns undefined when nothing is unreleased
 */
export function unreleasedSection(changelog: string): Unreleased | undefined {
  const sections = changelog.split(/^## /m).slice(1);
  for (const section of sections) {
    const release = /^\[?([^\s\]]+)\]? \(unreleased\)/i.exec(section)?.[1];
    if (release === undefined) continue;
    const clinical = section.split(/^### /m).find((part) => /^clinical behaviou?r/i.test(part));
    return { release, clinical: clinical ?? '' };
  }
  return undefined;
}

/**
 * True when the part for clinicians tells of a rule: of its first version by the number, 'R11'; of a later one by id and
 * version, 'a-rule@2', so that an old entry does not stand for a new change.
 */
export function names({ clinical }: Unreleased, { id, ref, version }: NamedRule): boolean {
  const name = version === 1 ? `\\b${ref}\\b` : `(?<![\\w-])${id}@${version}(?!\\d)`;
  return new RegExp(name).test(clinical);
}

interface NamedRule {
  readonly id: string;
  /** 'R11' */
  readonly ref: string;
  readonly version: number;
}
