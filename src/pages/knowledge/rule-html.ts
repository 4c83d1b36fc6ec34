import type { PolicyLine } from '../../knowledge/policy-lines.ts';
import { ownerText, ruleMarkdown } from '../../knowledge/rule-markdown.ts';
import type { RulePage } from '../../knowledge/rule-page.ts';
import { type Html, html } from '../html.ts';
import { frame, indicatorBadge, localBadge, policyTable, ruleHref } from './frame.ts';
import { markdownHtml, sectionsOf } from './markdown-html.ts';

/** The page of a rule: what docs/rules says of it, with the hospital's policy where it rests on one. */
export function ruleHtml(page: RulePage, policy: readonly PolicyLine[]): Html {
  const body = withoutHead(ruleMarkdown(page));
  const isLocal = policy.length > 0;
  const sections = [...(isLocal ? [{ anchor: 'local-policy', title: 'Local policy' }] : []), ...sectionsOf(body)];
  return frame(
    '/knowledge',
    html`<div class="with-contents">
<nav class="contents" aria-labelledby="contents"><p id="contents">On this page</p><ul>${sections.map(
      ({ anchor, title }) => html`<li><a href="#${anchor}">${title}</a></li>\n`,
    )}</ul></nav>
<article class="rule ${page.indicator}">
<p class="crumbs"><a href="/knowledge">Rules</a> <span aria-hidden="true">/</span> ${page.topic}</p>
<h1>${page.title}</h1>
<p class="badges">${indicatorBadge(page.indicator)} ${isLocal ? localBadge() : undefined} <span>${page.ref}</span> <code>${page.id}</code></p>
<dl class="edition">
<div><dt>Version</dt><dd>${page.version}</dd></div>
<div><dt>Status</dt><dd>${page.status}: ${page.statusMeans}</dd></div>
<div><dt>Evidence pack</dt><dd>${page.module.evidencePack}</dd></div>
<div class="wide"><dt>Clinical owner</dt><dd>${ownerText(page.module)}</dd></div>
</dl>
${isLocal ? policySection(policy) : undefined}
<div class="prose">
${markdownHtml(body, hrefOf)}
</div>
</article>
</div>`,
  );
}

/** The title and the table under it, which the page says in its own way. */
function withoutHead(markdown: string): string {
  return markdown.slice(markdown.indexOf('\n## ') + 1);
}

function policySection(policy: readonly PolicyLine[]): Html {
  return html`<section><h2 id="local-policy"><a class="anchor" href="#local-policy">Local policy</a></h2>
<p>What follows is the rule as it is in force here. Cases of a shipped rule are those of the module, as it is shipped.</p>
${policyTable(policy)}</section>`;
}

/** The pages of the rules stand beside each other in docs/rules. */
function hrefOf(href: string): string {
  const [, id] = /^([a-z0-9-]+)\.md$/.exec(href) ?? [];
  return id === undefined ? href : ruleHref(id);
}
