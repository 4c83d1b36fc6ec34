import { marked, Renderer, type Token, type Tokens } from 'marked';
import { Html, html } from '../html.ts';

/** A heading of the second level, and the anchor that leads to it. */
export interface Section {
  readonly anchor: string;
  readonly title: string;
}

/**
 * The Markdown of this project's own pages and cards as HTML. What it holds of HTML is
 * shown as text.
 *
 * @param hrefOf where a link of the text leads on these pages
 */
export function markdownHtml(markdown: string, hrefOf: (href: string) => string = (href) => href): Html {
  return new Html(marked.parse(markdown, { renderer: new PageRenderer(hrefOf), async: false }));
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

/** What we write otherwise than marked does. */
class PageRenderer extends Renderer {
  readonly #hrefOf: HrefOf;

  constructor(hrefOf: HrefOf) {
    super();
    this.#hrefOf = hrefOf;
  }

  override html(token: Tokens.HTML | Tokens.Tag): string {
    return token.block ? `<p>${escaped(token.text)}</p>\n` : escaped(token.text);
  }

  /** Pages load nothing from elsewhere. */
  override image({ text }: Tokens.Image): string {
    return escaped(text);
  }

  override heading({ depth, text, tokens }: Tokens.Heading): string {
    const content = this.parser.parseInline(tokens);
    const anchor = anchorOf(text);
    if (depth === 2) return `<h2 id="${anchor}"><a class="anchor" href="#${anchor}">${content}</a></h2>\n`;
    return depth === 1 ? `<h1>${content}</h1>\n` : `<h3>${content}</h3>\n`;
  }

  override link({ href, tokens }: Tokens.Link): string {
    return `<a href="${escaped(safeHref(this.#hrefOf(href)))}">${this.parser.parseInline(tokens)}</a>`;
  }

  /** A table may be wider than the screen: it scrolls by itself, also with the keyboard, or its cells are stacked. */
  override table({ header, rows }: Tokens.Table): string {
    const name = escaped(header.map(({ text }) => text).join(', '));
    const heads = header.map(({ tokens }) => `<th scope="col">${this.parser.parseInline(tokens)}</th>`);
    const cells = ({ tokens }: Tokens.TableCell, at: number) => {
      const content = this.parser.parseInline(tokens);
      if (at === 0) return `<th scope="row">${content}</th>`;
      return `<td data-label="${escaped(header[at]?.text ?? '')}"><div>${content}</div></td>`;
    };
    const lines = rows.map((row) => `<tr>${row.map(cells).join('')}</tr>\n`);
    return `<div class="table-scroll" role="region" aria-label="Table: ${name}" tabindex="0"><table class="stacked">
<thead><tr>${heads.join('')}</tr></thead>
<tbody>${lines.join('')}</tbody></table></div>\n`;
  }
}

function escaped(text: string): string {
  return html`${text}`.text;
}

/** On these pages, or on the web. */
function safeHref(href: string): string {
  return /^(?:https?:\/\/|\/|#)/.test(href) ? href : '#';
}
