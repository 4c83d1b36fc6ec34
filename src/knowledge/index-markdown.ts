import { capitalised, formatList, withinSentence } from '../cards/format.ts';
import type { GapsText, IndexPage, IndexRow } from './index-page.ts';
import { blocks, link, paragraph, statementLines, table } from './markdown.ts';
import { concernsText, knowledgeText, ownerText } from './rule-markdown.ts';
import { introduced } from './statement.ts';

/** The list of all rules as Markdown. */
export function indexMarkdown(page: IndexPage): string {
  const { module, topics, gaps } = page;
  return `${blocks(
    `# The rules: ${module.title}`,
    paragraph(
      `One page for each rule, for those who review it clinically: condition, limits, wording, evidence, cases, missing data. The pages are written by \`npm run rule-docs\` from the files under \`hooks/\`; to change a rule, change those.`,
    ),
    paragraph(`Knowledge: ${knowledgeText(module)}. Clinical owner: ${ownerText(module)}`),
    '## How to read a page',
    readingText(page),
    '## Of whom the service speaks',
    concernsText(page),
    ...topics.flatMap(({ title, rules }) => [`## ${title}`, ruleTable(rules)]),
    `## Missing information (${gaps.ref}, version ${gaps.version})`,
    gapsText(gaps),
    '## The baseline patient of the cases',
    baselineText(page),
  )}\n`;
}

/** What holds for every page. */
export function readingText({ disease }: IndexPage): string {
  return blocks(
    paragraph(
      `“Ordered” means selected or signed in the call that is answered, for ${disease} unless the page says otherwise. “Among the orders of the session” also counts drafts that are not selected, whatever they are for.`,
    ),
    paragraph(
      'A rule fires when its condition is certainly true. When the record does not decide it, it stays open: nothing is claimed, and what is missing is asked for only where the page says so.',
    ),
    paragraph(
      'Of the rules of one family only the worst that fired is printed. Findings of one topic share a card. No order is ever blocked.',
    ),
  );
}

export function baselineText({ baseline, cases }: IndexPage): string {
  return paragraph(`${capitalised(baseline)}. Each of the ${cases} cases says what differs from this patient.`);
}

function ruleTable(rules: readonly IndexRow[]): string {
  return table(
    ['number', 'rule', 'indicator', 'when the record leaves it open', 'version', 'status'],
    rules.map(({ id, ref, title, indicator, asks, version, status }) => [
      ref,
      link(title, `${id}.md`),
      indicator,
      asks ? 'asks' : 'silent',
      String(version),
      status,
    ]),
  );
}

export function gapsText({ tests, bedside, reason, pending }: GapsText): string {
  return blocks(
    paragraph(
      `${capitalised(formatList(tests.map(withinSentence)))} can be ordered: a card asks for them when a result could change the indicator of a card. A test that was ordered within ${pending} is awaited and not asked for again.`,
    ),
    paragraph(
      `${capitalised(formatList(bedside.map(withinSentence)))} can only be looked at: they are asked for when the record gives a reason to, and stand in the detail of a card that is shown anyway.`,
    ),
    statementLines(introduced('There is a reason when', reason, 'certain')),
  );
}
