import { basename } from 'node:path';
import { clients, type Expected, quirksOf } from '../../quirks/read-quirks.ts';
import type { Mutation } from './mutations.ts';
import type { NamedTest } from './named-tests.ts';
import { type Part, type Requirement, whyUntested } from './requirements.ts';

const statusOf = {
  unused: 'not used',
  client: 'concerns the client',
  elsewhere: 'not in the program',
  departure: '**otherwise**',
} as const;

/** docs/conformance.md: a table for each part of the standard. */
export function conformancePage(
  parts: readonly Part[],
  tests: readonly NamedTest[],
  mutations: readonly Mutation[],
): string {
  const proven = new Set(mutations.flatMap(({ breaks }) => breaks));
  const tables = parts.map((part) => tableOf(part, tests, proven));
  return [introduction(parts, tests, proven), ...tables, quirksTable()].join('\n\n').concat('\n');
}

function introduction(parts: readonly Part[], tests: readonly NamedTest[], proven: ReadonlySet<string>): string {
  const requirements = parts.flatMap((part) => part.requirements);
  const tested = new Set(tests.flatMap(({ ids }) => ids));
  const figures = `${requirements.length} requirements: ${tested.size} are tested, ${proven.size} of them proven; ${tests.length} tests`;
  return `# Conformance to CDS Hooks

<!-- Written by \`npm run conformance-docs\`, from test/conformance/standard/requirements.yaml and the tests. -->

What CDS Hooks 2.0, 2.0.1 and 3.0 demand of a CDS Service, and which test holds this one to it.

${figures}.

The ids are ours. \`advice\` is what the standard says in lower case or by example, \`ours\` what it leaves open. The
section is a heading of [CDS Hooks 3.0](https://cds-hooks.hl7.org) unless another document is named.

| status              | means                                                                                                 |
| ------------------- | ----------------------------------------------------------------------------------------------------- |
| proven              | the tests hold, and each of them fails when a behaviour is switched off ([mutations][mutations])       |
| tested              | the tests hold                                                                                        |
| not used            | a feature of which no use is made                                                                     |
| concerns the client | nothing that a service could do                                                                       |
| not in the program  | to be done where the service is run                                                                   |
| **otherwise**       | the service does otherwise, and says why                                                              |

[mutations]: ../test/conformance/standard/mutations.yaml`;
}

function tableOf(part: Part, tests: readonly NamedTest[], proven: ReadonlySet<string>): string {
  const rows = part.requirements.map((one) => rowOf(one, part, tests, proven));
  const heading = '| id | requirement | level | section | test | status |';
  return [`## ${part.part}`, '', heading, '| --- | --- | --- | --- | --- | --- |', ...rows].join('\n');
}

function rowOf(requirement: Requirement, part: Part, tests: readonly NamedTest[], proven: ReadonlySet<string>): string {
  const { id, says, level, since, source, section, invariant } = requirement;
  const named = tests.filter(({ ids }) => ids.includes(id));
  const { untested, reason = '' } = whyUntested(requirement, part);
  const status = named.length === 0 && untested ? statusOf[untested] : proven.has(id) ? 'proven' : 'tested';
  const evidence = named.length > 0 ? named.map(linked).join('<br>') : reason;
  const strength = since === '1.0' ? level : `${level}, ≥ ${since}`;
  const place = [source === 'CDS Hooks' ? section : `${source}: ${section}`, ...(invariant ? [invariant] : [])];
  const cells = [id, says, strength, place.join('; '), evidence, status];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** What clients send that differs from the standard, and what they are answered. */
function quirksTable(): string {
  const heading = `## Quirks of clients

Each row is a [made-up request](../test/quirks), in a form that documents of such a client or recorded requests show.
"As usual" means: the cards of the same request in the form of the standard, word for word.

| client | it … | answer |
| --- | --- | --- |`;
  const rows = clients().flatMap((client) =>
    quirksOf(client).map(({ about, expected }) => `| ${client} | ${about} | ${inWords(expected)} |`),
  );
  return [heading, ...rows].join('\n');
}

function inWords({ status, cards, cardsOf, at = [], services, kept }: Expected): string {
  if (cardsOf !== undefined) return 'as usual';
  if (kept !== undefined) return `200, ${kept.length} outcomes are kept`;
  if (services !== undefined) return `200, ${services.length} services`;
  if (cards === undefined) return [status, ...at.map((place) => `\`${place}\``)].join(', ');
  return cards.length === 0
    ? 'no card'
    : cards.map(({ indicator, summary }) => `${indicator}: ${summary}`).join('<br>');
}

/** A title is read as text: what looks like Markdown in it is none. */
function linked({ file, title }: NamedTest): string {
  const text = title.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>{}#]/g, '\\$&');
  return `${text} ([${basename(file)}](../${file}))`;
}
