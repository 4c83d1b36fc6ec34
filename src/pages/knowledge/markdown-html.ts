import { marked, type Token, type Tokens } from 'marked';
import { type Html, html } from '../html.ts';

/** A heading of the second level, and the anchor that leads to it. */
export interface Section {
  readonly anchor: string;
  readonly title: string;
}

/**
 * The Markdown of this project's own pages and cards as HTML. It is made from the tokens: what the text holds of HTML
 * is shown as text.
 *
 * @param hrefOf where a link of the text leads on these pages
 */
export function markdownHtml(markdown: string, hrefOf: (href: string) => string = (href) => href): Html {
  return html`${marked.lexer(markdown).map((token) => block(token, hrefOf))}`;
}

/** The sections of a Markdown text, in order. */
export function sectionsOf(markdown: string): readonly Section[] {
  const isSection = (token: Token): token is Tokens.Heading => token.type === 'heading' && token.depth === 2;
  return marked
    .lexer(markdown)
    .filter(isSection)
    .map(({ text }) => ({ anchor: anchorOf(text), title: text }));
}

/** 'When data are missing' → 'when-data-are-missing' */
export function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

type HrefOf = (href: string) => string;

function block(token: Token, hrefOf: HrefOf): Html | undefined {
  switch (token.type) {
    case 'heading':
      return heading(token as Tokens.Heading, hrefOf);
    case 'paragraph':
      return html`<p>${inline(token.tokens, hrefOf)}</p>\n`;
    case 'list':
      return html`<ul>${(token as Tokens.List).items.map((item) => html`<li>${listItem(item, hrefOf)}</li>\n`)}</ul>\n`;
    case 'blockquote':
      return html`<blockquote>${(token.tokens ?? []).map((inner) => block(inner, hrefOf))}</blockquote>\n`;
    case 'table':
      return table(token as Tokens.Table, hrefOf);
    case 'space':
      return undefined;
    default:
      return html`<p>${inline([token], hrefOf)}</p>\n`;
  }
}

function heading({ depth, text, tokens }: Tokens.Heading, hrefOf: HrefOf): Html {
  const content = inline(tokens, hrefOf);
  const anchor = anchorOf(text);
  if (depth === 2) return html`<h2 id="${anchor}"><a class="anchor" href="#${anchor}">${content}</a></h2>\n`;
  return depth === 1 ? html`<h1>${content}</h1>\n` : html`<h3>${content}</h3>\n`;
}

function listItem({ tokens }: Tokens.ListItem, hrefOf: HrefOf): readonly (Html | undefined)[] {
  return tokens.map((token) =>
    token.type === 'text' ? html`${inline((token as Tokens.Text).tokens ?? [token], hrefOf)}` : block(token, hrefOf),
  );
}

/** A table may be wider than the screen: it scrolls by itself, also with the keyboard. */
function table({ header, rows }: Tokens.Table, hrefOf: HrefOf): Html {
  const name = header.map(({ text }) => text).join(', ');
  return html`<div class="table-scroll" role="region" aria-label="Table: ${name}" tabindex="0"><table>
<thead><tr>${header.map((cell) => html`<th scope="col">${inline(cell.tokens, hrefOf)}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${inline(cell.tokens, hrefOf)}</td>`)}</tr>\n`)}</tbody>
</table></div>\n`;
}

function inline(tokens: readonly Token[] = [], hrefOf: HrefOf): readonly Html[] {
  return tokens.map((token) => {
    switch (token.type) {
      case 'strong':
        return html`<strong>${inline(token.tokens, hrefOf)}</strong>`;
      case 'em':
        return html`<em>${inline(token.tokens, hrefOf)}</em>`;
      case 'codespan':
        return html`<code>${token.text}</code>`;
      case 'br':
        return html`<br>`;
      case 'link':
        return html`<a href="${safeHref(hrefOf(token.href))}">${inline(token.tokens, hrefOf)}</a>`;
      case 'escape':
        return html`${token.text}`;
      case 'text':
        return 'tokens' in token && token.tokens ? html`${inline(token.tokens, hrefOf)}` : html`${token.text}`;
      default:
        return html`${token.raw}`;
    }
  });
}

/** On these pages, or on the web. */
function safeHref(href: string): string {
  return /^(?:https?:\/\/|\/|#)/.test(href) ? href : '#';
}
