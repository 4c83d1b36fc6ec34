import type { CatalogueCode, CatalogueCodes } from '../../knowledge/code-catalogue.ts';
import { codeSystems } from '../../terminology/code-systems.ts';
import { type Html, html } from '../html.ts';
import { frame, localBadge, scrolling } from './frame.ts';

/** Every value set with its codes, and what reads it: folded, since there are many. */
export function valueSetsHtml(sets: readonly CatalogueCodes[]): Html {
  const count = sets.reduce((sum, { codes }) => sum + codes.length, 0);
  return frame(
    '/knowledge/value-sets',
    html`<h1>Value sets</h1>
<p class="lead">The codes by which orders and records are recognised: ${count} in ${sets.length} value sets. The terminologies have terms of their own.</p>
${sets.map(setHtml)}`,
  );
}

function setHtml({ id, title, description, url, version, codes, patterns, excluded, namedBy }: CatalogueCodes): Html {
  // The address leads into what is folded, so that browsers unfold it.
  return html`<details class="value-set">
<summary><h2>${title}</h2> <span class="quiet">${counted(codes.length)}${codes.some(({ local }) => local) ? html` ${localBadge()}` : undefined}</span></summary>
<div id="${id}">
<p class="quiet"><a class="anchor" href="#${id}"><code>${url}</code></a>${version && html` · version ${version}`}</p>
${description && html`<p>${description}</p>`}
${namedBy.length > 0 ? html`<p>Read for: ${namedBy.join(', ')}.</p>` : undefined}
${codes.length > 0 ? codesTable(`Codes: ${title}`, codes) : undefined}
${patterns.length > 0 ? html`<p>By their form: ${patterns.map(({ system, form }) => html`<code>${form}</code> of ${systemName(system)} `)}</p>` : undefined}
${excluded.length > 0 ? html`<h3>Never</h3>${codesTable(`Excluded codes: ${title}`, excluded)}` : undefined}
</div>
</details>\n`;
}

function counted(codes: number): string {
  return codes === 1 ? '1 code' : `${codes} codes`;
}

function codesTable(name: string, codes: readonly CatalogueCode[]): Html {
  const hasGrades = codes.some(({ ordinal }) => ordinal !== undefined);
  const row = ({ system, code, display, ordinal, local }: CatalogueCode) => html`<tr>
<td>${systemName(system)}</td><td><code>${code}</code></td><td>${display ?? html`<span class="quiet">no name given</span>`}${local ? html` ${localBadge()}` : undefined}</td>
${hasGrades ? html`<td class="number">${ordinal}</td>` : undefined}
</tr>\n`;
  return scrolling(
    name,
    html`<table class="codes">
<thead><tr><th scope="col">system</th><th scope="col">code</th><th scope="col">name</th>${hasGrades ? html`<th scope="col">grade</th>` : undefined}</tr></thead>
<tbody>${codes.map(row)}</tbody></table>`,
  );
}

const systemNames: Readonly<Record<string, string>> = {
  [codeSystems.snomed]: 'SNOMED CT',
  [codeSystems.loinc]: 'LOINC',
  [codeSystems.rxnorm]: 'RxNorm',
  [codeSystems.icd10cm]: 'ICD-10-CM',
  [codeSystems.icd10]: 'ICD-10',
  [codeSystems.icd10pcs]: 'ICD-10-PCS',
  [codeSystems.cpt]: 'CPT',
  [codeSystems.hcpcs]: 'HCPCS',
  [codeSystems.ndc]: 'NDC',
  [codeSystems.atc]: 'ATC',
  [codeSystems.ncit]: 'NCIt',
  [codeSystems.icdO3]: 'ICD-O-3',
  [codeSystems.radlex]: 'RadLex',
  [codeSystems.mddid]: 'Medi-Span MDDID',
  [codeSystems.mgpi]: 'Medi-Span GPI',
};

function systemName(system: string): string {
  return systemNames[system] ?? system;
}
