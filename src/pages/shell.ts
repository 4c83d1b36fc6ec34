import type { Assets } from './assets.ts';
import { Html, html } from './html.ts';

/** A page that the service has. */
export interface Page {
  /** The folder under src/pages, and the name of its built files. */
  readonly name: string;
  readonly path: string;
  readonly title: string;
}

/** Which knowledge the pages speak of. */
export interface Edition {
  /** Of the knowledge module: 'TACE and systemic therapy …'. */
  readonly module: string;
  readonly evidencePack: string;
  readonly version: string;
  readonly hash: string;
}

export interface ShellOptions {
  readonly page: Page;
  /** All pages that are served, in the order of the header. */
  readonly pages: readonly Page[];
  readonly edition: Edition;
  readonly assets: Assets;
  /** What is at this address; the page itself may have several. */
  readonly title: string;
  /** What is seen before, and without, any script. */
  readonly main: Html;
}

/** A whole page: header, what it is about, footer. */
export function shell({ page, pages, edition, assets, title, main }: ShellOptions): string {
  const { script, styles } = assets.entryOf(page.name);
  const { text } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · hcc-cds</title>
<link rel="icon" href="${assets.icon}" type="image/svg+xml">
${styles.map((href) => html`<link rel="stylesheet" href="${href}">\n`)}<script type="module" src="${script}"></script>
</head>
<body>
<a class="skip-link" href="#main">Skip to content</a>
<header class="site-header">
<div class="site-header-inner">
<p class="site-name"><img src="${assets.icon}" alt="" width="24" height="24"> hcc-cds</p>
<nav aria-label="Pages"><ul>${pages.map((one) => navigationItem(one, page))}</ul></nav>
</div>
</header>
<main id="main" tabindex="-1">
${main}
</main>
<footer class="site-footer">
<div class="site-footer-inner">
<p><strong>${edition.module}</strong></p>
<p>Evidence pack ${edition.evidencePack} · version ${edition.version} · knowledge <code>${edition.hash}</code></p>
<p>Not a medical device. No substitute for judgement.</p>
</div>
</footer>
</body>
</html>
`;
  return text;
}

function navigationItem({ path, title }: Page, current: Page): Html {
  const mark = path === current.path ? new Html(' aria-current="page"') : undefined;
  return html`<li><a href="${path}"${mark}>${title}</a></li>`;
}
