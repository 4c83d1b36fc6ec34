import { longestText } from './words.ts';

/** A remark in round brackets that records append to names, and that is no part of the name. */
export interface BracketTag {
  readonly tag: string;
  readonly regex: RegExp;
}

/**
 * Compiles a tag such as the billing category that US records append to diagnoses. For the tag `XYZ` the remarks
 * `(XYZ)`, `(CMS/XYZ)`, `(CMS-XYZ)`, `(HHS-XYZ)` and `(XYZ 18)` are recognised.
 *
 * @throws Error unless the tag is made of letters and digits
 */
export function compileBracketTag(tag: string): BracketTag {
  if (!/^[A-Za-z0-9]+$/.test(tag)) throw new Error(`bracket tag "${tag}": only letters and digits are allowed`);
  return { tag, regex: new RegExp(`\\(\\s*(?:CMS|HHS)?[-/ ]?${tag}(?![A-Za-z0-9])[^)]{0,80}(?:\\)|$)`, 'gi') };
}

/** The text without tags; a blank stands in their place. Only the part of the text that is searched for names. */
export function stripBracketTags(text: string, tags: readonly BracketTag[]): string {
  return tags.reduce((rest, { regex }) => rest.replace(regex, ' '), text.slice(0, longestText));
}
