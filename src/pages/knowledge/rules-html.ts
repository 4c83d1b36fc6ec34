import { baselineText, gapsText, readingText } from '../../knowledge/index-markdown.ts';
import type { IndexPage, IndexRow } from '../../knowledge/index-page.ts';
import type { PolicyLine } from '../../knowledge/policy-lines.ts';
import { concernsText, ownerText } from '../../knowledge/rule-markdown.ts';
import { type Html, html } from '../html.ts';
import type { Edition } from '../shell.ts';
import { frame, indicatorBadge, localBadge, policyTable, ruleHref, scrolling, statusBadge } from './frame.ts';
import { anchorOf, markdownHtml } from './markdown-html.ts';

export interface RulesIndex {
  readonly page: IndexPage;
  readonly edition: Edition;
  /** The hospital whose policy is in force, with its entries. */
  readonly site?: { readonly name: string; readonly policy: readonly PolicyLine[] };
}

/** All rules by topic, with the edition, the local policy, and what holds for all of them. */
export function rulesHtml({ page, edition, site }: RulesIndex): Html {
  const { topics, gaps } = page;
  return frame(
    '/knowledge',
    html`<h1>The knowledge behind the cards</h1>
<p class="lead">${page.module.title}: what the service says, when, and on what grounds. Written from the files it runs on.</p>
${editionList(page, edition, site?.name)}
${topics.map(
  ({ title, rules }) => html`<section aria-labelledby="${anchorOf(title)}">
<h2 id="${anchorOf(title)}"><a class="anchor" href="#${anchorOf(title)}">${title}</a></h2>
${rulesTable(title, rules)}</section>\n`,
)}
<section class="prose">
<h2 id="missing-information"><a class="anchor" href="#missing-information">Missing information</a></h2>
<p class="quiet">${gaps.ref}, version ${gaps.version}</p>
${markdownHtml(gapsText(gaps))}
<h2 id="reading"><a class="anchor" href="#reading">How to read a rule</a></h2>
${markdownHtml(readingText(page))}
<h2 id="concerns"><a class="anchor" href="#concerns">Of whom the service speaks</a></h2>
${markdownHtml(concernsText(page))}
<h2 id="baseline"><a class="anchor" href="#baseline">The baseline patient of the cases</a></h2>
${markdownHtml(baselineText(page))}
</section>
${
  site &&
  html`<section><h2 id="local-policy"><a class="anchor" href="#local-policy">Local policy of ${site.name}</a></h2>
${policyTable(site.policy)}</section>`
}`,
  );
}

function editionList({ module, topics }: IndexPage, { version, hash }: Edition, site: string | undefined): Html {
  const count = topics.flatMap(({ rules }) => rules).length;
  return html`<dl class="edition">
<div><dt>Evidence pack</dt><dd>${module.evidencePack}</dd></div>
<div><dt>Rules</dt><dd>${count}</dd></div>
<div><dt>Version</dt><dd>${version}</dd></div>
<div><dt>Knowledge</dt><dd><code>${hash}</code></dd></div>
<div class="wide"><dt>Clinical owner</dt><dd>${ownerText(module)}</dd></div>
${site && html`<div class="wide"><dt>Local policy</dt><dd><a href="#local-policy">${site}</a></dd></div>`}
</dl>`;
}

function rulesTable(topic: string, rules: readonly IndexRow[]): Html {
  const row = ({ id, ref, title, indicator, asks, version, status, local }: IndexRow) => html`<tr id="${id}">
<td class="ref">${ref}</td>
<th scope="row"><a href="${ruleHref(id)}">${title}</a>${local ? html` ${localBadge()}` : undefined}</th>
<td data-label="indicator">${indicatorBadge(indicator)}</td><td data-label="when open">${asks ? 'asks' : 'silent'}</td>
<td class="number" data-label="version">${version}</td><td data-label="status">${statusBadge(status)}</td>
</tr>\n`;
  return scrolling(
    `Rules: ${topic}`,
    html`<table class="rules stacked">
<thead><tr><th scope="col">number</th><th scope="col">rule</th><th scope="col">indicator</th><th scope="col">when open</th><th scope="col">version</th><th scope="col">status</th></tr></thead>
<tbody>${rules.map(row)}</tbody></table>`,
  );
}
