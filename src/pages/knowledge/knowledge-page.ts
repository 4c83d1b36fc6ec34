import type { CasesFile } from '../../definitions/cases.ts';
import { dayAt } from '../../definitions/day.ts';
import { type Definitions, definitionsAt } from '../../definitions/definitions.ts';
import { codeCatalogue } from '../../knowledge/code-catalogue.ts';
import { evidenceCatalogue } from '../../knowledge/evidence-catalogue.ts';
import { indexPage } from '../../knowledge/index-page.ts';
import { limitCatalogue } from '../../knowledge/limit-catalogue.ts';
import { policyBehind, policyLines } from '../../knowledge/policy-lines.ts';
import { rulePage } from '../../knowledge/rule-page.ts';
import type { Content, FurtherAddress, ServedPage } from '../create-pages.ts';
import type { Edition } from '../shell.ts';
import { evidenceHtml } from './evidence-html.ts';
import { limitsHtml } from './limits-html.ts';
import { ruleHtml } from './rule-html.ts';
import { rulesHtml } from './rules-html.ts';
import { valueSetsHtml } from './value-sets-html.ts';

export interface KnowledgeParts {
  /** What is in force, and what will be. */
  readonly definitions: Definitions;
  /** The module without the hospital's policy. */
  readonly shipped: Definitions;
  /** Of the module, and of the hospital's own rules. */
  readonly cases: CasesFile;
  readonly siteCases?: CasesFile;
  readonly edition: Edition;
  now(): Date;
}

/** What the service knows, for everybody to read: written from what is in force on the day it is asked. */
export function knowledgePage(parts: KnowledgeParts): ServedPage {
  return {
    name: 'knowledge',
    path: '/knowledge',
    title: 'Knowledge',
    main: () => {
      const { definitions, day } = today(parts);
      const { site } = definitions;
      return rulesHtml({
        page: indexPage(parts.cases, definitions),
        edition: parts.edition,
        ...(site && { site: { name: site.site, policy: policyLines(definitions, day) } }),
      });
    },
    further: [
      { path: '/knowledge/rules/:id', content: ({ params }) => ruleContent(String(params.id), parts) },
      catalogue('/knowledge/limits', 'Limits', () => {
        const { definitions, day } = today(parts);
        return limitsHtml(limitCatalogue(definitions, parts.shipped, day), day, definitions.site?.site);
      }),
      catalogue('/knowledge/evidence', 'Evidence', () => {
        const { definitions } = today(parts);
        return evidenceHtml(evidenceCatalogue(definitions), definitions.service.evidencePack);
      }),
      catalogue('/knowledge/value-sets', 'Value sets', () =>
        valueSetsHtml(codeCatalogue(today(parts).definitions, parts.shipped)),
      ),
      { path: '/knowledge/*rest', content: () => undefined },
    ],
  };
}

function catalogue(path: string, title: string, main: () => Content['main']): FurtherAddress {
  return { path, content: () => ({ title: `${title} · Knowledge`, main: main() }) };
}

function ruleContent(id: string, parts: KnowledgeParts): Content | undefined {
  const { definitions, day } = today(parts);
  const rule = definitions.rules.find((one) => one.id === id);
  if (rule === undefined) return undefined;
  const isOwn = !parts.shipped.rules.some((one) => one.id === id);
  const page = rulePage(rule, (isOwn && parts.siteCases) || parts.cases, definitions);
  return { title: `${rule.title} · Knowledge`, main: ruleHtml(page, policyBehind(rule.local, definitions, day)) };
}

function today({ definitions, now }: KnowledgeParts): { readonly definitions: Definitions; readonly day: string } {
  const inForce = definitionsAt(definitions, now());
  return { definitions: inForce, day: dayAt(now(), inForce.site?.timeZone ?? 'UTC') };
}
