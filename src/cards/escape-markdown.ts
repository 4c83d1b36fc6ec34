const longest = 200;
const wordJoiner = '\u2060';

/**
 * Makes text of the record safe to stand in GitHub-flavoured Markdown: it is shown as it was written and never becomes
 * a link, an image, a table, a heading or HTML. Line breaks become spaces; at most 200 characters. Renderers look for
 * bare addresses after they have removed the backslashes, so an invisible joiner breaks those.
 *
 * @example escapeMarkdown('<b>*x*') // '&lt;b&gt;\\*x\\*'
 */
export function escapeMarkdown(text: string): string {
  const characters = [...text.replace(/\p{C}+|\s+/gu, ' ').trim()];
  const shortened = characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : characters.join('');
  const unlinked = shortened.replace(/:(?=\/\/)|@(?=\S)|www(?=\.)/gi, `$&${wordJoiner}`);
  return unlinked.replace(/[!-/:-@[-`{-~]/g, (character) => entities[character] ?? `\\${character}`);
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
