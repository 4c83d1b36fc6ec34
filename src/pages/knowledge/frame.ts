import type { PolicyLine } from '../../knowledge/policy-lines.ts';
import type { RuleLink } from '../../knowledge/rule-page.ts';
import { type Html, html } from '../html.ts';

/** What all pages about the knowledge share. */

const parts = [
  ['/knowledge', 'Rules'],
  ['/knowledge/limits', 'Limits'],
  ['/knowledge/evidence', 'Evidence'],
  ['/knowledge/value-sets', 'Value sets'],
] as const;

/** A page about the knowledge: its parts, then what this one is about. */
export function frame(path: (typeof parts)[number][0], content: Html): Html {
  const item = ([href, title]: (typeof parts)[number]) =>
    href === path
      ? html`<li><a href="${href}" aria-current="true">${title}</a></li>`
      : html`<li><a href="${href}">${title}</a></li>`;
  return html`<nav class="parts" aria-label="Knowledge"><ul>${parts.map(item)}</ul></nav>
<div class="knowledge">
${content}
</div>`;
}

export function ruleHref(id: string): string {
  return `/knowledge/rules/${id}`;
}

const marks = { info: 'i', warning: '!', critical: '‼' } as const;

/** The indicator in words, with a sign and a colour. */
export function indicatorBadge(indicator: string): Html {
  const mark = marks[indicator as keyof typeof marks] ?? '';
  return html`<span class="badge ${indicator}"><span aria-hidden="true">${mark}</span> ${indicator}</span>`;
}

/** Only what is out of the ordinary: a rule that is not active. */
export function statusBadge(status: string): Html {
  return status === 'active' ? html`active` : html`<span class="badge status">${status}</span>`;
}

export function localBadge(): Html {
  return html`<span class="badge local">local policy</span>`;
}

/** The rules that use something; many of them are folded. */
export function rulesList(rules: readonly RuleLink[]): Html {
  const links = html`<ul class="rule-links">${rules.map(
    ({ id, title }) => html`<li><a href="${ruleHref(id)}">${title}</a></li>\n`,
  )}</ul>`;
  if (rules.length === 0) return html`<span class="quiet">no rule</span>`;
  return rules.length === 1 ? links : html`<details><summary>${rules.length} rules</summary>${links}</details>`;
}

/** A table that scrolls by itself where it is wider than the screen. */
export function scrolling(name: string, table: Html): Html {
  return html`<div class="table-scroll" role="region" aria-label="${name}" tabindex="0">${table}</div>\n`;
}

/** Who approved what of the hospital's policy, why, and for which days. */
export function policyTable(lines: readonly PolicyLine[]): Html {
  const row = ({ name, says, reason, approvedBy, from, until, state }: PolicyLine) => html`<tr>
<th scope="row"><code>${name}</code>${says.map((one) => html`<div>${one}</div>`)}</th>
<td data-label="reason">${reason}</td><td data-label="approved by">${approvedBy}</td><td class="date" data-label="from">${from}</td>
<td class="date" data-label="until">${until ?? 'for good'}</td><td data-label="state">${state}</td>
</tr>\n`;
  return scrolling(
    'Entries of the local policy',
    html`<table class="stacked">
<thead><tr><th scope="col">entry</th><th scope="col">reason</th><th scope="col">approved by</th><th scope="col">from</th><th scope="col">until</th><th scope="col">state</th></tr></thead>
<tbody>${lines.map(row)}</tbody></table>`,
  );
}
