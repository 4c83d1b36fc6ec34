import type { CasesFile } from '../definitions/cases.ts';
import type { Definitions } from '../definitions/definitions.ts';
import { indexMarkdown } from './index-markdown.ts';
import { indexPage } from './index-page.ts';
import { ruleMarkdown } from './rule-markdown.ts';
import { rulePage } from './rule-page.ts';

/** Every page about the rules, by file name. The same definitions give the same pages, on any day. */
export function markdownPages(definitions: Definitions, cases: CasesFile): ReadonlyMap<string, string> {
  const rules = definitions.rules.map((rule): [string, string] => [
    `${rule.id}.md`,
    ruleMarkdown(rulePage(rule, cases, definitions)),
  ]);
  return new Map([['README.md', indexMarkdown(indexPage(cases, definitions))], ...rules]);
}
