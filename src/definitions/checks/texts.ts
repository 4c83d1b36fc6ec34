import { longestSummary } from '../../cds-hooks/card.ts';
import { measures } from '../../measures/index.ts';
import type { Rule } from '../../rules/rule.ts';
import type { Fault } from '../definition-error.ts';
import type { Definitions } from '../definitions.ts';
import { type PlaceholderPart, placeholder } from '../placeholder.ts';
import type { FactDefinition } from '../schemas/facts.ts';
import { ruleFile } from './references.ts';

const longestDetail = 2000;
const longestOption = 200;
/** Where others share the card, it has to say at least that there are some. */
const roomForOthers = ' +9 more.';

/** Texts resolve, fit and can be printed. */
export function checkTexts(definitions: Definitions): readonly Fault[] {
  const { rules, gaps, service, evidence } = definitions;
  const faults: Fault[] = [];
  for (const { id, card, options } of rules) {
    for (const text of [card.finding, card.summary, card.brief ?? '', card.detail])
      faults.push(...placeholdersIn(ruleFile(id), text, definitions));
    faults.push(...tooLong(ruleFile(id), card.summary, definitions), ...unfit(ruleFile(id), card, options));
    faults.push(...tooLong(ruleFile(id), `${card.brief ?? card.summary}${roomForOthers}`, definitions));
  }
  const { laboratory, bedside, unusable, unavailable } = gaps;
  const own = ['tests', 'test', 'findings', 'are', 'reads'];
  for (const { summary, detail } of [laboratory, laboratory.otherwise, bedside, unusable, unavailable]) {
    for (const text of [summary, detail]) faults.push(...placeholdersIn('gaps.yaml', text, definitions, own));
    faults.push(...tooLong('gaps.yaml', summary, definitions));
  }
  for (const { says } of service.notes) faults.push(...placeholdersIn('service.yaml', says, definitions));
  faults.push(...patientViewTexts(definitions));
  for (const [key, { verification }] of Object.entries(evidence)) {
    if (verification === 'unverified')
      faults.push({ file: 'evidence.yaml', message: `${key}: is unverified and can never be printed`, about: key });
  }
  return faults;
}

/** A service of this hook has its texts, and each of them alone fits into the summary. */
function patientViewTexts(definitions: Definitions): readonly Fault[] {
  const { patientView, service } = definitions;
  const file = 'patient-view.yaml';
  if (patientView === undefined) {
    const asks = service.services.some(({ hook }) => hook === 'patient-view');
    return asks ? [{ file: 'service.yaml', message: `services: the hook patient-view needs ${file}` }] : [];
  }
  const texts = [...patientView.lines, ...patientView.due].flatMap(({ says, short = '' }) => [
    ...placeholdersIn(file, says, definitions, ['missing']),
    ...placeholdersIn(file, short, definitions),
    ...tooLong(file, `${patientView.title}: due: ${short}.`, definitions),
  ]);
  const inputs = /\{([a-z0-9-]+)\.inputs\}/g;
  const ofFacts = patientView.lines.flatMap(({ says }) => [...says.matchAll(inputs)].map(([, name = '']) => name));
  return [
    ...texts,
    ...ofFacts
      .filter((name) => !measures.some(({ id }) => id === name))
      .map((name) => ({ file, message: `only a measure has inputs, not '${name}'` })),
  ];
}

function placeholdersIn(
  file: string,
  text: string,
  { facts, groups, thresholds }: Definitions,
  own: readonly string[] = [],
): readonly Fault[] {
  const known = (name: string) =>
    ['order', 'because', 'found', ...own].includes(name) ||
    groups.has(name) ||
    facts.has(name) ||
    name in thresholds ||
    measures.some(({ id }) => id === name);
  const unknown = [...text.matchAll(placeholder)].map(([, name = '']) => name).filter((name) => !known(name));
  const broken = text.replace(placeholder, '').match(/[{}]/)
    ? [{ file, message: `a brace is not part of a placeholder: ${text.slice(0, 60)}` }]
    : [];
  return [...unknown.map((name) => ({ file, message: `placeholder {${name}} is not known`, about: name })), ...broken];
}

/** What a client would cut, break over lines, or take for HTML. */
function unfit(file: string, card: Rule['card'], options: readonly string[]): readonly Fault[] {
  const { finding, summary, detail } = card;
  const fault = (about: string, message: string): Fault => ({ file, message: `${about}: ${message}`, about });
  const long = (text: string, most: number) => `has ${text.length} characters, at most ${most} are possible`;
  const { brief = summary } = card;
  const texts = Object.entries({ finding, summary, brief, detail, options: options.join('\n') });
  return [
    ...(['finding', 'summary'] as const).flatMap((key) =>
      card[key].trim().includes('\n') ? [fault(key, 'must be one line')] : [],
    ),
    // What stands there is escaped text of the record, which has no place in a summary.
    ...Object.entries({ finding, summary, brief }).flatMap(([key, text]) =>
      text.includes('{because}') ? [fault(key, '{because} is for details only')] : [],
    ),
    ...(detail.length > longestDetail ? [fault('detail', long(detail, longestDetail))] : []),
    ...options.flatMap((one) => (one.length > longestOption ? [fault('options', long(one, longestOption))] : [])),
    ...texts.flatMap(([key, text]) => (/<[a-z!/]/i.test(text) ? [fault(key, 'HTML is not possible in a card')] : [])),
  ];
}

function tooLong(file: string, summary: string, definitions: Definitions): readonly Fault[] {
  const { groups, facts, thresholds, service } = definitions;
  const longest = service.longestTexts;
  const filled = summary.replace(placeholder, (_, name: string, part?: PlaceholderPart) => {
    if (part === 'date') return 'YYYY-MM-DD';
    if (part === 'ago') return '365 days ago';
    if (name === 'order') return longestLabel(new Set(definitions.orders.keys()), definitions);
    if (groups.has(name)) return longestLabel(groups.get(name) ?? new Set(), definitions);
    if (name === 'found') return longest.tests;
    if (name === 'are') return name;
    const group = groupOf(facts.get(name)?.definition);
    if (group !== undefined) return longestLabel(groups.get(group) ?? new Set(), definitions);
    if (facts.has(name)) return longest.fact;
    if (name in thresholds) return longest.threshold;
    return measures.find(({ id }) => id === name)?.longestLabel ?? longest.tests;
  });
  return filled.length <= longestSummary
    ? []
    : [
        {
          file,
          message: `the summary can reach ${filled.length} characters, at most ${longestSummary} are possible: ${filled}`,
          about: 'summary',
        },
      ];
}

/** The orders that a fact names instead of a number. */
function groupOf(definition: FactDefinition | undefined): string | undefined {
  return definition !== undefined && 'drugs' in definition ? definition.drugs : undefined;
}

/** The longest that an order of a group is called; of several, one is named and the rest counted. */
function longestLabel(group: ReadonlySet<string>, { orders }: Definitions): string {
  const labels = [...group].flatMap((name) => {
    const matcher = orders.get(name);
    if (matcher === undefined) return [];
    return [matcher.definition.label, matcher.probable?.label ?? '', ...matcher.variants.map(({ label }) => label)];
  });
  const longest = labels.reduce((a, b) => (b.length > a.length ? b : a), '');
  return group.size > 1 ? `${longest} +1 more` : longest;
}
