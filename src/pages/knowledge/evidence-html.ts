import type { CatalogueEvidence } from '../../knowledge/evidence-catalogue.ts';
import { headings } from '../../knowledge/evidence-entries.ts';
import { type Html, html } from '../html.ts';
import { frame, rulesList, scrolling } from './frame.ts';

const stances = ['against', 'for', 'context'] as const;

/** Every source, by what it speaks for, with how far it was checked. */
export function evidenceHtml(sources: readonly CatalogueEvidence[], evidencePack: string): Html {
  return frame(
    '/knowledge/evidence',
    html`<h1>Evidence</h1>
<p class="lead">Every source the rules, limits and scores rest on: what it says, and how far that was checked. Evidence pack of ${evidencePack}, ${sources.length} sources.</p>
${stances.map((stance) => {
  const ofStance = sources.filter((one) => one.stance === stance);
  return html`<section><h2 id="${stance}"><a class="anchor" href="#${stance}">${headings[stance]}</a></h2>
${evidenceTable(headings[stance], ofStance)}</section>\n`;
})}`,
  );
}

function evidenceTable(name: string, sources: readonly CatalogueEvidence[]): Html {
  return scrolling(
    `Evidence: ${name}`,
    html`<table class="evidence stacked">
<thead><tr><th scope="col">source</th><th scope="col">says</th><th scope="col">verification</th><th scope="col">last checked</th><th scope="col">used by</th></tr></thead>
<tbody>${sources.map(evidenceRow)}</tbody></table>`,
  );
}

function evidenceRow(source: CatalogueEvidence): Html {
  const { key, title, href, locator, says, verification, lastChecked, usedBy } = source;
  return html`<tr id="${key}">
<th scope="row">${href === undefined ? title : html`<a href="${href}">${title}</a>`}${locator && html`<div class="quiet">${locator}</div>`}<div><a class="anchor" href="#${key}"><code>${key}</code></a></div></th>
<td class="says" data-label="says">${says}</td><td class="verification" data-label="verification">${verification}</td>
<td class="date" data-label="last checked">${lastChecked}</td><td data-label="used by">${rulesList(usedBy)}</td>
</tr>\n`;
}
