import type { CatalogueLimit } from '../../knowledge/limit-catalogue.ts';
import { type Html, html } from '../html.ts';
import { frame, rulesList, scrolling } from './frame.ts';

/** Every number in force, and after it what is shipped where the hospital has set another. */
export function limitsHtml(limits: readonly CatalogueLimit[], day: string, site: string | undefined): Html {
  const changed = limits.filter(({ local }) => local !== undefined);
  return frame(
    '/knowledge/limits',
    html`<h1>Limits and windows</h1>
<p class="lead">The ${limits.length} numbers by which the rules compare and the record is read, as in force on ${day}.</p>
${
  site &&
  html`<section><h2 id="local"><a class="anchor" href="#local">Set by ${site}</a></h2>
${changed.length > 0 ? limitsTable('Limits set here', changed, site) : html`<p>The local policy sets none.</p>`}</section>
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
  const head = ['limit', ...valueHeads(site), 'source', 'from', 'reviewed', 'used by'];
  return scrolling(
    name,
    html`<table class="limits stacked">
<thead><tr>${head.map((title) => html`<th scope="col">${title}</th>`)}</tr></thead>
<tbody>${limits.map((limit) => limitRow(limit, site, anchored))}</tbody></table>`,
  );
}

function valueHeads(site: string | undefined): readonly string[] {
  return site === undefined ? ['shipped'] : [`in force at ${site}`, 'shipped'];
}

/** Where the window is narrow the cells stand under each other, each with its `data-label`. */
function limitRow(limit: CatalogueLimit, site: string | undefined, anchored: boolean): Html {
  const { id, means, source, locator, from, reviewedOn, fixed, usedBy } = limit;
  const name = anchored
    ? html`<a class="anchor" href="#${id}"><code>${id}</code></a>`
    : html`<a href="#${id}"><code>${id}</code></a>`;
  const values = site === undefined ? [shippedValue(limit)] : [valueInForce(limit), baseOf(limit)];
  const labels = valueHeads(site);
  return html`<tr${anchored ? html` id="${id}"` : undefined}>
<th scope="row">${means}<div>${name}</div></th>
${values.map((value, at) => html`<td class="value" data-label="${labels[at]}"><div>${value}</div></td>\n`)}
<td class="source" data-label="source"><div>${source && html`<a href="/knowledge/evidence#${source.key}">${source.title}</a>`}${locator && html`<div class="quiet">${locator}</div>`}${fixed && html`<div class="quiet">Fixed: ${fixed}</div>`}</div></td>
<td class="date" data-label="from">${from}</td><td class="date" data-label="reviewed">${reviewedOn}</td><td data-label="used by">${rulesList(usedBy)}</td>
</tr>\n`;
}

function valueInForce(limit: CatalogueLimit): Html {
  if (limit.local === undefined) return shippedValue(limit);
  const { value, entry } = limit.local;
  const until = entry?.until === undefined ? '' : ` until ${entry.until}`;
  return html`<strong>${value}</strong>${entry && html`<div class="quiet">${entry.approvedBy}, since ${entry.from}${until}</div>`}`;
}

function shippedValue({ shipped }: CatalogueLimit): Html {
  return shipped === undefined ? html`<span class="quiet">none</span>` : html`<strong>${shipped}</strong>`;
}

/** What is not in force any more is quiet. */
function baseOf({ shipped, local }: CatalogueLimit): Html {
  if (local === undefined) return html`<span class="quiet">the same</span>`;
  return html`<span class="quiet">${shipped ?? 'none'}</span>`;
}
