import { capitalised, formatList, withinSentence } from '../cards/format.ts';
import type { EvidenceEntry, EvidenceGroup } from './evidence-entries.ts';
import type { LimitRow } from './limit-rows.ts';
import { blocks, bullets, escaped, link, paragraph, quote, statementLines, table } from './markdown.ts';
import type { CaseLine } from './rule-cases.ts';
import type { Family, ModuleFacts, RuleLink, RulePage } from './rule-page.ts';
import { introduced } from './statement.ts';

/** The page of a rule as Markdown. */
export function ruleMarkdown(page: RulePage): string {
  return `${blocks(
    `# ${page.title}`,
    head(page),
    '## When it fires',
    statementLines(introduced('It fires when', page.fires, 'certain')),
    paragraph('A value that could lie on either side of a limit, or that is not known, leaves the rule open.'),
    page.unless && blocks('### When it is taken back', unlessText(page)),
    page.groups.length > 0 ? blocks('### Which drugs are meant', groupsText(page)) : '',
    page.scores.length > 0 ? blocks('### Which scores are used', scoresText(page)) : '',
    '### Of whom the service speaks at all',
    concernsText(page),
    '## Limits',
    limitsText(page.limits),
    '## What the card says',
    cardText(page),
    '## Evidence',
    evidenceText(page.evidence),
    '## Cases',
    casesText(page),
    '## When data are missing',
    missingText(page),
    '## Beside other rules',
    familyText(page.family),
    '## Known gaps',
    paragraph(page.knownGaps ?? 'None are described.'),
  )}\n`;
}

export function knowledgeText({ evidencePack }: ModuleFacts): string {
  return `evidence pack of ${evidencePack}`;
}

export function ownerText({ clinicalOwner, signOff }: ModuleFacts): string {
  return [`${clinicalOwner}.`, signOff].filter((part) => part !== undefined).join(' ');
}

export function ruleLink({ id, ref, title, indicator }: RuleLink): string {
  return `${link(title, `${id}.md`)} (${ref}, ${indicator})`;
}

function head(page: RulePage): string {
  return table(
    ['Rule', `${page.ref}, \`${page.id}\``],
    [
      ['Version', `${page.version}, ${page.status}: ${page.statusMeans}`],
      ['Card', `**${page.indicator}**, under “${page.topic}”`],
      ['Knowledge', `${page.module.title}, ${knowledgeText(page.module)}`],
      ['Clinical owner', ownerText(page.module)],
    ],
  );
}

/** The same for every rule of the module. */
export function concernsText({ concerns, concernsNot }: Pick<RulePage, 'concerns' | 'concernsNot'>): string {
  return blocks(
    statementLines(introduced('No rule is looked at unless', concerns, 'at least possible')),
    concernsNot && statementLines(introduced('And none is looked at when', concernsNot, 'certain')),
  );
}

function unlessText({ unless }: RulePage): string {
  return blocks(
    unless && statementLines(introduced('The rule does not fire when', unless, 'certain')),
    paragraph('As long as that is only possible, or could not be checked, the rule stays.'),
  );
}

function scoresText({ scores }: RulePage): string {
  return bullets(
    scores.map(({ title, from, sources }) => {
      const parts = formatList(from.map(withinSentence));
      return `${title}, from ${parts}. ${sources.map(entryText).join(' ')}`;
    }),
  );
}

function groupsText({ groups }: RulePage): string {
  return bullets(groups.map(({ title, orders }) => `${capitalised(title)}: ${formatList(orders, 'or')}.`));
}

function limitsText(limits: readonly LimitRow[]): string {
  const rows = limits.map(({ means, value, earlier, source, locator, from, reviewedOn, own }) => [
    own ? means : `${means} (to read the data)`,
    [`**${value}**`, ...earlier.map((one) => `before: ${one}`)].join('; '),
    [source && sourceText(source), locator].filter((part) => part !== undefined).join('; '),
    from,
    reviewedOn,
  ]);
  if (rows.length === 0) return paragraph('The rule compares with no number.');
  return table(['what', 'value', 'source', 'in force from', 'last reviewed'], rows);
}

function cardText({ card, indicator }: RulePage): string {
  const { summary, brief, detail, finding, example, options, suggestions, overrideReasons } = card;
  return blocks(
    paragraph('«…» stands for what differs from patient to patient.'),
    quote(`**${indicator}** · ${summary}\n\n${detail}`),
    paragraph(
      `When it leads a card of several findings, it says: ${brief ?? 'the same, if there is room'}`.replace(
        /(?<![.?!])$/,
        '.',
      ),
    ),
    paragraph(`Where another finding leads, it is listed as: ${finding}.`),
    example && paragraph(`In the case “${example.of}” the service writes:`),
    example && quote(`${example.summary}\n\n${example.detail}`),
    options.length > 0 ? blocks('**Options it names**', bullets(options)) : paragraph('It names no options.'),
    suggestions.length > 0
      ? blocks('**What it offers to do**', bullets(suggestions))
      : paragraph('It offers to do nothing.'),
    overrideReasons.length > 0
      ? blocks('**Reasons it offers for going on**', bullets(overrideReasons), paragraph('No reason is ever required.'))
      : paragraph('It offers no reasons for going on.'),
  );
}

function evidenceText(groups: readonly EvidenceGroup[]): string {
  if (groups.length === 0) return paragraph('No source is printed on this card.');
  return blocks(
    ...groups.flatMap(({ heading, stance, entries }) => [
      stance === 'context' && groups.length === 1 ? '' : `### ${heading}`,
      entries.length > 0 ? bullets(entries.map(entryText)) : paragraph('None in the evidence pack.'),
    ]),
  );
}

function entryText(entry: EvidenceEntry): string {
  const { says, verification, lastChecked, locator } = entry;
  const place = locator === undefined ? '' : `, ${locator}`;
  return `${says} Source: ${sourceText(entry)}${place}; ${verification}, last checked ${lastChecked}.`;
}

function sourceText({ title, href }: EvidenceEntry): string {
  return href === undefined ? title : link(title, href);
}

function casesText({ cases, baseline }: RulePage): string {
  const { fires, undetermined, doesNotFire, further } = cases;
  const like = further === 1 ? 'case like these is' : 'cases like these are';
  return blocks(
    paragraph(
      `A case says what differs from this patient: ${baseline}. Of a fact that neither names nothing is recorded.`,
    ),
    '### It fires',
    caseLines(fires),
    '### It does not fire',
    caseLines(doesNotFire),
    further > 0 ? paragraph(`${further} further ${like} not listed.`) : '',
    '### It stays open',
    caseLines(undetermined),
  );
}

function caseLines(lines: readonly CaseLine[]): string {
  return lines.length === 0
    ? paragraph('No case yet.')
    : bullets(lines.map(({ name, said }) => `**${name}.** ${said}`));
}

function missingText({ asks, data }: RulePage): string {
  const rows = data.map(({ title, usedFor, from, age, absence, asked }) => [title, usedFor, from, age, absence, asked]);
  const found = data.flatMap(({ title, recognised }) => (recognised ? [`**${title}.** ${escaped(recognised)}`] : []));
  const open = asks
    ? 'When the record leaves the rule open, no card claims it. What is missing is asked for, but only when it could change the indicator of a card.'
    : 'When the record leaves the rule open, the rule is silent and asks for nothing. If the record holds a value that does not decide it, any other card of the call says so in one line.';
  return blocks(
    paragraph(open),
    paragraph(
      'What could not be read (not sent, no access, server failed) is not known, also where the absence of a record is read as “no”.',
    ),
    rows.length === 0
      ? paragraph('The rule looks at the orders of the call only.')
      : table(['data', 'used for', 'read from', 'how old it may be', 'when nothing is recorded', 'asked for'], rows),
    found.length > 0 ? blocks('### By what the data are recognised', bullets(found)) : '',
  );
}

function familyText({ name, supersedes, givesWayTo }: Family): string {
  if (supersedes.length + givesWayTo.length === 0)
    return paragraph('It is alone in its family: no other rule supersedes it, and it supersedes none.');
  const list = (title: string, rules: readonly RuleLink[]) =>
    rules.length === 0 ? '' : blocks(title, bullets(rules.map(ruleLink)));
  return blocks(
    paragraph(`Of the rules of its family, \`${name}\`, only the worst that fired is printed.`),
    list('It is printed instead of:', supersedes),
    list('It gives way to:', givesWayTo),
  );
}
