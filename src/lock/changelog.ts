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

/** True when the part for clinicians names a rule by its number, 'R11'. */
export function names({ clinical }: Unreleased, ref: string): boolean {
  return new RegExp(`\\b${ref}\\b`).test(clinical);
}
