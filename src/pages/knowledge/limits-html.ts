import type { CatalogueLimit } from '../../knowledge/limit-catalogue.ts';
import { type Html, html } from '../html.ts';
import { frame, rulesList, scrolling } from './frame.ts';

/** Every number in force, and beside it what is shipped where the hospital has set another. */
export function limitsHtml(limits: readonly CatalogueLimit[], day: string, site: string | undefined): Html {
  const changed = limits.filter(({ local }) => local !== undefined);
  return frame(
    '/knowledge/limits',
    html`<h1>Limits and windows</h1>
<p class="lead">The ${limits.length} numbers by which the rules compare and the record is read, as in force on ${day}.</p>
${
  site &&
  html`<h2 id="local"><a class="anchor" href="#local">Set by ${site}</a></h2>
${changed.length > 0 ? limitsTable('Limits set here', changed, site) : html`<p>The local policy sets none.</p>`}
<h2 id="all"><a class="anchor" href="#all">All limits</a></h2>`
}
${limitsTable('All limits', limits, site, true)}`,
  );
}

/** @param anchored whether its rows can be linked: of two tables on a page only one */
function limitsTable(
  name: string,
  limits: readonly CatalogueLimit[],
  site: string | undefined,
  anchored = false,
): Html {
  const head = ['limit', 'shipped', ...(site ? [`at ${site}`] : []), 'source', 'from', 'reviewed', 'used by'];
  return scrolling(
    name,
    html`<table class="limits">
<thead><tr>${head.map((title) => html`<th scope="col">${title}</th>`)}</tr></thead>
<tbody>${limits.map((limit) => limitRow(limit, site !== undefined, anchored))}</tbody></table>`,
  );
}

function limitRow(limit: CatalogueLimit, hasSite: boolean, anchored: boolean): Html {
  const { id, means, shipped, local, source, locator, from, reviewedOn, fixed, usedBy } = limit;
  const name = anchored
    ? html`<a class="anchor" href="#${id}"><code>${id}</code></a>`
    : html`<a href="#${id}"><code>${id}</code></a>`;
  return html`<tr${anchored ? html` id="${id}"` : undefined}>
<th scope="row">${means}<div>${name}</div></th>
<td class="value">${shipped === undefined ? html`<span class="quiet">none</span>` : local ? html`${shipped}` : html`<strong>${shipped}</strong>`}</td>
${hasSite ? html`<td class="value">${localValue(limit)}</td>` : undefined}
<td class="source">${source && html`<a href="/knowledge/evidence#${source.key}">${source.title}</a>`}${locator && html`<div class="quiet">${locator}</div>`}${fixed && html`<div class="quiet">Fixed: ${fixed}</div>`}</td>
<td class="date">${from}</td><td class="date">${reviewedOn}</td><td>${rulesList(usedBy)}</td>
</tr>\n`;
}

function localValue({ local }: CatalogueLimit): Html {
  if (local === undefined) return html`<span class="quiet">as shipped</span>`;
  const { value, entry } = local;
  const until = entry?.until === undefined ? '' : ` until ${entry.until}`;
  return html`<strong>${value}</strong>${entry && html`<div class="quiet">${entry.approvedBy}, since ${entry.from}${until}</div>`}`;
}
