import { marked, type Token, type Tokens } from 'marked';
import type { ComponentChildren } from 'preact';

/**
 * GitHub-flavoured Markdown as a card's detail may hold it. Tokens become elements; HTML in the text stays text, and
 * links lead to the web only.
 */
export function Markdown({ text }: { readonly text: string }) {
  return <div class="markdown">{marked.lexer(text, { gfm: true }).map(block)}</div>;
}

function block(token: Token, key: number): ComponentChildren {
  switch (token.type) {
    case 'paragraph':
      return <p key={key}>{inline(token.tokens)}</p>;
    case 'heading':
      return (
        <p key={key} class="markdown-heading">
          {inline(token.tokens)}
        </p>
      );
    case 'list':
      return list(token as Tokens.List, key);
    case 'blockquote':
      return <blockquote key={key}>{token.tokens?.map(block)}</blockquote>;
    case 'code':
      return <pre key={key}>{token.text}</pre>;
    case 'table':
      return table(token as Tokens.Table, key);
    case 'hr':
      return <hr key={key} />;
    case 'space':
    case 'def':
      return null;
    case 'text':
      return token.tokens === undefined ? unescaped(token.text) : inline(token.tokens);
    default:
      return <p key={key}>{token.raw}</p>;
  }
}

function list({ ordered, start, items }: Tokens.List, key: number): ComponentChildren {
  const points = items.map((item, index) => <li key={index}>{item.tokens.map(block)}</li>);
  if (!ordered) return <ul key={key}>{points}</ul>;
  return (
    <ol key={key} start={start === 1 || start === '' ? undefined : start}>
      {points}
    </ol>
  );
}

function table({ header, rows }: Tokens.Table, key: number): ComponentChildren {
  return (
    <table key={key}>
      <thead>
        <tr>
          {header.map(({ tokens }, index) => (
            <th key={index} scope="col">
              {inline(tokens)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={index}>
            {row.map(({ tokens }, column) => (
              <td key={column}>{inline(tokens)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function inline(tokens: readonly Token[] | undefined): ComponentChildren {
  return tokens?.map((token, key) => {
    switch (token.type) {
      case 'strong':
        return <strong key={key}>{inline(token.tokens)}</strong>;
      case 'em':
        return <em key={key}>{inline(token.tokens)}</em>;
      case 'del':
        return <del key={key}>{inline(token.tokens)}</del>;
      case 'codespan':
        return <code key={key}>{token.text}</code>;
      case 'br':
        return <br key={key} />;
      case 'link':
        return link(token as Tokens.Link, key);
      case 'escape':
      case 'text':
        return 'tokens' in token && token.tokens ? inline(token.tokens) : unescaped(token.text);
      default:
        return token.raw;
    }
  });
}

function link({ href, tokens }: Tokens.Link, key: number): ComponentChildren {
  if (!/^https?:\/\//i.test(href)) return <span key={key}>{inline(tokens)}</span>;
  return (
    <a key={key} href={href} target="_blank" rel="noopener noreferrer">
      {inline(tokens)}
    </a>
  );
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: '\u00a0',
};

/** Character references of the text, by number or by the names in use; elements write their text themselves. */
function unescaped(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));/gi, (reference, decimal, hexadecimal, name) => {
    if (name !== undefined) return entities[name] ?? reference;
    const point = decimal === undefined ? Number.parseInt(hexadecimal, 16) : Number(decimal);
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd';
  });
}
